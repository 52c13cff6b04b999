"""The holidays, and the versions of the ladder: what new concerns will run on, never what runs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import recorded
from concerns.choices import Level, Side
from concerns.defaults import bank_holidays
from concerns.ladder.access import LadderAccess
from concerns.ladder.limits import what_is_wrong
from concerns.ladder.models import Clock, Holiday, LadderVersion, Rung
from core.errors import Refused

MOST_AHEAD = 10
"""Years of bank holidays there may be ahead: later ones may still be moved by law."""


@transaction.atomic
def add_holiday(day: date, *, name: str, by: User, at: datetime) -> Holiday:
    """Leave a day out of working time, for concerns raised from now on."""
    LadderAccess(by).require(LadderAccess.edit_holidays)
    if not name.strip():
        raise Refused("Say what the day is, such as “Royal wedding”.", "name")
    if Holiday.objects.filter(day=day, removed_at=None).exists():
        raise Refused("That day is on the list already.", "day")
    holiday = Holiday.objects.create(day=day, name=name.strip(), added_at=at)
    recorded(Act.COLLECTED, holiday, by=by, at=at)
    return holiday


@transaction.atomic
def extend_holidays(*, by: User, at: datetime) -> int:
    """Add the bank holidays of the first year that is not on the list; answers with the year."""
    LadderAccess(by).require(LadderAccess.edit_holidays)
    known = Holiday.objects.select_for_update().known_until()
    year = at.year if known is None else known.year + 1
    if year > at.year + MOST_AHEAD:
        raise Refused(f"The bank holidays are known until {year - 1}, which is far enough.")
    listed = set(Holiday.objects.filter(removed_at=None, day__year=year).values_list("day", flat=True))
    days = bank_holidays([year])
    added = [Holiday(day=day, name=name, added_at=at) for day, name in days.items() if day not in listed]
    Holiday.objects.bulk_create(added)
    for holiday in added:
        recorded(Act.COLLECTED, holiday, by=by, at=at)
    return year


@transaction.atomic
def remove_holiday(holiday: Holiday, *, by: User, at: datetime) -> Holiday:
    """Count a day as a working day again, for concerns raised from now on. The line is kept."""
    LadderAccess(by).require(LadderAccess.edit_holidays)
    holiday = Holiday.objects.select_for_update().get(pk=holiday.pk)
    if holiday.removed_at is not None:
        raise Refused("That day is off the list already.")
    holiday.removed_at = at
    holiday.save(update_fields=["removed_at"])
    recorded(Act.ERASED, holiday, by=by, at=at, note="a working day again")
    return holiday


@transaction.atomic
def propose_ladder(
    *, level: Level, side: Side, acknowledge_within: timedelta, reason: str, by: User, at: datetime
) -> LadderVersion:
    """Write a new version in which one clock runs otherwise; its rungs move in proportion. Nothing runs on it yet."""
    LadderAccess(by).require(LadderAccess.propose_ladder)
    if acknowledge_within <= timedelta():
        raise Refused("Choose a time longer than nothing.", "acknowledge_within")
    if not reason.strip():
        raise Refused("Say why, so that whoever agrees knows.", "reason")
    if LadderVersion.objects.proposed().exists():
        raise Refused("Another change waits for somebody to agree. Settle that one first.")
    stands = LadderVersion.objects.in_force(at)
    latest = LadderVersion.objects.select_for_update().order_by("-number")[0]
    made = LadderVersion.objects.create(number=latest.number + 1, reason=reason.strip(), proposed_by=by)
    clock = Clock.objects.get(ladder=stands, level=level, side=side)
    ratio = acknowledge_within / clock.acknowledge_within
    changed = (level.value, side.value)
    for each in Clock.objects.filter(ladder=stands):
        if (each.level, each.side) == changed:
            each.acknowledge_within = acknowledge_within
        copied(each, made)
    for rung in Rung.objects.filter(ladder=stands):
        if (rung.level, rung.side) == changed:
            rung.after = rung.after * ratio
        copied(rung, made)
    refuse_broken(made)
    recorded(Act.ALTERED, made, by=by, at=at, note="proposed")
    return made


def refuse_broken(ladder: LadderVersion) -> None:
    """Refuse a version of which any level and side could not be climbed."""
    for level, side in product(Level, Side):
        clock = Clock.objects.filter(ladder=ladder, level=level, side=side).first()
        rungs = list(Rung.objects.filter(ladder=ladder, level=level, side=side).order_by("position"))
        wrong = what_is_wrong(clock, rungs, level=level, side=side)
        if wrong:
            raise Refused(f"{level.label}, {side.label.lower()}: {wrong}. Choose another time.", "hours")


def copied(row: Clock | Rung, ladder: LadderVersion) -> None:
    """The same row in another version."""
    row.pk, row.ladder = None, ladder
    row._state.adding = True
    row.save()


@transaction.atomic
def approve_ladder(ladder: LadderVersion, *, by: User, at: datetime) -> LadderVersion:
    """Put a version in force for concerns raised from now on. Never by whoever proposed it."""
    ladder = LadderVersion.objects.select_for_update(of=("self",)).get(pk=ladder.pk)
    LadderAccess(by, ladder).require(LadderAccess.approve_ladder)
    if ladder.in_force_from is not None:
        raise Refused("This version was agreed to already.")
    refuse_broken(ladder)
    ladder.in_force_from, ladder.approved_by = at, by
    ladder.save(update_fields=["in_force_from", "approved_by"])
    recorded(Act.ALTERED, ladder, by=by, at=at, note="agreed to")
    return ladder
