"""Giving a circle to another coordinator; and what her deputy opens while a coordinator is on leave."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from alerts.leave.operations import plan_leave
from tests.circles.overview.rows import minutes_sent
from tests.concerns.engine.raising import worry
from tests.table import Page, acts, who
from tests.world import World

SEE = ("volunteer", "coordinator", "manager", "safeguarding lead")


def ely_with_a_worry(world: World) -> list[Any]:
    worry(world)
    return [world.ely.reference]


LEAD = ("coordinator", "coordinator elsewhere", "manager", "safeguarding lead")


def put_ann_on_leave(world: World) -> None:
    begins, ends = world.now - timedelta(hours=1), world.now + timedelta(days=1)
    plan_leave(world.ann, starts_at=begins, ends_at=ends, deputy=world.pat, by=world.hana, at=begins)


def ely_while_ann_is_away(world: World) -> list[Any]:
    put_ann_on_leave(world)
    return [world.ely.reference]


def minutes_while_ann_is_away(world: World) -> list[Any]:
    put_ann_on_leave(world)
    return minutes_sent(world)


PAGES = [
    Page("circles:coordinator", of=ely_with_a_worry, opens=acts("manager", see=SEE), queries=12),
    Page(
        "circles:coordinator",
        of=lambda world: [world.ely.reference],
        opens=acts("manager", see=SEE),
        posts=lambda world: {"coordinator": world.pat.pk},
    ),
    Page(
        "circles:circle",
        of=ely_while_ann_is_away,
        opens=who("volunteer", *LEAD),
        queries=12,
        counts_as="coordinator elsewhere",
    ),
    Page(
        "circles:meeting",
        of=minutes_while_ann_is_away,
        opens=who("volunteer", *LEAD),
        queries=12,
        counts_as="coordinator elsewhere",
    ),
    Page(
        "circles:approve",
        of=minutes_while_ann_is_away,
        opens=acts(*LEAD, see=("volunteer", *LEAD)),
        queries=10,
        counts_as="coordinator elsewhere",
    ),
    Page(
        "offenders:core_member",
        of=lambda world: [put_ann_on_leave(world), world.core_member.reference][1:],
        opens=who(*LEAD),
        queries=8,
        counts_as="coordinator elsewhere",
    ),
]
