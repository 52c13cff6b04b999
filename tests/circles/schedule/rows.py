"""Pages of a circle's schedule, and of meetings that are moved or called off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from circles.calendar.operations import make_feed
from circles.schedule.operations import leave_out_slot
from tests.circles.log.writing import send
from tests.circles.overview.rows import LEAD, SEE, ely, tonight
from tests.circles.rota.test_swap import ask, turn_of
from tests.circles.schedule.test_calling_off import cancel, coming_meeting
from tests.circles.schedule.test_schedule import unplanned_moment
from tests.table import Page, acts, everybody, who
from tests.world import World
from volunteers.volunteer.models import Volunteer


def slot_left_out(world: World) -> list[Any]:
    leave_out_slot(world.ely, slot_at=unplanned_moment(world), words="Holiday.", by=world.ann, at=world.now)
    return [world.ely.reference, unplanned_moment(world)]


def fields_of_leaving_out(world: World) -> dict[str, Any]:
    return {"slot": unplanned_moment(world).isoformat(), "kind": "left_out", "words": "Holiday."}


def reference_of_coming(world: World) -> list[Any]:
    return [coming_meeting(world).reference]


def cancelled_meeting(world: World) -> list[Any]:
    return [cancel(world).reference]


def fields_of_moving(world: World) -> dict[str, Any]:
    day = world.now + timedelta(days=4)
    return {
        "day_day": day.day,
        "day_month": day.month,
        "day_year": day.year,
        "time": "18:00",
        "place_code": "OAK",
        "words": "Hall in use.",
    }


def fields_of_calling_off(world: World) -> dict[str, Any]:
    return {"why_not": "logistics", "words": "The hall is flooded."}


def bens_turn(world: World) -> list[Any]:
    return [turn_of(world, world.ben).reference, Volunteer.objects.get(user=world.tom).reference]


def bens_asking(world: World) -> list[Any]:
    return [ask(world).reference]


def toms_asking(world: World) -> list[Any]:
    return [ask(world, giver=world.tom, taker=world.ben).reference]


def bens_token(world: World) -> list[Any]:
    return [make_feed(by=world.ben, at=world.now)[1]]


def send_minutes(world: World) -> list[Any]:
    send(world.meeting, by=world.ben, at=world.now)
    return [world.meeting.reference]


def give_hours(world: World) -> list[Any]:
    send_minutes(world)
    return []


def hours_of_ely(world: World) -> list[Any]:
    send_minutes(world)
    return [world.ely.reference]


VOLUNTEERS = ("volunteer", "volunteer who left", "volunteer elsewhere")
KEEPERS = ("volunteer", "volunteer who left", "volunteer elsewhere", "coordinator", "coordinator elsewhere")

PAGES = [
    Page("circles:schedule", of=ely, opens=who(*SEE), queries=9),
    Page("circles:vary", of=ely, opens=acts(*LEAD, see=SEE), queries=8),
    Page("circles:vary", of=ely, opens=acts(*LEAD, see=SEE), posts=fields_of_leaving_out),
    Page("circles:put_back", of=slot_left_out, opens=acts(*LEAD, see=SEE), queries=7),
    Page("circles:put_back", of=slot_left_out, opens=acts(*LEAD, see=SEE), posts=lambda world: {}),
    Page("circles:cancel", of=reference_of_coming, opens=acts(*LEAD, see=SEE), queries=6),
    Page("circles:cancel", of=reference_of_coming, opens=acts(*LEAD, see=SEE), posts=fields_of_calling_off),
    Page("circles:restore", of=cancelled_meeting, opens=acts(*LEAD, see=SEE), queries=6),
    Page("circles:restore", of=cancelled_meeting, opens=acts(*LEAD, see=SEE), posts=lambda world: {}),
    Page("circles:move", of=reference_of_coming, opens=acts(*LEAD, see=SEE), queries=6),
    Page("circles:move", of=reference_of_coming, opens=acts(*LEAD, see=SEE), posts=fields_of_moving),
    Page("circles:not_held", of=tonight, opens=acts("volunteer", *LEAD, see=SEE), queries=8),
    Page("circles:not_held", of=tonight, opens=acts("volunteer", *LEAD, see=SEE), posts=fields_of_calling_off),
    Page("circles:offer_minutes", of=bens_turn, opens=acts("volunteer", see=SEE), posts=lambda world: {}),
    Page("circles:accept_swap", of=toms_asking, opens=acts("volunteer", see=SEE), posts=lambda world: {}),
    Page("circles:decline_swap", of=toms_asking, opens=acts("volunteer", see=SEE), posts=lambda world: {}),
    Page("circles:withdraw_swap", of=bens_asking, opens=acts("volunteer", see=SEE), posts=lambda world: {}),
    Page("circles:my_calendar", opens=who(*KEEPERS, otherwise=403), queries=6),
    Page("circles:my_calendar", opens=who(*KEEPERS, otherwise=403), posts=lambda world: {}),
    Page("circles:revoke_calendar", opens=who(*KEEPERS, otherwise=403), posts=lambda world: {}),
    Page("feed", of=bens_token, opens=everybody(nobody=200), queries=10, axe=False),
    Page("circles:my_hours", of=give_hours, opens=who(*VOLUNTEERS, otherwise=403), queries=9),
    Page("circles:travel", of=send_minutes, opens=acts("volunteer", see=SEE), posts=lambda world: {"minutes": "30"}),
    Page("circles:circle_hours", of=hours_of_ely, opens=acts(*LEAD, see=SEE), queries=9),
]
