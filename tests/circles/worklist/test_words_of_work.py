"""What a line of work says to one reader and to another, where the examples of the kinds have one reader only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from circles.worklist.lines import WorkLine, WorkReader, home_reader
from config.kinds import KINDS
from tests.world import World

KIND_OF_NAME = {kind.name: kind for kind in KINDS}


def title_of(name: str, reader: WorkReader, **facts: Any) -> str | None:
    line = WorkLine(name, reader.at, "C-0142", "Ann Reedham", facts, 0)
    item = KIND_OF_NAME[name].say(line, reader)
    return item and item.title


def test_anns_own_action_is_not_said_to_be_hers_to_herself(world: World) -> None:
    facts = {
        "words": "Ring.",
        "due_on": "2026-06-01",
        "volunteer": None,
        "agreed_by": "coordinator",
        "coordinator": "Ann",
        "coordinator_key": world.ann.pk,
    }
    assert title_of("action", home_reader(world.ann, world.now), **facts) == "Overdue: Ring."
    assert title_of("action", home_reader(world.hana, world.now), **facts) == "Overdue: Ring. (Ann agreed to)"


def test_a_handover_to_ann_says_to_pat_that_he_covers_for_her(world: World) -> None:
    facts = {"level": "urgent", "ref": "C-1", "owner_key": world.ann.pk, "owner_name": "Ann", "stands_in": True}
    assert title_of("handover", home_reader(world.ann, world.now), **facts) == "Handed over to you from on call"
    assert title_of("handover", home_reader(world.pat, world.now), **facts) == "Handed over to Ann, for whom you cover"


def test_a_reviews_line_says_its_next_step(world: World) -> None:
    ann = home_reader(world.ann, world.now)
    facts = {"ref": "R-1", "number": 2, "due_on": "2026-06-01", "held": None}
    steps = ("invited", "held", "written", "shared")
    assert [title_of("review", ann, status=status, **facts) for status in steps] == [
        "Record who came to review 2",
        "Write review 2",
        "Share review 2",
        "Finish review 2",
    ]


def test_a_share_that_ann_proposed_asks_nothing_of_her_and_nothing_of_esi(world: World) -> None:
    facts = {
        "status": "proposed",
        "level": "urgent",
        "ref": "S-1",
        "agency": "Police",
        "recipient": None,
        "sent_at": None,
        "plan": "",
        "proposed_by": world.ann.pk,
    }
    readers = [home_reader(person, world.now) for person in (world.ann, world.esi, world.hana)]
    assert [title_of("share", reader, **facts) for reader in readers] == [None, None, "Read this before it is sent"]


def test_a_manager_is_asked_to_read_the_month_only_when_the_lead_is_late(world: World) -> None:
    facts = {"month": "2026-05-01", "unread": True, "is_read": False}
    hana = home_reader(world.hana, datetime(2026, 6, 1, 9, tzinfo=UTC))
    assert title_of("low_level_month", hana, **facts) is None
    assert title_of("low_level_month", replace(hana, at=datetime(2026, 6, 29, 9, tzinfo=UTC)), **facts)


def test_somebody_who_left_looks_after_nothing_and_belongs_to_nothing(world: World) -> None:
    world.ann.is_active = False
    reader = home_reader(world.ann, world.now)
    assert [reader.looked_after, reader.joined] == [[], []]
