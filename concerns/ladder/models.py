"""The ladder in versions: how long each level waits, who is told next, and the holidays.

A version is never changed: a new one is made instead, so that a concern keeps what was promised when it was raised
(escalation.md 1.7). Who the people are is found when a rung fires.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.models.role import Role
from concerns.choices import Audience, Level, Side
from core.constraints import believable_days, one_of
from core.templatetags.ui import length_in_words
from core.worktime import LONDON, WORKING_DAY, WorkingTime

READS_LADDER = (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR)
COMING_SHOWN = 20
SINCE_EVER = datetime(2020, 1, 1, tzinfo=UTC)
"""The holidays that came with the service hold from this moment."""


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def visible_to(self, user: User) -> Self:
        """All of them for everybody. The page asks who may read it."""
        return self.filter(removed_at=None) if user.is_active else self.none()

    def coming(self, today: date) -> Self:
        return self.filter(day__gte=today, removed_at=None)[:COMING_SHOWN]

    def known_until(self) -> date | None:
        """The last day for which the holidays are known: the end of the last year whose Christmas is on the list."""
        christmas = self.filter(removed_at=None, day__month=12).order_by("day").last()
        return None if christmas is None else date(christmas.day.year, 12, 31)

    def as_of(self, moment: datetime) -> Self:
        """The list as it stood at a moment."""
        return self.filter(added_at__lte=moment).filter(Q(removed_at=None) | Q(removed_at__gt=moment))


class Holiday(models.Model):
    """A day on which working time does not run.

    A holiday is never deleted or written over, so that a concern keeps the list as it was when it was raised
    (escalation.md 1.7).
    """

    audit_kind = "holiday"

    day = models.DateField()
    name = models.CharField(max_length=80)
    added_at = models.DateTimeField(default=SINCE_EVER)
    removed_at = models.DateTimeField(null=True)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [
            believable_days("day", name="holiday_days_believable"),
            models.UniqueConstraint(fields=["day"], condition=Q(removed_at=None), name="holiday_day_once"),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(removed_at__gt=F("added_at")), name="holiday_removed_after_added"
            ),
        ]

    @property
    def reference(self) -> str:
        """What the trail calls it: its day."""
        return self.day.isoformat()

    def __str__(self) -> str:
        return self.day.isoformat()

    def is_listed_at(self, moment: datetime) -> bool:
        return self.added_at <= moment and (self.removed_at is None or self.removed_at > moment)


ASKED_BEFORE, WATCHED_BEFORE = timedelta(days=548), timedelta(days=120)
"""How long before the list of holidays ends a manager is asked to add a year, and the status page warns."""


def end_of_holidays_within(length: timedelta, *, at: datetime) -> date | None:
    """The last day for which the holidays are known (today if none are). None if it is further away than `length`."""
    today, known = at.astimezone(LONDON).date(), Holiday.objects.known_until()
    last = known or today
    return last if last < today + length else None


def holidays() -> list[date]:
    """The holidays listed now. The apps below get the service's working time from this."""
    return list(Holiday.objects.filter(removed_at=None).values_list("day", flat=True))


def working_time(as_of: datetime | None = None) -> WorkingTime:
    """Working time without the holidays listed now, or listed at the moment `as_of`."""
    listed = Holiday.objects.filter(removed_at=None) if as_of is None else Holiday.objects.as_of(as_of)
    return WorkingTime(listed.values_list("day", flat=True))


class LadderVersionQuerySet(models.QuerySet["LadderVersion"]):
    def visible_to(self, user: User) -> Self:
        """Every version, for the charity's staff."""
        return self if user.is_active and any(user.has_role(role) for role in READS_LADDER) else self.none()

    def proposed(self) -> Self:
        """Versions that one person proposed and nobody has agreed to yet."""
        return self.filter(in_force_from=None)

    def in_force(self, at: datetime) -> LadderVersion:
        """The version that new concerns run on."""
        return self.filter(in_force_from__lte=at).latest("in_force_from")


class LadderVersion(models.Model):
    """All clocks and rungs of one version. One person proposes it, another agrees; then it is never changed."""

    audit_kind = "ladder"

    number = models.PositiveIntegerField(unique=True)
    in_force_from = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = LadderVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(proposed_by=None) | ~Q(proposed_by=F("approved_by")), name="ladder_needs_two_people"
            ),
            models.CheckConstraint(
                condition=Q(proposed_by=None)
                | Q(in_force_from=None, approved_by=None)
                | Q(in_force_from__isnull=False, approved_by__isnull=False),
                name="ladder_in_force_when_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"Ladder {self.number}"

    @property
    def reference(self) -> str:
        """What the trail calls it."""
        return str(self)


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

    @property
    def to_acknowledge(self) -> str:
        """How long somebody has to take it on, in words."""
        return self.length_in_words(self.acknowledge_within)

    @property
    def to_act(self) -> str:
        """How long until a first action, in words."""
        return self.length_in_words(self.act_within)

    def length_in_words(self, length: timedelta) -> str:
        """A length as this clock counts it: in working days if it counts working time."""
        days, rest = divmod(length, WORKING_DAY)
        if self.day_and_night or rest:
            return length_in_words(length) + ("" if self.day_and_night else " of working time")
        return "1 working day" if days == 1 else f"{days} working days"

    def after(self, start: datetime, length: timedelta, worktime: WorkingTime) -> datetime:
        """The moment `length` after `start`, as this clock counts: elapsed time in UTC, or working time."""
        return start.astimezone(UTC) + length if self.day_and_night else worktime.add(start, length)

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
