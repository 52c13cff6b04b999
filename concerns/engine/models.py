"""The steps of a concern's clocks, and the promises that put them off (escalation.md 2)."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from concerns.choices import Level, Side
from concerns.concern.models import Concern
from core.constraints import believable_moments, one_of


class EscalationStepQuerySet(models.QuerySet["EscalationStep"]):
    def pending(self) -> Self:
        """Steps still to come: neither fired nor stopped."""
        return self.filter(fired_at=None, stopped_at=None)

    def due(self, at: datetime) -> Self:
        """Pending steps whose time has come, the longest overdue first."""
        return self.pending().filter(due_at__lte=at).order_by("due_at", "pk")


class EscalationStep(models.Model):
    """One rung of one concern's side. It fires once only, whichever clock comes first."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    side = models.CharField(max_length=8, choices=Side)
    round = models.PositiveIntegerField()
    rung = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    promise = models.ForeignKey(
        "Acknowledgement",
        on_delete=models.PROTECT,
        related_name="resumes",
        null=True,
        help_text="Set when this step resumes the chain because a promise passed.",
    )

    objects = EscalationStepQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("side", Side.values, name="step_side_known"),
            models.UniqueConstraint(fields=["concern", "side", "round", "rung"], name="step_once"),
            models.UniqueConstraint(
                fields=["concern", "side"],
                condition=Q(fired_at=None, stopped_at=None),
                name="step_one_pending_a_side",
            ),
            models.CheckConstraint(condition=Q(fired_at=None) | Q(stopped_at=None), name="step_fired_or_stopped"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(fired_at=None, stopped_at=None), name="step_pending_by_due")
        ]

    def __str__(self) -> str:
        return f"{self.concern.reference} {self.side} {self.round}.{self.rung}"

    @property
    def alert_key(self) -> str:
        """The key of this step's alerts."""
        return self.key_of_rung(self.rung)

    def key_of_rung(self, rung: int) -> str:
        """The key of the alerts of another rung in this round."""
        return f"{self.concern.reference}:{self.side}:{self.round}:{rung}"


class Acknowledgement(models.Model):
    """A promise: `by` has the concern until `until`."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="acknowledgements")
    side = models.CharField(max_length=8, choices=Side)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    plan = models.CharField("What you will do", max_length=500, blank=True)
    level = models.CharField(max_length=10, choices=Level, help_text="The level at which it was given.")
    acted = models.BooleanField(default=False, help_text="Given together with what was done.")
    share = models.ForeignKey(
        "concerns.Share",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        help_text="Set when an agency said so of what it was told; then it is that agency's promise.",
    )

    class Meta:
        constraints = [
            believable_moments("until", name="acknowledgement_moments_believable"),
            one_of("side", Side.values, name="acknowledgement_side_known"),
            one_of("level", Level.values, name="acknowledgement_level_known"),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="acknowledgement_until_after_at"),
        ]
        indexes = [models.Index(fields=["concern", "side", "-at"], name="acknowledgement_latest")]

    def __str__(self) -> str:
        return f"{self.concern.reference} {self.side} acknowledgement {self.pk}"

    @property
    def giver(self) -> str:
        """The name of who promised: a person, or an agency."""
        return self.by.full_name if self.share is None else self.share.recipient_agency


auditlog.register(Acknowledgement, include_fields=["concern", "side", "by", "until"])
