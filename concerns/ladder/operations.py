"""Changes the holidays and the ladder. A change holds for concerns raised afterwards, never for older ones."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from concerns.choices import Level, Side
from concerns.defaults import bank_holidays
from concerns.ladder.access import LadderAccess
from concerns.ladder.limits import fault_of_side
from concerns.ladder.models import Clock, Holiday, LadderVersion, Rung
from core.errors import Refused

MOST_AHEAD = 10
"""How many years ahead bank holidays may be listed. Later ones may still be moved by law."""


@transaction.atomic
def add_holiday(day: date, *, name: str, by: User, at: datetime) -> Holiday:
    """Leave a day out of working time, for concerns raised from now on."""
    LadderAccess(by).require(LadderAccess.edit_holidays)
    if not name.strip():
        raise Refused("Say what the day is, such as “Royal wedding”.", "name")
    if Holiday.objects.filter(day=day, removed_at=None).exists():
        raise Refused("That day is on the list already.", "day")
    holiday = Holiday.objects.create(day=day, name=name.strip(), added_at=at)
    write_entry(Act.COLLECTED, holiday, by=by, at=at)
    return holiday


@transaction.atomic
def extend_holidays(*, by: User, at: datetime) -> int:
    """Add the bank holidays of the first year that is not on the list. Answers with the year."""
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
        write_entry(Act.COLLECTED, holiday, by=by, at=at)
    return year


@transaction.atomic
def remove_holiday(holiday: Holiday, *, by: User, at: datetime) -> Holiday:
    """Count a day as a working day again, for concerns raised from now on. Its row is kept."""
    LadderAccess(by).require(LadderAccess.edit_holidays)
    holiday = Holiday.objects.select_for_update().get(pk=holiday.pk)
    if holiday.removed_at is not None:
        raise Refused("That day is off the list already.")
    holiday.removed_at = at
    holiday.save(update_fields=["removed_at"])
    write_entry(Act.ERASED, holiday, by=by, at=at, note="a working day again")
    return holiday


@transaction.atomic
def propose_ladder(
    *, level: Level, side: Side, acknowledge_within: timedelta, reason: str, by: User, at: datetime
) -> LadderVersion:
    """Propose a version in which one clock is another; its rungs move in proportion. Nothing runs on it yet."""
    LadderAccess(by).require(LadderAccess.propose_ladder)
    if acknowledge_within <= timedelta():
        raise Refused("Choose a time longer than zero.", "acknowledge_within")
    if not reason.strip():
        raise Refused("Say why, so that whoever agrees knows.", "reason")
    if LadderVersion.objects.proposed().exists():
        raise Refused("Another change waits for somebody to agree. Decide on that one first.")
    in_force = LadderVersion.objects.in_force(at)
    latest = LadderVersion.objects.select_for_update().order_by("-number")[0]
    version = LadderVersion.objects.create(number=latest.number + 1, reason=reason.strip(), proposed_by=by)
    clock = Clock.objects.get(ladder=in_force, level=level, side=side)
    ratio = acknowledge_within / clock.acknowledge_within
    changed = (level.value, side.value)
    for clock in Clock.objects.filter(ladder=in_force):
        if (clock.level, clock.side) == changed:
            clock.acknowledge_within = acknowledge_within
        _copy_row(clock, version)
    for rung in Rung.objects.filter(ladder=in_force):
        if (rung.level, rung.side) == changed:
            rung.after = rung.after * ratio
        _copy_row(rung, version)
    _refuse_broken(version)
    write_entry(Act.ALTERED, version, by=by, at=at, note="proposed")
    return version


def _refuse_broken(ladder: LadderVersion) -> None:
    """Refuse a version in which any side of a level has a fault."""
    for level, side in product(Level, Side):
        clock = Clock.objects.filter(ladder=ladder, level=level, side=side).first()
        rungs = list(Rung.objects.filter(ladder=ladder, level=level, side=side).order_by("position"))
        fault = fault_of_side(clock, rungs, level=level, side=side)
        if fault:
            raise Refused(f"{level.label}, {side.label.lower()}: {fault}. Choose another time.", "hours")


def _copy_row(row: Clock | Rung, ladder: LadderVersion) -> None:
    """Save this row as a new one of another version."""
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
    _refuse_broken(ladder)
    ladder.in_force_from, ladder.approved_by = at, by
    ladder.save(update_fields=["in_force_from", "approved_by"])
    write_entry(Act.ALTERED, ladder, by=by, at=at, note="agreed to")
    return ladder
