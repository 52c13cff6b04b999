"""Setting up queues."""

from __future__ import annotations

from typing import Any

from accounts.models import Area
from tests.accounts.teams import CAMBRIDGESHIRE, SUFFOLK, team
from tests.concerns.queue.setting_up import work_in
from tests.table import Page, who
from tests.world import World

SET_UP = ("manager", "technician")


def the_queue(world: World) -> list[Any]:
    return [world.queue.reference]


def the_queue_and_its_team(world: World) -> list[Any]:
    return [world.queue.reference, team(CAMBRIDGESHIRE).pk]


def essex(world: World) -> list[Any]:
    work_in(world, "essex")
    return []


def two_more_areas(world: World) -> None:
    left = Area.objects.filter(is_worked_in=False, queue=None).order_by("code")[:2]
    work_in(world, *(area.code for area in left))


PAGES = [
    Page("concerns:set_up_queues", opens=who(*SET_UP, otherwise=403), queries=6, grows=two_more_areas),
    Page("concerns:set_up_queue", of=the_queue, opens=who(*SET_UP), queries=11),
    Page("concerns:add_queue", of=essex, opens=who(*SET_UP, otherwise=403), queries=5),
    Page(
        "concerns:add_queue",
        of=essex,
        opens=who(*SET_UP, otherwise=403),
        posts=lambda world: {"area": Area.objects.get(code="essex").pk},
    ),
    Page("concerns:grant_queue", of=the_queue, opens=who(*SET_UP), queries=7),
    Page("concerns:grant_queue", of=the_queue, opens=who(*SET_UP), posts=lambda world: {"team": team(SUFFOLK).pk}),
    Page("concerns:revoke_queue", of=the_queue_and_its_team, opens=who(*SET_UP), queries=8),
    Page("concerns:revoke_queue", of=the_queue_and_its_team, opens=who(*SET_UP), posts=lambda world: {}),
    Page("concerns:change_team_manager", of=the_queue, opens=who(*SET_UP), queries=7),
    Page(
        "concerns:change_team_manager",
        of=the_queue,
        opens=who(*SET_UP),
        posts=lambda world: {"team_manager": world.esi.pk},
    ),
]
