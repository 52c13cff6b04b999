"""Shifts on call, and the number that every volunteer page shows."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import User
from accounts.models.role import Role
from alerts.leave.cover import COVERED
from core.constraints import believable_moments, both_or_neither
from core.telephones import LONGEST

READS_ROTA = (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR, Role.TECHNICIAN)


class OnCallShiftQuerySet(models.QuerySet["OnCallShift"]):
    def visible_to(self, user: User) -> Self:
        """All shifts, for the charity's staff."""
        return self if user.is_active and any(user.has_role(role) for role in READS_ROTA) else self.none()

    def agreed(self) -> Self:
        """Shifts that everybody who must has agreed to, and that are not cancelled."""
        return self.filter(cancelled_at=None, stands_from__isnull=False)

    def waiting(self, at: datetime) -> Self:
        """Shifts that are not agreed to yet and not over. Their number is not shown to anybody who would ring it."""
        return self.filter(cancelled_at=None, stands_from=None, ends_at__gt=at)

    def held_by(self, user: User | int) -> Self:
        """The present shifts that are this person's, or those of somebody they stand in for.

        The database's clock decides, so that what a shift allows ends at its minute.
        """
        pk = user if isinstance(user, int) else user.pk
        now = self.agreed().filter(starts_at__lte=Now(), ends_at__gt=Now())
        return now.filter(Q(person=pk) | Q(person__in=COVERED(pk)))

    def during(self, moment: datetime) -> Self:
        """The shifts that cover a moment, the latest begun first."""
        covering = self.agreed().filter(starts_at__lte=moment, ends_at__gt=moment)
        return covering.order_by("-starts_at", "-pk")

    def at(self, moment: datetime) -> OnCallShift | None:
        """The shift that covers a moment, the latest begun if several do."""
        return self.during(moment).first()

    def telephone_at(self, moment: datetime) -> str | None:
        """The number of the shift that covers a moment, or None. It is `at` in plain SQL, because every page asks."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT telephone FROM concerns_oncallshift WHERE cancelled_at IS NULL "
                "AND stands_from IS NOT NULL AND starts_at <= %s AND ends_at > %s ORDER BY starts_at DESC, id DESC LIMIT 1",
                [moment, moment],
            )
            row = cursor.fetchone()
        return row[0] if row else None


class OnCallShift(models.Model):
    """A time for which one person is on call. Shifts may overlap; the number of the one that began last is shown.

    A volunteer rings this number when somebody is in danger, so one person alone may not put it on the page. The
    person on call must plan or agree to the shift, unless the number is verified as theirs. A manager or safeguarding
    lead who did not plan the shift must agree to a number that is not verified.
    """

    audit_kind = "shift"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    telephone = models.CharField(max_length=LONGEST)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    own_number = models.BooleanField(default=False, help_text="The person's own mobile number, proved when planned.")
    known_number = models.BooleanField(default=False, help_text="That, or the number the service always answers.")
    confirmed_at = models.DateTimeField(null=True, help_text="When whoever is on call agreed.")
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    stands_from = models.DateTimeField(null=True, help_text="When all who must had agreed.")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = OnCallShiftQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_moments("starts_at", "ends_at", name="on_call_shift_moments_believable"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_start"),
            both_or_neither("cancelled_at", "cancelled_by", name="shift_cancelled_by_someone"),
            both_or_neither("agreed_at", "agreed_by", name="shift_agreed_by_someone"),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("planned_by")), name="shift_needs_two_people"
            ),
            models.CheckConstraint(
                condition=Q(stands_from=None)
                | (Q(own_number=True) | Q(planned_by=F("person")) | Q(confirmed_at__isnull=False))
                & (Q(known_number=True) | Q(agreed_at__isnull=False)),
                name="shift_stands_once_agreed",
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], condition=Q(cancelled_at=None), name="shift_standing")]

    def __str__(self) -> str:
        return f"shift {self.pk}"

    @property
    def wants_person(self) -> bool:
        """Whether whoever is on call must still agree."""
        return not self.own_number and self.confirmed_at is None and self.planned_by_id != self.person_id

    @property
    def wants_second(self) -> bool:
        """Whether a manager or a safeguarding lead must still agree to the number."""
        return not self.known_number and self.agreed_at is None


auditlog.register(OnCallShift, include_fields=["person", "starts_at", "ends_at", "stands_from", "cancelled_at"])
