"""The story of a circle: what happened in it, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from core.story import StoryLine, kind_constraints_for

if TYPE_CHECKING:
    from circles.circle.models import Circle


class CircleEvent(StoryLine):
    """One line of a circle's story."""

    class Kind(models.TextChoices):
        MOVED = "moved", "The circle moved from state to state"
        MEETING = "meeting", "About a meeting or its minutes"
        REVIEW = "review", "About a review"
        RISK_REVIEW = "risk_review", "About a risk review"
        JOINED = "joined", "A volunteer joined"
        LEFT = "left", "A volunteer left"
        WRITTEN = "written", "Anything else, in words"

    circle = models.ForeignKey("circles.Circle", on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.WRITTEN)
    what = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = kind_constraints_for(
            "circle_event", ["moved", "meeting", "review", "risk_review", "joined", "left", "written"]
        )
        indexes = [models.Index(fields=["circle", "-at"], name="circle_event_story")]

    def __str__(self) -> str:
        return f"{self.circle.reference} event {self.pk}"

    @property
    def record(self) -> Circle:
        return self.circle
