"""Programme: a kind of circle, and what it needs (domain.md 1.3). A manager edits the rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.models.role import Role
from core.constraints import one_of

USUAL = "P-ADULT"
"""The programme of a circle if nobody chooses one: an adult community circle."""


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: User) -> Self:
        """Every programme, for those who plan circles. Programmes say nothing about anybody."""
        plans = (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD)
        return self if user.is_active and any(user.has_role(role) for role in plans) else self.none()

    def usual(self) -> Programme:
        return self.get(reference=USUAL)


class Programme(models.Model):
    class Cadence(models.TextChoices):
        WEEKLY = "weekly", "Every week, later every second"
        AGREED = "agreed", "As agreed"

    audit_kind = "programme"

    reference = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60, unique=True)
    months = models.PositiveSmallIntegerField("length in months")
    cadence = models.CharField("how often it meets", max_length=10, choices=Cadence)
    least_volunteers = models.PositiveSmallIntegerField("fewest volunteers")
    most_volunteers = models.PositiveSmallIntegerField("most volunteers")
    review_weeks = models.PositiveSmallIntegerField("weeks between reviews")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("cadence", ["weekly", "agreed"], name="programme_cadence_known"),
            models.CheckConstraint(
                condition=Q(months__gte=1) & Q(review_weeks__gte=1) & Q(least_volunteers__gte=1),
                name="programme_asks_for_something",
            ),
            models.CheckConstraint(
                condition=Q(most_volunteers__gte=F("least_volunteers")), name="programme_most_is_not_below_least"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def ends_on(self, started_on: date) -> date:
        """The planned end of a circle of this kind that starts on a day."""
        return started_on + timedelta(days=round(self.months * 365 / 12))


auditlog.register(Programme)
