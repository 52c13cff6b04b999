"""When and how a person is told what can wait. What cannot wait is always sent at once."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models

from accounts.models import User
from core.constraints import one_of
from core.worktime import LONDON

QUIET_FROM, QUIET_TO = time(21), time(7)
DIGEST_AT = time(18)
"""The day's news goes out in one message, at this time (domain.md 4.5)."""


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, user: User) -> Self:
        """This person's own preference."""
        return self.filter(person=user) if user.is_active else self.none()


class Preference(models.Model):
    """One person's choices. A person without a row has the defaults."""

    class News(models.TextChoices):
        EACH = "each", "One e-mail for each"
        DAILY = "daily", "One e-mail an evening, if there is any"
        NONE = "none", "No e-mail; I look in Waymark"

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="preference")
    news = models.CharField("News, which needs nothing done", max_length=10, choices=News, default=News.DAILY)
    quiet_from = models.TimeField("Quiet from", default=QUIET_FROM)
    quiet_to = models.TimeField("Quiet until", default=QUIET_TO)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        constraints = [one_of("news", ["each", "daily", "none"], name="preference_news_known")]

    def __str__(self) -> str:
        return f"preference {self.pk}"

    def quiet_until(self, at: datetime) -> datetime | None:
        """The end of the quiet hours, when `at` is inside them; None when it is not."""
        time_of_day = at.astimezone(LONDON).time()
        over_midnight = self.quiet_from > self.quiet_to
        if over_midnight:
            is_quiet = time_of_day >= self.quiet_from or time_of_day < self.quiet_to
        else:
            is_quiet = self.quiet_from <= time_of_day < self.quiet_to
        return next_time(at, self.quiet_to) if is_quiet else None


def next_time(at: datetime, of_day: time) -> datetime:
    """The next moment after `at` when London's clocks show this time of day."""
    local = at.astimezone(LONDON)
    today = datetime.combine(local.date(), of_day, LONDON)
    return today if today > at else datetime.combine(local.date() + timedelta(days=1), of_day, LONDON)


auditlog.register(Preference)
