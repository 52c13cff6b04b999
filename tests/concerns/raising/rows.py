"""What an author says beside the concern: drafts thrown away, calls, own reports; and what they hear back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from circles.minutes.beginning_operations import start_log
from concerns.choices import Level
from concerns.raising.operations import raise_concern, save_draft
from tests.circles.log.writing import save_minutes
from tests.concerns.overview.rows import (
    LEADS,
    SEE,
    WORDS,
    WORK,
    finished_but_for_closing,
    held_concern,
    reference_of_urgent,
)
from tests.table import Page, acts, who
from tests.world import World


def bens_draft(world: World) -> list[Any]:
    key = uuid4()
    save_draft(world.ely, submit_key=key, words=WORDS, level="urgent", by=world.ben, at=world.now)
    return [key]


def a_time(world: World) -> str:
    return (world.now - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M")


def a_call(world: World) -> dict[str, Any]:
    return {"whom": "on_call", "telephoned_at": a_time(world), "reached": "yes"}


def a_report(world: World) -> dict[str, Any]:
    return {"to": "police", "number": "123 of today", "reported_at": a_time(world)}


def log_answered_after_worry(world: World) -> list[Any]:
    """Ben sent a worry from the log, and then said in it that there is a plan."""
    concern = raise_concern(
        world.ely, submit_key=uuid4(), level=Level.LOG, words=WORDS, meeting=world.meeting, by=world.ben, at=world.now
    )
    start_log(world.meeting, by=world.ben, at=world.now)
    save_minutes(world.meeting, answers={"wellbeing": "plan"}, by=world.ben, at=world.now)
    return [concern.reference]


PAGES = [
    Page(
        "concerns:said_already",
        of=log_answered_after_worry,
        opens=who("volunteer", "coordinator"),
        posts=lambda world: {"answer": "wellbeing"},
    ),
    Page("concerns:discard", of=bens_draft, opens=who("volunteer"), queries=6),
    Page("concerns:discard", of=bens_draft, opens=who("volunteer"), posts=lambda world: {}),
    Page("concerns:call", of=reference_of_urgent, opens=who(*SEE), queries=10),
    Page("concerns:call", of=reference_of_urgent, opens=who(*SEE), posts=a_call),
    Page("concerns:own_report", of=reference_of_urgent, opens=who(*SEE), queries=10),
    Page("concerns:own_report", of=reference_of_urgent, opens=who(*SEE), posts=a_report),
    Page(
        "concerns:withhold",
        of=held_concern,
        opens=acts(*WORK, see=SEE),
        posts=lambda world: {"withhold-why": "asked"},
    ),
    Page(
        "concerns:figures",
        opens=who(*LEADS, otherwise=403),
        queries=5,
        grows=lambda world: finished_but_for_closing(world),
    ),
]
