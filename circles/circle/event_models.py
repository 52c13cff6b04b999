"""The story of a circle, one line after another."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class CircleEvent(models.Model):
    """One line of a circle's story."""

    circle = models.ForeignKey("circles.Circle", on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    what = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["circle", "-at"], name="circle_event_story")]

    def __str__(self) -> str:
        return f"{self.circle.reference} event {self.pk}"
