"""Exceptions to a circle's rhythm: one meeting moved, or left out (domain.md 1.3)."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from circles.circle.models import Circle, visible_circles_of
from core.constraints import believable_moments, one_of


class VariationQuerySet(models.QuerySet["Variation"]):
    def visible_to(self, user: User) -> Self:
        """Variations of the circles this person may see."""
        return self.filter(circle__in=visible_circles_of(user))


class Variation(models.Model):
    """One moment of the rhythm, `slot_at`, at which the circle does not meet as usual."""

    class Kind(models.TextChoices):
        MOVED = "moved", "Moved"
        LEFT_OUT = "left_out", "Left out"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="variations")
    slot_at = models.DateTimeField(help_text="When the rhythm would have it.")
    kind = models.CharField(max_length=10, choices=Kind)
    moved_to = models.DateTimeField(null=True)
    place_code = models.CharField(max_length=8, blank=True, help_text="Empty: the circle's usual place.")
    words = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = VariationQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_moments("moved_to", name="variation_moments_believable"),
            one_of("kind", ["moved", "left_out"], name="variation_kind_known"),
            models.UniqueConstraint(fields=["circle", "slot_at"], name="variation_once_a_slot"),
            models.CheckConstraint(
                condition=Q(kind="moved", moved_to__isnull=False)
                | Q(kind="left_out", moved_to__isnull=True, place_code=""),
                name="variation_moved_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle.reference} variation {self.pk}"


auditlog.register(Variation, include_fields=["circle", "slot_at", "kind", "moved_to", "place_code"])
