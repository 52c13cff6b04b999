"""Low-level concerns about staff and volunteers, and the monthly reviews of what they add up to.

The person a low-level concern is about sees neither it nor a count with it, even if they keep the register. Nor do
they see a review that covers it: for them that month has not been read yet.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.models import User
from concerns.concern.answers import LONGEST
from concerns.register.models import KEEPS_REGISTERS, hidden_from_its_subject
from core.constraints import believable_days, one_of

PATTERN = 3
"""From this many about one person in the period on, they are pointed out."""

PATTERN_PERIOD = timedelta(days=365)


class LowLevelQuerySet(models.QuerySet["LowLevelConcern"]):
    def visible_to(self, user: User) -> Self:
        """All for the safeguarding lead and managers, except those about the reader."""
        return hidden_from_its_subject(self, user)

    def recent(self, at: datetime) -> Self:
        return self.filter(recorded_at__gt=at - PATTERN_PERIOD, recorded_at__lte=at)

    def pattern_counts(self, at: datetime) -> dict[int, int]:
        """The number of them about each person who has three or more in a year, by the person's key."""
        counted = self.recent(at).values_list("about").annotate(models.Count("pk")).order_by("about")
        return {about: count for about, count in counted if count >= PATTERN}

    def about_whom_often(self, at: datetime) -> models.QuerySet[Any, Any]:
        """The keys of the people about whom there are three or more in a year."""
        counted = self.recent(at).order_by().values("about").annotate(number=models.Count("pk"))
        return counted.filter(number__gte=PATTERN).values("about")

    def unread(self, user: User) -> Self:
        """Those that no review this person can see has covered."""
        readings = PatternReview.objects.visible_to(user).filter(covers=OuterRef("pk"))
        return self.filter(~Exists(readings))


class LowLevelConcern(models.Model):
    class Theme(models.TextChoices):
        BOUNDARY = "boundary", "A boundary: gifts, favours, contact off the rota"
        CONDUCT = "conduct", "Words or behaviour"
        PROCEDURE = "procedure", "Not following what was agreed"
        INFORMATION = "information", "Careless with information"
        OTHER = "other", "Something else"

    audit_kind = "low-level concern"

    reference = models.CharField(max_length=12, unique=True)
    about = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    theme = models.CharField("what it is about", max_length=20, choices=Theme)
    words = models.TextField("what was seen or heard", validators=[MaxLengthValidator(LONGEST)])
    happened_on = models.DateField("when it happened")
    told_by = models.CharField("who told us", max_length=120)
    done = models.TextField("what was done about it", validators=[MaxLengthValidator(LONGEST)])
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = LowLevelQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("happened_on", name="low_level_concern_days_believable"),
            one_of("theme", ["boundary", "conduct", "procedure", "information", "other"], name="low_level_theme_known"),
            models.CheckConstraint(
                condition=~Q(about=models.F("recorded_by")), name="low_level_not_recorded_by_whom_it_is_about"
            ),
        ]
        indexes = [models.Index(fields=["about", "recorded_at"], name="low_level_about")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("concerns:low_level", args=[self.reference])


class PatternReviewQuerySet(models.QuerySet["PatternReview"]):
    def visible_to(self, user: User) -> Self:
        """All for those who keep the register, except reviews that cover a concern about the reader."""
        if not user.is_active or not any(user.has_role(role) for role in KEEPS_REGISTERS):
            return self.none()
        about_them = LowLevelConcern.objects.filter(about=user, readings=OuterRef("pk"))
        return self.filter(~Exists(about_them))


class PatternReview(models.Model):
    """The review of a month's low-level concerns: what they add up to, in words."""

    audit_kind = "pattern review"

    reference = models.CharField(max_length=12, unique=True)
    month = models.DateField(help_text="Its first day.")
    words = models.TextField("what they add up to", validators=[MaxLengthValidator(LONGEST)])
    covers = models.ManyToManyField(LowLevelConcern, related_name="readings")
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PatternReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("month", name="pattern_review_days_believable"),
            models.CheckConstraint(condition=Q(month__day=1), name="pattern_review_of_a_month"),
        ]
        indexes = [models.Index(fields=["month"], name="pattern_review_month")]

    def __str__(self) -> str:
        return self.reference


def month_of(day: date) -> date:
    return day.replace(day=1)


def month_after(day: date) -> date:
    """The first day of the next month."""
    return month_of(month_of(day) + timedelta(days=31))


def month_before(day: date) -> date:
    """The first day of the last month that is over."""
    return month_of(month_of(day) - timedelta(days=1))


auditlog.register(LowLevelConcern, include_fields=["theme", "happened_on"])
auditlog.register(PatternReview, include_fields=["month", "reviewed_by"])
