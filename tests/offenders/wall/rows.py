"""The pages of who may see a core member, whatever their roles."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from offenders.core_member.wall_models import BreakGlass, WallEntry
from offenders.wall.association_operations import note_non_association
from offenders.wall.break_glass_operations import break_glass
from offenders.wall.models import NonAssociation
from offenders.wall.operations import add_wall_entry, end_wall_entry
from tests.offenders.rows import SEE
from tests.table import Page, who
from tests.world import World

MAY_LOOK = ("coordinator", "coordinator elsewhere", "manager", "safeguarding lead")


def paul(world: World) -> list[Any]:
    return [world.core_member.reference]


def bar_gil(world: World) -> WallEntry:
    return add_wall_entry(
        world.core_member, person=world.gil, kind="deny", reason="He is his brother.", by=world.ann, at=world.now
    )


def barred_gil(world: World) -> list[Any]:
    return [*paul(world), bar_gil(world).pk]


def two_entries(world: World) -> list[Any]:
    end_wall_entry(bar_gil(world), reason="It was his cousin.", by=world.hana, at=world.now)
    return barred_gil(world)[:1]


def bar_two_more(world: World) -> None:
    free = [
        person
        for person in (world.dev, world.pat, world.max, world.lou, world.jo)
        if not WallEntry.objects.current().filter(core_member=world.core_member, person=person).exists()
    ]
    for person in free[:2]:
        add_wall_entry(
            world.core_member, person=person, kind="deny", reason="They know him.", by=world.ann, at=world.now
        )


def fields_of_dev(world: World) -> dict[str, Any]:
    return {"kind": "deny", "person": world.dev.pk, "reason": "They live next door."}


def closed_list(world: World) -> None:
    add_wall_entry(
        world.core_member, person=world.fay, kind="allow", reason="He is well known.", by=world.ann, at=world.now
    )


def look_of_hana(world: World) -> list[Any]:
    """Hana, who is not on his list, looked for half an hour that is over."""
    closed_list(world)
    then = world.now - timedelta(hours=1)
    look = break_glass(reference=world.core_member.reference, reason="A call at night.", by=world.hana, at=then)
    return [world.core_member.reference, look.pk]


def pair_of(world: World, reference: str = "EE-3091-T") -> NonAssociation:
    return note_non_association(
        world.core_member, reference=reference, reason="His licence says so.", by=world.hana, at=world.now
    )


def paul_and_another(world: World) -> list[Any]:
    return [*paul(world), pair_of(world).pk]


PAGES = [
    Page("offenders:note_non_association", of=paul, opens=who(*SEE), queries=6),
    Page(
        "offenders:note_non_association",
        of=paul,
        opens=who(*SEE),
        posts=lambda world: {"reference": "EE-0000-X", "reason": "His licence says so."},
        refused="You see no core member of this reference",
    ),
    Page("offenders:end_non_association", of=paul_and_another, opens=who("manager", "safeguarding lead"), queries=7),
    Page(
        "offenders:end_non_association",
        of=paul_and_another,
        opens=who("manager", "safeguarding lead"),
        posts=lambda world: {"reason": "The condition was lifted."},
        makes=lambda world: NonAssociation.objects.exclude(ended_at=None).exists(),
    ),
    Page("offenders:break_glass", opens=who(*MAY_LOOK, otherwise=403), queries=4),
    Page(
        "offenders:break_glass",
        opens=who(*MAY_LOOK, otherwise=403),
        posts=lambda world: {"reference": "EE-0000-X", "reason": "A call at night."},
        refused="No core member of this reference",
    ),
    Page("offenders:review_glass", of=look_of_hana, opens=who("coordinator", "safeguarding lead"), queries=7),
    Page(
        "offenders:review_glass",
        of=look_of_hana,
        opens=who("coordinator", "safeguarding lead"),
        posts=lambda world: {"outcome": "right", "words": "He had rung at night."},
        makes=lambda world: BreakGlass.objects.exclude(reviewed_at=None).exists(),
    ),
    Page("offenders:wall", of=two_entries, opens=who(*SEE), queries=10, grows=bar_two_more),
    Page("offenders:add_wall_entry", of=paul, opens=who(*SEE), queries=7),
    Page(
        "offenders:add_wall_entry",
        of=paul,
        opens=who(*SEE),
        posts=fields_of_dev,
        makes=lambda world: WallEntry.objects.current().filter(person=world.dev).exists(),
    ),
    Page("offenders:end_wall_entry", of=barred_gil, opens=who(*SEE), queries=7),
    Page(
        "offenders:end_wall_entry",
        of=barred_gil,
        opens=who(*SEE),
        posts=lambda world: {"reason": "He was somebody else."},
        makes=lambda world: WallEntry.objects.exclude(ended_at=None).exists(),
    ),
]
