"""Outcome measures at the start, middle and end of a circle, and plain facts beside them (domain.md 1.9, 1.12).

A questionnaire is data: its name, how many questions, what the total can be. Its questions are not stored
here, because their wording belongs to whoever licenses it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from circles.circle.models import Circle, visible_circles_of
from core.constraints import believable_days, one_of

START_WITHIN = timedelta(weeks=6)
"""The first measure is taken within six weeks of the start, as the first review of risk is (domain.md 1.9)."""


class Point(models.TextChoices):
    START = "start", "Start"
    MIDDLE = "middle", "Middle"
    END = "end", "End"


def due_days_of(circle: Circle) -> dict[Point, date]:
    """When each point falls due, from the circle's own dates."""
    half = (circle.planned_end_on - circle.started_on) / 2
    return {
        Point.START: min(circle.started_on + START_WITHIN, circle.planned_end_on),
        Point.MIDDLE: circle.started_on + half,
        Point.END: circle.planned_end_on,
    }


class Questionnaire(models.Model):
    """A questionnaire as data: how many questions, on what scale, and which way is better."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=80)
    questions = models.PositiveSmallIntegerField()
    scale = models.CharField(max_length=80)
    lowest = models.PositiveSmallIntegerField()
    highest = models.PositiveSmallIntegerField()
    higher_is_better = models.BooleanField()

    objects = models.Manager["Questionnaire"]()

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=Q(highest__gt=F("lowest")), name="questionnaire_has_a_range")]

    def __str__(self) -> str:
        return self.code


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: User) -> Self:
        """Measures of the circles this person may see."""
        return self.filter(circle__in=visible_circles_of(user))


class Measure(models.Model):
    """One total of one questionnaire at one point of a circle."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="measures")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="+")
    point = models.CharField(max_length=6, choices=Point)
    total = models.PositiveSmallIntegerField()
    taken_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("taken_on", name="measure_days_believable"),
            one_of("point", ["start", "middle", "end"], name="measure_point_known"),
            models.UniqueConstraint(fields=["circle", "questionnaire", "point"], name="measure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.circle.reference} {self.point}"


class LifeFactsQuerySet(models.QuerySet["LifeFacts"]):
    def visible_to(self, user: User) -> Self:
        """The facts of the circles this person may see."""
        return self.filter(circle__in=visible_circles_of(user))


class LifeFacts(models.Model):
    """Work, home and how his days are filled, at one point of a circle."""

    class Employment(models.TextChoices):
        FULL = "full", "In full-time work"
        PART = "part", "In part-time or casual work"
        LEARNING = "learning", "In education or training"
        SEEKING = "seeking", "Looking for work"
        NOT = "not", "Not able to work, or retired"

    class Accommodation(models.TextChoices):
        SETTLED = "settled", "A settled home"
        SHORT = "short", "Short-term or supported"
        APPROVED = "approved", "Approved premises"
        CUSTODY = "custody", "In custody"
        NONE = "none", "No home"

    class Activity(models.TextChoices):
        WEEKLY = "weekly", "Every week"
        SOMETIMES = "sometimes", "Now and then"
        NONE = "none", "None"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="life_facts")
    point = models.CharField(max_length=6, choices=Point)
    employment = models.CharField("Work", max_length=10, choices=Employment)
    accommodation = models.CharField("Home", max_length=10, choices=Accommodation)
    activity = models.CharField("Purposeful activity", max_length=10, choices=Activity)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = LifeFactsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "life facts"
        constraints = [
            one_of("point", ["start", "middle", "end"], name="facts_point_known"),
            one_of("employment", ["full", "part", "learning", "seeking", "not"], name="facts_employment_known"),
            one_of("accommodation", ["settled", "short", "approved", "custody", "none"], name="facts_home_known"),
            one_of("activity", ["weekly", "sometimes", "none"], name="facts_activity_known"),
            models.UniqueConstraint(fields=["circle", "point"], name="facts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.circle.reference} facts {self.point}"


auditlog.register(Questionnaire, include_fields=["code", "questions", "lowest", "highest", "higher_is_better"])
auditlog.register(Measure, include_fields=["circle", "questionnaire", "point", "total", "taken_on"])
auditlog.register(LifeFacts, include_fields=["circle", "point", "employment", "accommodation", "activity"])
