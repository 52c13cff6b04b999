"""A lesser concern on hold: its clock stands until a time that is set at once, so that it never lacks a next step."""

from __future__ import annotations

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from concerns.models.concern import Concern
from concerns.models.concern_choices import Side
from core.constraints import both_or_neither, one_of


class Hold(models.Model):
    """`left` is how much of the clock was left when it stopped; it runs on from the end of the hold."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="holds")
    side = models.CharField(max_length=8, choices=Side)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()
    left = models.DurationField()
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            one_of("side", Side.values, name="hold_side_known"),
            models.CheckConstraint(condition=Q(until__gt=F("held_at")), name="hold_ends_after_it_began"),
            both_or_neither("released_at", "released_by", name="hold_released_by_someone"),
        ]

    def __str__(self) -> str:
        return f"{self.concern.reference} hold {self.pk}"


auditlog.register(Hold, include_fields=["concern", "side", "held_by", "until", "released_at"])
