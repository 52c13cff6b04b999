"""Adverse outcomes: what happened, how grave it was, and who told us (domain.md 1.12)."""

from __future__ import annotations

from datetime import date
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.models.role import Role
from circles.circle.models import COORDINATED_CIRCLES, SEES_EVERY_CIRCLE, Circle
from core.constraints import believable_days, one_of
from core.worktime import LONDON
from offenders.core_member.wall_models import not_walled_off

REASON_LENGTH = 300
CHECK_MONTHS = (6, 12, 24)
"""So many months after a circle ends, the coordinator asks what has happened since (domain.md 1.4 step 16)."""


class AdverseOutcomeQuerySet(models.QuerySet["AdverseOutcome"]):
    def visible_to(self, user: User) -> Self:
        """Managers and safeguarding leads see all; a coordinator, their own circles'; anybody else, nothing."""
        if not user.is_active:
            return self.none()
        if any(user.has_role(role) for role in SEES_EVERY_CIRCLE):
            return self.filter(not_walled_off(user.pk, "circle__core_member"))
        if not user.has_role(Role.COORDINATOR):
            return self.none()
        return self.filter(circle__in=COORDINATED_CIRCLES(user.pk))

    def not_corrected(self) -> Self:
        """Outcomes that no later entry corrects."""
        corrected = self.model._default_manager.filter(corrects__isnull=False).values("corrects")
        return self.exclude(pk__in=corrected)


class AdverseOutcome(models.Model):
    """What we learned on one day from one source. An entry never changes: a correction is a new entry."""

    class Step(models.IntegerChoices):
        """One step of a ladder, from nothing known to a reconviction (domain.md 1.12)."""

        NONE = 0, "None known"
        WARNING = 1, "Warning or increased restriction"
        LICENCE = 2, "Breach of licence or order, no recall"
        SHPO = 3, "Breach of a sexual harm prevention order"
        NOTIFICATION = 4, "Breach of notification requirements"
        ARRESTED = 5, "Arrested, no further action"
        CHARGED = 6, "Arrested or charged, pending"
        RECALLED = 7, "Recalled, no new offence"
        OTHER_OFFENCE = 8, "Reconvicted, not sexual"
        NON_CONTACT = 9, "Reconvicted, sexual, no contact"
        CONTACT = 10, "Reconvicted, sexual, with contact"

    class Source(models.TextChoices):
        """Who told us."""

        POLICE = "police", "Police"
        PRACTITIONER = "practitioner", "Probation practitioner"
        PRESS = "press", "Press"

    class Period(models.TextChoices):
        """When it happened."""

        DURING = "during", "During the circle"
        AFTER = "after", "After it ended"

    audit_kind = "adverse outcome"

    reference = models.CharField(max_length=12, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="outcomes")
    step = models.PositiveSmallIntegerField(choices=Step)
    event_on = models.DateField()
    known_on = models.DateField()
    source = models.CharField(max_length=12, choices=Source)
    proven = models.BooleanField()
    period = models.CharField(max_length=6, choices=Period)
    follow_up_months = models.PositiveSmallIntegerField(null=True)
    check_months = models.PositiveSmallIntegerField(null=True)
    """The check that this entry answers: 6, 12 or 24 months after the end. None when it answers no check."""
    circle_raised_it = models.BooleanField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, related_name="corrected_by", null=True)
    correction_reason = models.TextField(max_length=REASON_LENGTH, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AdverseOutcomeQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("event_on", "known_on", name="adverse_outcome_days_believable"),
            models.CheckConstraint(condition=Q(step__range=(0, 10)), name="outcome_step_known"),
            one_of("source", ["police", "practitioner", "press"], name="outcome_source_known"),
            one_of("period", ["during", "after"], name="outcome_period_known"),
            models.CheckConstraint(condition=Q(known_on__gte=F("event_on")), name="outcome_known_after_event"),
            models.CheckConstraint(
                condition=Q(period="after", follow_up_months__isnull=False)
                | Q(period="during", follow_up_months=None, check_months=None),
                name="outcome_followed_up_when_after",
            ),
            models.CheckConstraint(
                condition=Q(check_months=None) | Q(check_months__in=CHECK_MONTHS), name="outcome_check_known"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, correction_reason="")
                | (Q(corrects__isnull=False) & ~Q(correction_reason="")),
                name="outcome_corrected_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["circle", "-event_on"], name="outcome_by_date")]

    def __str__(self) -> str:
        return self.reference


def end_day_of(circle: Circle) -> date | None:
    """The day the circle ended; None until it is closed."""
    return circle.closed_at.astimezone(LONDON).date() if circle.closed_at else None


def months_between(first: date, last: date) -> int:
    """Whole months from the first day to the last."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


auditlog.register(
    AdverseOutcome,
    include_fields=["circle", "step", "event_on", "known_on", "source", "proven", "period", "corrects"],
)
