"""Who was told of a concern; the rota, leave and drills."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from concerns.choices import Level, Side
from concerns.drill.operations import start_drill
from concerns.ladder.operations import add_holiday, propose_ladder
from concerns.rota.operations import plan_shift
from tests.concerns.overview.rows import SEE, WORK, reference_of_urgent
from tests.concerns.rota.on_call import put_on_call
from tests.table import Page, acts, who
from tests.world import World

STAFF = ("coordinator", "coordinator elsewhere", "manager", "safeguarding lead", "director", "technician")
PLANNERS = ("manager", "technician")


def a_shift(world: World) -> list[Any]:
    """Fay on call for a week."""
    now = timezone.now()
    ends_at = now + timedelta(days=7)
    shift = put_on_call(world, world.fay, telephone="01632 960 111", starts_at=now, ends_at=ends_at, at=now)
    return [shift.pk]


def a_waiting_shift(world: World) -> list[Any]:
    """Gil put Fay on call with a number that is not proved."""
    now = timezone.now()
    ends_at = now + timedelta(days=7)
    shift = plan_shift(world.fay, telephone="01632 960 111", starts_at=now, ends_at=ends_at, by=world.gil, at=now)
    return [shift.pk]


AGREES = ("manager", "safeguarding lead")
LEADS = ("manager", "safeguarding lead", "director")
TEAM = ("liaison", "MAPPA coordinator")


def a_drill(world: World) -> list[Any]:
    return [start_drill(world.queue, by=world.hana, at=timezone.now()).reference]


def the_queue(world: World) -> list[Any]:
    return [world.queue.reference]


CHARITY = ("coordinator", *LEADS)
READ_LADDER = (*CHARITY, "coordinator elsewhere")


def fays_proposal(world: World) -> list[Any]:
    made = propose_ladder(
        level=Level.URGENT,
        side=Side.CHARITY,
        acknowledge_within=timedelta(minutes=30),
        reason="Too long.",
        by=world.fay,
        at=world.now,
    )
    return [made.number]


def a_holiday(world: World) -> list[Any]:
    return [add_holiday(date(2030, 6, 3), name="A royal wedding", by=world.hana, at=world.now).pk]


PAGES = [
    Page("concerns:ladder", opens=who(*READ_LADDER, otherwise=403), queries=9),
    Page("concerns:propose_ladder", opens=who(*LEADS, otherwise=403), queries=4),
    Page(
        "concerns:approve_ladder",
        of=fays_proposal,
        opens=who("manager", "director")
        | dict.fromkeys(["coordinator", "coordinator elsewhere", "safeguarding lead"], 403),
        posts=lambda world: {},
    ),
    Page("concerns:add_holiday", opens=who("manager", otherwise=403), queries=4),
    Page("concerns:next_year_of_holidays", opens=who("manager", otherwise=403), posts=lambda world: {}),
    Page("concerns:working_day", of=a_holiday, opens=who("manager", otherwise=403), posts=lambda world: {}),
    Page("concerns:drills", opens=who(*LEADS, otherwise=403), queries=6),
    Page("concerns:start_drill", of=the_queue, opens=who("manager", otherwise=403), queries=7),
    Page("concerns:start_drill", of=the_queue, opens=who("manager", otherwise=403), posts=lambda world: {}),
    Page("concerns:drill", of=a_drill, opens=who(*LEADS, *TEAM), queries=8),
    Page("concerns:answer_drill", of=a_drill, opens=acts(*TEAM, see=(*LEADS, *TEAM)), posts=lambda world: {}),
    Page("concerns:deliveries", of=reference_of_urgent, opens=acts(*WORK, see=SEE), queries=12),
    Page("concerns:rota", opens=who(*STAFF, otherwise=403), queries=8, grows=a_shift),
    Page("concerns:plan_shift", opens=who(*PLANNERS, otherwise=403), queries=5),
    Page("concerns:agree_to_shift", of=a_waiting_shift, opens=acts(*AGREES, see=STAFF), posts=lambda world: {}),
    Page("concerns:refuse_shift", of=a_waiting_shift, opens=acts(*AGREES, see=STAFF), posts=lambda world: {}),
    Page("concerns:cancel_shift", of=a_shift, opens=acts(*PLANNERS, see=STAFF), posts=lambda world: {}),
]
