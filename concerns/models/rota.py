"""Who is on call, and the number every volunteer page shows."""

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
from alerts.models.cover import COVERED
from core.constraints import believable_moments, both_or_neither
from core.telephones import LONGEST

READS_ROTA = (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR, Role.TECHNICIAN)


class OnCallShiftQuerySet(models.QuerySet["OnCallShift"]):
    def visible_to(self, user: User) -> Self:
        """Everybody's, for the charity's staff."""
        return self if user.is_active and any(user.has_role(role) for role in READS_ROTA) else self.none()

    def standing(self) -> Self:
        """Not called off."""
        return self.filter(cancelled_at=None)

    def held_by(self, user: User | int) -> Self:
        """Shifts this person is on now, or stands in for, by the database's clock, so that what follows from one ends
        at its minute."""
        pk = user if isinstance(user, int) else user.pk
        now = self.standing().filter(starts_at__lte=Now(), ends_at__gt=Now())
        return now.filter(Q(person=pk) | Q(person__in=COVERED(pk)))

    def during(self, moment: datetime) -> Self:
        """The shifts that cover a moment, the latest begun first."""
        covering = self.standing().filter(starts_at__lte=moment, ends_at__gt=moment)
        return covering.order_by("-starts_at", "-pk")

    def at(self, moment: datetime) -> OnCallShift | None:
        """The shift that covers a moment, the latest begun if several do."""
        return self.during(moment).first()

    def telephone_at(self, moment: datetime) -> str | None:
        """The number of the shift that covers a moment, None if none does: `at` in plain SQL, since every page asks."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT telephone FROM concerns_oncallshift WHERE cancelled_at IS NULL "
                "AND starts_at <= %s AND ends_at > %s ORDER BY starts_at DESC, id DESC LIMIT 1",
                [moment, moment],
            )
            found = cursor.fetchone()
        return found[0] if found else None


class OnCallShift(models.Model):
    """A stretch of being on call. Shifts may overlap; the latest begun is the one whose number shows."""

    audit_kind = "shift"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    telephone = models.CharField(max_length=LONGEST)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = OnCallShiftQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_moments("starts_at", "ends_at", name="on_call_shift_moments_believable"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_start"),
            both_or_neither("cancelled_at", "cancelled_by", name="shift_cancelled_by_someone"),
        ]
        indexes = [models.Index(fields=["ends_at"], condition=Q(cancelled_at=None), name="shift_standing")]

    def __str__(self) -> str:
        return f"shift {self.pk}"


auditlog.register(OnCallShift, include_fields=["person", "starts_at", "ends_at", "cancelled_at"])
