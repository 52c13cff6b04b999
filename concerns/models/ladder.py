"""Clocks and ladders as versioned data: how long each level waits, and who is told next.

A version is never changed once a concern runs on it; a new version is made instead, so that what
was promised at the start holds (escalation.md 1.7). People are found when a rung fires.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from concerns.models.concern_choices import Audience, Level, Side
from core.constraints import one_of
from core.worktime import WorkingTime


class Holiday(models.Model):
    """A day on which working time does not run; copied in, then edited by an administrator."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return self.day.isoformat()


def working_time() -> WorkingTime:
    """The working calendar of today's holiday table."""
    return WorkingTime(Holiday.objects.values_list("day", flat=True))


class LadderVersionQuerySet(models.QuerySet["LadderVersion"]):
    def in_force(self, at: datetime) -> LadderVersion:
        """The version that new concerns run on."""
        return self.filter(in_force_from__lte=at).latest("in_force_from")


class LadderVersion(models.Model):
    number = models.PositiveIntegerField(unique=True)
    in_force_from = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = LadderVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(proposed_by=None) | ~Q(proposed_by=F("approved_by")), name="ladder_needs_two_people"
            )
        ]

    def __str__(self) -> str:
        return f"Ladder {self.number}"


class Clock(models.Model):
    """How long one side has at one level (escalation.md 3)."""

    ladder = models.ForeignKey(LadderVersion, on_delete=models.PROTECT, related_name="clocks")
    level = models.CharField(max_length=10, choices=Level)
    side = models.CharField(max_length=8, choices=Side)
    acknowledge_within = models.DurationField()
    act_within = models.DurationField()
    repeat_every = models.DurationField()
    day_and_night = models.BooleanField(help_text="Elapsed time; otherwise working time.")

    class Meta:
        constraints = [
            one_of("level", Level.values, name="clock_level_known"),
            one_of("side", Side.values, name="clock_side_known"),
            models.UniqueConstraint(fields=["ladder", "level", "side"], name="clock_once"),
            models.CheckConstraint(condition=Q(repeat_every__gt=timedelta(0)), name="clock_repeats"),
        ]

    def __str__(self) -> str:
        return f"{self.ladder} {self.level} {self.side}"

    def after(self, start: datetime, length: timedelta, worktime: WorkingTime) -> datetime:
        """The moment `length` after `start`, as this clock counts: elapsed, or working time."""
        return start + length if self.day_and_night else worktime.add(start, length)

    def between(self, start: datetime, end: datetime, worktime: WorkingTime) -> timedelta:
        """How much of this clock's time lies between two moments; nothing when `end` is not after `start`."""
        return max(end - start, timedelta()) if self.day_and_night else worktime.between(start, end)


class Rung(models.Model):
    """Who is told, this long after the side's clock started."""

    ladder = models.ForeignKey(LadderVersion, on_delete=models.PROTECT, related_name="rungs")
    level = models.CharField(max_length=10, choices=Level)
    side = models.CharField(max_length=8, choices=Side)
    position = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=30, choices=Audience)
    after = models.DurationField()

    class Meta:
        ordering = ["position"]
        constraints = [
            one_of("level", Level.values, name="rung_level_known"),
            one_of("side", Side.values, name="rung_side_known"),
            one_of("audience", Audience.values, name="rung_audience_known"),
            models.UniqueConstraint(fields=["ladder", "level", "side", "position"], name="rung_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ladder} {self.level} {self.side} {self.position}"


auditlog.register(Holiday)
auditlog.register(LadderVersion)
auditlog.register(Clock)
auditlog.register(Rung)
