"""The story of a concern, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from core.story import StoryLine, kind_constraints_for

if TYPE_CHECKING:
    from concerns.concern.models import Concern


class ConcernEvent(StoryLine):
    """One line of a concern's story."""

    concern = models.ForeignKey("concerns.Concern", on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=200, blank=True)
    detail = models.TextField(blank=True)
    changes = models.BooleanField(default=True)
    """Whether it changed the concern. It did not if somebody was only told of it, saw it or took it on."""

    class Meta:
        constraints = kind_constraints_for("concern_event")
        indexes = [models.Index(fields=["concern", "at"], name="concern_event_story")]

    def __str__(self) -> str:
        return f"{self.concern.reference} event {self.pk}"

    @property
    def record(self) -> Concern:
        return self.concern
