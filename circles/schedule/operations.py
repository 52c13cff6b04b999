"""Plan meetings by the circle's rhythm, and make exceptions to it before they are planned."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.access import CircleAccess
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle
from circles.circle.telling import tell_members
from circles.meeting.models import Meeting
from circles.rota.turns import rota_of
from circles.schedule.models import Variation
from circles.schedule.rhythm import occasions_of, slots_of
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON

PLANNED_AHEAD = timedelta(days=15)
"""Meetings are planned this far ahead."""

PLANNED = "That meeting is planned already. Open it, and move or cancel it there."


def plan_next_meetings(*, at: datetime) -> int:
    """Plan the coming fortnight of every circle that meets. The number of new meetings. Safe to run twice."""
    return sum(plan_meetings(circle, at=at) for circle in Circle.objects.filter(status__in=Circle.MEETS))


@transaction.atomic
def plan_meetings(circle: Circle, *, at: datetime) -> int:
    """Plan a circle's meetings up to a fortnight ahead, with its exceptions. The number of new ones.

    Nought unless it meets. Starts yesterday, so that a meeting whose evening runs past midnight is not lost.
    """
    circle = _lock_circle(circle)
    if not circle.meets:
        return 0
    since, until = ((at + away).astimezone(LONDON).date() for away in (-timedelta(days=1), PLANNED_AHEAD))
    taken = set(circle.meetings.not_cancelled().values_list("planned_at", flat=True))
    number = circle.meetings.aggregate(last=Max("number"))["last"] or 0
    rota, made = rota_of(circle), 0
    for occasion in occasions_of(circle, since=since, until=until):
        if occasion.meeting is not None or occasion.planned_at is None or occasion.planned_at in taken:
            continue
        made += 1
        taken.add(occasion.planned_at)
        Meeting.objects.create(
            reference=unused_reference(Meeting, "M", 7),
            circle=circle,
            number=number + made,
            planned_at=occasion.planned_at,
            slot_at=occasion.slot_at,
            place_code=occasion.place_code,
            minute_taker=rota.give_turn(occasion.planned_at),
        )
    return made


def _lock_circle(circle: Circle) -> Circle:
    return Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)


def lock_to_schedule(circle: Circle, *, by: User) -> Circle:
    """Lock the circle, and check that it has not ended and that this person may change its times."""
    circle = _lock_circle(circle)
    CircleAccess(by, circle).require(CircleAccess.schedule)
    if circle.status in circle.LIFECYCLE.ends:
        raise Refused("This circle has ended. There is no meeting to change.")
    return circle


@transaction.atomic
def leave_out_slot(circle: Circle, *, slot_at: datetime, words: str, by: User, at: datetime) -> Variation:
    """Leave out a meeting that is not planned yet, such as the one at Christmas."""
    circle = lock_to_schedule(circle, by=by)
    _check_slot(circle, slot_at, at)
    if not words.strip():
        raise Refused("Say in a few words why the circle does not meet then.", field="words")
    variation = Variation.objects.create(
        circle=circle, slot_at=slot_at, kind=Variation.Kind.LEFT_OUT, words=words.strip(), made_at=at, made_by=by
    )
    return _note_variation(variation, f"No meeting on {day_text_of(slot_at)}", by=by, at=at)


@transaction.atomic
def move_slot(
    circle: Circle, *, slot_at: datetime, moved_to: datetime, place_code: str, words: str, by: User, at: datetime
) -> Variation:
    """Move a meeting that is not planned yet to another day, time or place."""
    circle = lock_to_schedule(circle, by=by)
    _check_slot(circle, slot_at, at)
    check_moment(circle, moved_to, at, but=slot_at)
    place_code = place_code.upper()
    if moved_to == slot_at and place_code in {"", circle.place_code}:
        raise Refused("That is when and where the circle meets anyway. Change the day, the time or the place.", "day")
    variation = Variation.objects.create(
        circle=circle,
        slot_at=slot_at,
        kind=Variation.Kind.MOVED,
        moved_to=moved_to,
        place_code=place_code,
        words=words.strip(),
        made_at=at,
        made_by=by,
    )
    return _note_variation(
        variation, f"The meeting of {day_text_of(slot_at)} moves to {day_text_of(moved_to)}", by=by, at=at
    )


@transaction.atomic
def put_back_slot(variation: Variation, *, by: User, at: datetime) -> None:
    """Delete an exception, so that the circle meets as usual. Only for a meeting that is not planned yet."""
    circle = lock_to_schedule(variation.circle, by=by)
    if circle.meetings.filter(slot_at=variation.slot_at).exists():
        raise Refused(PLANNED)
    check_moment(circle, variation.slot_at, at, but=variation.slot_at)
    _note_variation(variation, f"The meeting of {day_text_of(variation.slot_at)} takes place after all", by=by, at=at)
    variation.delete()


def _check_slot(circle: Circle, slot_at: datetime, at: datetime) -> None:
    """Raise Refused unless this is a coming moment of the rhythm, not planned and not changed yet."""
    day = slot_at.astimezone(LONDON).date()
    if slot_at <= at or slot_at not in slots_of(circle, since=day, until=day):
        raise Refused("The circle does not meet then. Choose one of its coming meetings.", field="slot")
    if circle.meetings.filter(slot_at=slot_at).exists():
        raise Refused(PLANNED, field="slot")
    if circle.variations.filter(slot_at=slot_at).exists():
        raise Refused("That meeting is moved or left out already. Put it back first.", field="slot")


def check_moment(circle: Circle, moment: datetime, at: datetime, *, but: datetime | None) -> None:
    """Raise Refused unless the circle can meet then: in the future, before its end, and at no other meeting's time.

    `but` is the slot that is being moved. Its own time counts as free.
    """
    if moment <= at:
        raise Refused("That moment has passed. Choose one that is still to come.", field="day")
    day = moment.astimezone(LONDON).date()
    if day > circle.planned_end_on:
        ends = circle.planned_end_on
        raise Refused(f"The circle is planned to end on {ends.day} {ends:%B %Y}. Choose an earlier day.", field="day")
    others = [
        occasion
        for occasion in occasions_of(circle, since=day, until=day)
        if occasion.slot_at != but and not occasion.is_cancelled
    ]
    extra = circle.meetings.not_cancelled().filter(planned_at=moment)
    extra = extra.exclude(slot_at=but) if but is not None else extra
    if moment in {occasion.planned_at for occasion in others} or extra.exists():
        raise Refused("The circle meets at that moment already. Choose another.", field="day")


def _note_variation(variation: Variation, what: str, *, by: User, at: datetime) -> Variation:
    """Write the exception in the circle's story and the trail, and tell its members. Returns the variation."""
    circle = variation.circle
    CircleEvent.objects.create(circle=circle, at=at, by=by, what=what, note=variation.words)
    write_entry(Act.ALTERED, circle, by=by, at=at, within=circle.reference, note="schedule changed")
    _tell_members(circle, by=by, at=at)
    return variation


def _tell_members(circle: Circle, *, by: User, at: datetime) -> None:
    link = reverse("circles:schedule", args=[circle.reference])
    tell_members(circle, key=f"{circle.reference}:schedule:{at.timestamp():.3f}", link=link, by=by, at=at)


def day_text_of(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B}"
