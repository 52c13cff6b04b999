"""The reminders about missing minutes that were sent (domain.md 1.7)."""

from __future__ import annotations

from datetime import timedelta

from auditlog.registry import auditlog
from django.db import models

from circles.meeting.models import Meeting
from core.constraints import one_of


class MinutesStep(models.Model):
    """One rung of the 48-hour chain that was told about one meeting. Each is told once."""

    class Rung(models.TextChoices):
        WRITER = "writer", "The writer was reminded"
        OTHERS = "others", "The other volunteers were asked to take over"
        COORDINATOR = "coordinator", "The coordinator was told"
        MANAGER = "manager", "The manager was told"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes_steps")
    rung = models.CharField(max_length=12, choices=Rung)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("rung", ["writer", "others", "coordinator", "manager"], name="minutes_step_rung_known"),
            models.UniqueConstraint(fields=["meeting", "rung"], name="minutes_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting.reference} {self.rung}"


TAKE_OVER_AFTER = timedelta(hours=40)

RUNGS: dict[MinutesStep.Rung, timedelta] = {
    MinutesStep.Rung.WRITER: timedelta(hours=24),
    MinutesStep.Rung.OTHERS: TAKE_OVER_AFTER,
    MinutesStep.Rung.COORDINATOR: timedelta(hours=48),
    MinutesStep.Rung.MANAGER: timedelta(hours=72),
}
"""How long after the end of the meeting each rung is told."""

auditlog.register(MinutesStep, include_fields=["meeting", "rung"])
