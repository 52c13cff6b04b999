"""Planning meetings from the circle's rhythm, and departing from it before they are planned."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accounts.models import User
from audit.models import Act
from audit.trail import recorded
from circles.circle.access import CircleAccess
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle
from circles.circle.telling import tell_members
from circles.meeting.models import Meeting
from circles.rota.turns import rota_of
from circles.schedule.models import Variation
from circles.schedule.rhythm import occasions, slots
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON

PLANNED_AHEAD = timedelta(days=15)
PLANNED = "That meeting is planned already. Open it, and move or cancel it there."


def plan_next_meetings(*, at: datetime) -> int:
    """Plan the coming fortnight of every circle that meets; safe to run twice."""
    return sum(plan_meetings(circle, at=at) for circle in Circle.objects.filter(status__in=Circle.MEETS))


@transaction.atomic
def plan_meetings(circle: Circle, *, at: datetime) -> int:
    """Plan a circle's meetings up to a fortnight ahead, its exceptions kept; the number that were new, none unless it meets.

    From yesterday, so that the meeting of an evening that ran past midnight is not lost.
    """
    circle = lock(circle)
    if not circle.meets:
        return 0
    since, until = ((at + away).astimezone(LONDON).date() for away in (-timedelta(days=1), PLANNED_AHEAD))
    taken = set(circle.meetings.standing().values_list("planned_at", flat=True))
    number = circle.meetings.aggregate(last=Max("number"))["last"] or 0
    rota, made = rota_of(circle), 0
    for one in occasions(circle, since=since, until=until):
        if one.meeting is not None or one.planned_at is None or one.planned_at in taken:
            continue
        made += 1
        taken.add(one.planned_at)
        Meeting.objects.create(
            reference=unused_reference(Meeting, "M", 7),
            circle=circle,
            number=number + made,
            planned_at=one.planned_at,
            slot_at=one.slot_at,
            place_code=one.place_code,
            minute_taker=rota.turn(one.planned_at),
        )
    return made


def lock(circle: Circle) -> Circle:
    return Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)


def lock_to_schedule(circle: Circle, *, by: User) -> Circle:
    """The circle, locked, still meeting, its times being changed by somebody who may."""
    circle = lock(circle)
    CircleAccess(by, circle).require(CircleAccess.schedule)
    if circle.status in circle.LIFECYCLE.ends:
        raise Refused("This circle has ended. There is no meeting to change.")
    return circle


@transaction.atomic
def leave_out_slot(circle: Circle, *, slot_at: datetime, words: str, by: User, at: datetime) -> Variation:
    """Say now that the circle will not meet on a day that is not planned yet, such as Christmas."""
    circle = lock_to_schedule(circle, by=by)
    check_slot(circle, slot_at, at)
    if not words.strip():
        raise Refused("Say in a few words why the circle does not meet then.", field="words")
    made = Variation.objects.create(
        circle=circle, slot_at=slot_at, kind=Variation.Kind.LEFT_OUT, words=words.strip(), made_at=at, made_by=by
    )
    return noted(made, f"No meeting on {said(slot_at)}", by=by, at=at)


@transaction.atomic
def move_slot(
    circle: Circle, *, slot_at: datetime, moved_to: datetime, place_code: str, words: str, by: User, at: datetime
) -> Variation:
    """Say now that a meeting which is not planned yet will be on another day, at another time or place."""
    circle = lock_to_schedule(circle, by=by)
    check_slot(circle, slot_at, at)
    check_moment(circle, moved_to, at, but=slot_at)
    place_code = place_code.upper()
    if moved_to == slot_at and place_code in {"", circle.place_code}:
        raise Refused("That is when and where the circle meets anyway. Change the day, the time or the place.", "day")
    made = Variation.objects.create(
        circle=circle,
        slot_at=slot_at,
        kind=Variation.Kind.MOVED,
        moved_to=moved_to,
        place_code=place_code,
        words=words.strip(),
        made_at=at,
        made_by=by,
    )
    return noted(made, f"The meeting of {said(slot_at)} moves to {said(moved_to)}", by=by, at=at)


@transaction.atomic
def put_back_slot(variation: Variation, *, by: User, at: datetime) -> None:
    """Let the rhythm stand after all, for a meeting that has not been planned yet."""
    circle = lock_to_schedule(variation.circle, by=by)
    if circle.meetings.filter(slot_at=variation.slot_at).exists():
        raise Refused(PLANNED)
    check_moment(circle, variation.slot_at, at, but=variation.slot_at)
    noted(variation, f"The meeting of {said(variation.slot_at)} stands after all", by=by, at=at)
    variation.delete()


def check_slot(circle: Circle, slot_at: datetime, at: datetime) -> None:
    """It is a coming moment of the rhythm that nothing has been made of yet."""
    day = slot_at.astimezone(LONDON).date()
    if slot_at <= at or slot_at not in slots(circle, since=day, until=day):
        raise Refused("The circle does not meet then. Choose one of its coming meetings.", field="slot")
    if circle.meetings.filter(slot_at=slot_at).exists():
        raise Refused(PLANNED, field="slot")
    if circle.variations.filter(slot_at=slot_at).exists():
        raise Refused("That meeting is moved or left out already. Put it back first.", field="slot")


def check_moment(circle: Circle, moment: datetime, at: datetime, *, but: datetime | None) -> None:
    """The circle can meet then: it is to come, before the circle ends, and nothing else of its own is then.

    `but` is the slot that is being moved, which is free to stand where it stood.
    """
    if moment <= at:
        raise Refused("That moment has passed. Choose one that is still to come.", field="day")
    day = moment.astimezone(LONDON).date()
    if day > circle.planned_end_on:
        ends = circle.planned_end_on
        raise Refused(f"The circle is planned to end on {ends.day} {ends:%B %Y}. Choose an earlier day.", field="day")
    others = [one for one in occasions(circle, since=day, until=day) if one.slot_at != but and not one.is_cancelled]
    extra = circle.meetings.standing().filter(planned_at=moment)
    extra = extra.exclude(slot_at=but) if but is not None else extra
    if moment in {one.planned_at for one in others} or extra.exists():
        raise Refused("The circle meets at that moment already. Choose another.", field="day")


def noted(variation: Variation, what: str, *, by: User, at: datetime) -> Variation:
    circle = variation.circle
    CircleEvent.objects.create(circle=circle, at=at, by=by, what=what, note=variation.words)
    recorded(Act.ALTERED, circle, by=by, at=at, within=circle.reference, note="schedule changed")
    tell(circle, by=by, at=at)
    return variation


def tell(circle: Circle, *, by: User, at: datetime) -> None:
    link = reverse("circles:schedule", args=[circle.reference])
    tell_members(circle, key=f"{circle.reference}:schedule:{at.timestamp():.3f}", link=link, by=by, at=at)


def said(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B}"
