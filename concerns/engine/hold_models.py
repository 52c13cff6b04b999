"""A hold: one side waits for somebody, and its clock stands still (escalation.md E18)."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from concerns.choices import Side
from concerns.concern.models import Concern
from core.constraints import believable_moments, both_or_neither, one_of


class HoldQuerySet(models.QuerySet["Hold"]):
    def in_force(self, at: datetime) -> Self:
        """Holds in force at that moment: begun, not released, and not yet at their end."""
        return self.filter(released_at=None, begun_at__lte=at, until__gt=at)


class Hold(models.Model):
    """`left` is how long the clock had to run when the hold began, counted as that clock counts."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="holds")
    side = models.CharField(max_length=8, choices=Side)
    waiting_for = models.CharField("Waiting for whom", max_length=120)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()
    left = models.DurationField()
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_moments("until", name="hold_moments_believable"),
            one_of("side", Side.values, name="hold_side_known"),
            models.CheckConstraint(condition=Q(until__gt=F("begun_at")), name="hold_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(released_at__gte=F("begun_at"), released_at__lte=F("until")),
                name="hold_released_while_it_stands",
            ),
            both_or_neither("released_at", "released_by", name="hold_released_by_someone"),
        ]
        indexes = [models.Index(fields=["concern", "side"], name="hold_of_a_side")]

    def __str__(self) -> str:
        return f"{self.concern.reference} {self.side} hold {self.pk}"

    @property
    def ends_at(self) -> datetime:
        """When the clock goes on, or went on."""
        return self.released_at or self.until

    def stands(self, at: datetime) -> bool:
        return self.begun_at <= at < self.ends_at


auditlog.register(Hold, include_fields=["concern", "side", "until", "released_at"])
