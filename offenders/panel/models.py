"""The assessment’s sign-offs, the panel’s seats and views, and its decisions."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.models.role import Role
from core.constraints import believable_days, both_or_neither, one_of
from offenders.core_member.wall_models import not_walled_off
from offenders.referral.models import LONGEST, Referral


class SignOffQuerySet(models.QuerySet["SignOff"]):
    def visible_to(self, user: User) -> Self:
        """The sign-offs of the referrals this person may see."""
        return self.filter(referral__in=Referral.objects.visible_to(user).values("pk"))


class SignOff(models.Model):
    """One of the two people who stand for the assessment, and what they say of it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="sign_offs")
    words = models.TextField(validators=[MaxLengthValidator(LONGEST)])
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SignOffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "signed_by"], name="sign_off_once_a_person"),
            models.CheckConstraint(condition=~Q(words=""), name="sign_off_says_something"),
        ]

    def __str__(self) -> str:
        return f"sign-off {self.pk}"


ON_A_PANEL = (
    Role.COORDINATOR,
    Role.MANAGER,
    Role.SAFEGUARDING_LEAD,
    Role.DIRECTOR,
    Role.LIAISON,
    Role.MAPPA_COORDINATOR,
)
"""Whoever may sit on a panel: the charity’s staff, and people of the agencies."""


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user: User) -> Self:
        """The seats of the referrals this person may see, and their own while the panel has the referral."""
        if not user.is_active or not any(user.has_role(role) for role in ON_A_PANEL):
            return self.none()
        waiting = [Referral.Status.PANEL, Referral.Status.DEFERRED]
        own = Q(person=user, ended_at=None, referral__status__in=waiting)
        outside_walls = self.filter(not_walled_off(user.pk, "referral__core_member"))
        return outside_walls.filter(own | Q(referral__in=Referral.objects.visible_to(user).values("pk")))


class Seat(models.Model):
    """A person on the panel of one referral, and the view they gave."""

    class View(models.TextChoices):
        ACCEPT = "accept", "Accept him"
        CONDITIONS = "conditions", "Accept him, with conditions"
        DECLINE = "decline", "Do not accept him"

    audit_kind = "panel seat"

    reference = models.CharField(max_length=12, unique=True)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seated_at = models.DateTimeField()
    seated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    view = models.CharField(max_length=20, choices=View, blank=True)
    conditions = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST)])
    reasons = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST)])
    viewed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "person"], condition=Q(ended_at=None), name="panel_seat_once_a_person"
            ),
            one_of("view", ["", "accept", "conditions", "decline"], name="panel_seat_view_known"),
            models.CheckConstraint(
                condition=Q(view="", viewed_at=None) | ~Q(view="") & ~Q(reasons="") & Q(viewed_at__isnull=False),
                name="panel_seat_view_with_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(view="conditions") | ~Q(conditions=""), name="panel_seat_conditions_written"
            ),
            both_or_neither("ended_at", "ended_by", name="panel_seat_ended_at_with_ended_by"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("offenders:panel_seat", args=[self.reference])


class PanelDecisionQuerySet(models.QuerySet["PanelDecision"]):
    def visible_to(self, user: User) -> Self:
        """The decisions about the referrals this person may see."""
        return self.filter(referral__in=Referral.objects.visible_to(user).values("pk"))


class PanelDecision(models.Model):
    """What the panel decided on a day: to accept him, perhaps with conditions, to wait, or to look again."""

    class Decision(models.TextChoices):
        ACCEPT = "accept", "Accepted"
        DEFER = "defer", "Deferred"
        APPEAL_UPHELD = "appeal_upheld", "An appeal was upheld"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=20, choices=Decision)
    conditions = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST)])
    reasons = models.TextField(validators=[MaxLengthValidator(LONGEST)])
    until = models.DateField(null=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PanelDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("until", name="panel_decision_days_believable"),
            one_of("decision", ["accept", "defer", "appeal_upheld"], name="panel_decision_known"),
            models.CheckConstraint(condition=~Q(reasons=""), name="panel_decision_with_reasons"),
            models.CheckConstraint(
                condition=Q(decision="defer", until__isnull=False) | ~Q(decision="defer") & Q(until=None),
                name="panel_decision_deferred_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"


auditlog.register(SignOff, include_fields=["referral", "signed_by"])
auditlog.register(Seat, include_fields=["referral", "person", "view", "ended_at"])
auditlog.register(PanelDecision, include_fields=["referral", "decision", "until", "decided_by"])
