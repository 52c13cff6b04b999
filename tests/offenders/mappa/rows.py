"""The pages of how MAPPA manages him: level, area, what follows, our actions, and a practitioner who changes alone."""

from __future__ import annotations

from typing import Any

from accounts.models import Area
from offenders.core_member.change_models import ManagementChange
from offenders.core_member.mappa_models import MappaPeriod
from offenders.core_member.models import CoreMember
from offenders.mappa.action_models import MappaAction
from offenders.mappa.action_operations import add_mappa_action
from offenders.mappa.operations import change_area
from tests.circles.life.rows import date_of
from tests.offenders.rows import SEE
from tests.table import Page, who
from tests.world import World


def paul(world: World) -> list[Any]:
    return [world.core_member.reference]


def level_two(world: World) -> dict[str, Any]:
    return date_of("changed_on", world) | {"category": "1", "level": "2", "why": "The meeting of 3 March decided it."}


def has_level_two(world: World) -> bool:
    return MappaPeriod.objects.current().filter(core_member=world.core_member, level=2).exists()


def norfolk(world: World) -> dict[str, Any]:
    return date_of("changed_on", world) | {"area": Area.objects.get(code="norfolk").pk, "why": "He moved."}


def change_to_answer(world: World) -> list[Any]:
    area = Area.objects.get(code="norfolk")
    change = change_area(
        world.core_member, area=area, changed_on=world.now.date(), why="He moved.", by=world.ann, at=world.now
    )
    return [*paul(world), change.pk]


def action_to_do(world: World) -> list[Any]:
    action = add_mappa_action(
        world.core_member, words="Write to them.", due_on=world.now.date(), by=world.ann, at=world.now
    )
    return [*paul(world), action.pk]


def with_a_change_and_an_action(world: World) -> list[Any]:
    change_to_answer(world)
    action_to_do(world)
    return paul(world)


PAGES = [
    Page("offenders:mappa", of=with_a_change_and_an_action, opens=who(*SEE), queries=9),
    Page("offenders:change_area", of=paul, opens=who(*SEE), queries=7),
    Page(
        "offenders:change_area",
        of=paul,
        opens=who(*SEE),
        posts=norfolk,
        makes=lambda world: CoreMember.objects.filter(area__code="norfolk", pk=world.core_member.pk).exists(),
    ),
    Page("offenders:answer_change", of=change_to_answer, opens=who(*SEE), queries=7),
    Page(
        "offenders:answer_change",
        of=change_to_answer,
        opens=who(*SEE),
        posts=lambda world: {"answer": "Told Ben and Tom; the plan stays."},
        makes=lambda world: ManagementChange.objects.exclude(answered_at=None).exists(),
    ),
    Page("offenders:plan_mappa_meeting", of=paul, opens=who(*SEE), queries=6),
    Page(
        "offenders:plan_mappa_meeting",
        of=paul,
        opens=who(*SEE),
        posts=lambda world: date_of("meets_on", world),
        makes=lambda world: CoreMember.objects.exclude(next_mappa_meeting_on=None).exists(),
    ),
    Page("offenders:add_mappa_action", of=paul, opens=who(*SEE), queries=6),
    Page(
        "offenders:add_mappa_action",
        of=paul,
        opens=who(*SEE),
        posts=lambda world: {"words": "Write to them."} | date_of("due_on", world),
        makes=lambda world: MappaAction.objects.exists(),
    ),
    Page("offenders:finish_mappa_action", of=action_to_do, opens=who(*SEE), queries=7),
    Page(
        "offenders:finish_mappa_action",
        of=action_to_do,
        opens=who(*SEE),
        posts=lambda world: {"outcome": "Written to them."},
        makes=lambda world: MappaAction.objects.exclude(done_at=None).exists(),
    ),
    Page("offenders:change_mappa", of=paul, opens=who(*SEE), queries=6),
    Page("offenders:change_mappa", of=paul, opens=who(*SEE), posts=level_two, makes=has_level_two),
    Page("offenders:change_practitioner", of=paul, opens=who(*SEE), queries=9),
    Page(
        "offenders:change_practitioner",
        of=paul,
        opens=who(*SEE),
        posts=lambda world: {"practitioner": world.lou.pk, "agency": ""},
        makes=lambda world: CoreMember.objects.filter(practitioner=world.lou).exists(),
    ),
]
