"""Who was told of a concern; the rota, leave and drills."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from concerns.operations import plan_shift, start_drill
from tests.rows.concerns import SEE, WORK, urgent
from tests.table import Page, acts, who
from tests.world import World

STAFF = ("coordinator", "coordinator elsewhere", "manager", "safeguarding lead", "director", "technician")
PLANNERS = ("manager", "technician")


def a_shift(world: World) -> list[Any]:
    """Fay on call for a week."""
    now = timezone.now()
    ends_at = now + timedelta(days=7)
    shift = plan_shift(world.fay, telephone="01632 960 111", starts_at=now, ends_at=ends_at, by=world.hana, at=now)
    return [shift.pk]


LEADS = ("manager", "safeguarding lead", "director")
TEAM = ("liaison", "MAPPA coordinator")


def a_drill(world: World) -> list[Any]:
    return [start_drill(world.queue, by=world.hana, at=timezone.now()).reference]


def the_queue(world: World) -> list[Any]:
    return [world.queue.reference]


PAGES = [
    Page("concerns:drills", opens=who(*LEADS, otherwise=403), queries=7),
    Page("concerns:start_drill", of=the_queue, opens=who("manager", otherwise=403), posts=lambda world: {}),
    Page("concerns:drill", of=a_drill, opens=who(*LEADS, *TEAM), queries=9),
    Page("concerns:answer_drill", of=a_drill, opens=acts(*TEAM, see=(*LEADS, *TEAM)), posts=lambda world: {}),
    Page("concerns:deliveries", of=urgent, opens=acts(*WORK, see=SEE), queries=11),
    Page("concerns:rota", opens=who(*STAFF, otherwise=403), queries=8, grows=a_shift),
    Page("concerns:plan_shift", opens=who(*PLANNERS, otherwise=403), queries=6),
    Page("concerns:cancel_shift", of=a_shift, opens=acts(*PLANNERS, see=STAFF), posts=lambda world: {}),
]
