"""Raising, working and reading concerns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from audit.models import Entry
from circles.minutes.beginning_operations import start_log
from concerns.choices import Feedback, Level, Outcome
from concerns.concern.models import Concern
from concerns.engine.models import Acknowledgement
from concerns.handling.operations import answer_concern, give_feedback
from concerns.handling.promise_operations import acknowledge_concern, claim_concern
from concerns.raising.operations import raise_concern
from tests.offenders.identity.identities import sealed_identity
from tests.table import Page, acts, everybody, who
from tests.world import World

WORDS = "He has been mending bikes for two boys on Saturdays."

LEADS = ("manager", "safeguarding lead", "director")
QUEUE = ("liaison", "MAPPA coordinator")
WORK = ("coordinator", *LEADS, *QUEUE)
SEE = ("volunteer", *WORK)
CHARITY = ("coordinator", *LEADS)
REVEAL = ("coordinator", "manager", "safeguarding lead", "liaison")
BELONGED = ("volunteer", "volunteer who left", "coordinator", "manager", "safeguarding lead")


def an_urgent_one(world: World, **more: Any) -> Concern:
    return raise_concern(
        world.ely, submit_key=uuid4(), level=Level.URGENT, words=WORDS, by=world.ben, at=world.now, **more
    )


def reference_of_urgent(world: World) -> list[Any]:
    return [an_urgent_one(world).reference]


def concern_about_sealed(world: World) -> list[Any]:
    sealed_identity(world)
    return reference_of_urgent(world)


def a_log_one(world: World) -> list[Any]:
    """Worth keeping: not in the queue for days."""
    concern = raise_concern(world.ely, submit_key=uuid4(), level=Level.LOG, words=WORDS, by=world.ben, at=world.now)
    return [concern.reference]


def concern_of_ann(world: World) -> Concern:
    concern = an_urgent_one(world)
    return acknowledge_concern(concern, until=world.now + timedelta(hours=3), by=world.esi, at=world.now)


def held_concern(world: World) -> list[Any]:
    return [concern_of_ann(world).reference]


def finished_but_for_closing(world: World) -> list[Any]:
    concern = concern_of_ann(world)
    answer_concern(concern, outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=world.now)
    give_feedback(concern, feedback=Feedback.SPOKEN, by=world.esi, at=world.now)
    return [concern.reference]


def concern_of_hana(world: World) -> list[Any]:
    concern = an_urgent_one(world)
    claim_concern(concern, by=world.hana, at=world.now)
    return [concern.reference]


def three_more(world: World) -> None:
    for _ in range(2):
        an_urgent_one(world)


def ely(world: World) -> list[Any]:
    return [world.ely.reference]


def log_of_tonight(world: World) -> list[Any]:
    start_log(world.meeting, by=world.ben, at=world.now)
    return [world.meeting.reference]


def fields_of_time(world: World, act: str) -> dict[str, Any]:
    return {f"{act}-until": (world.now + timedelta(minutes=40)).isoformat()}


def takeover_box(act: str) -> dict[str, Any]:
    """The box that says: I take it over from whoever has it."""
    return {f"{act}-over": [Acknowledgement.objects.latest("pk").pk]}


def new_form() -> dict[str, Any]:
    return {"submit_key": str(uuid4()), "words": WORDS, "level": "urgent"}


PAGES = [
    Page(
        "concerns:all",
        opens=who("coordinator", "coordinator elsewhere", *LEADS, otherwise=403),
        queries=5,
        grows=three_more,
    ),
    Page("concerns:mine", opens=everybody(), queries=6, grows=three_more),
    Page("concerns:finished", opens=who("coordinator", "coordinator elsewhere", *LEADS, otherwise=403), queries=5),
    Page("concerns:raise", opens=everybody(), queries=7),
    Page("concerns:worry", of=ely, opens=who(*BELONGED), queries=8),
    Page("concerns:worry", of=ely, opens=who(*BELONGED), posts=lambda world: new_form()),
    Page("concerns:danger", of=ely, opens=who(*BELONGED), queries=12),
    Page("concerns:danger", of=ely, opens=who(*BELONGED), posts=lambda world: new_form()),
    Page("concerns:draft", of=ely, opens=who(*BELONGED), posts=lambda world: new_form()),
    Page(
        "concerns:raise_from_log",
        of=log_of_tonight,
        opens=who("volunteer", "coordinator", "manager", "safeguarding lead"),
        posts=lambda world: {**new_form(), "worry": "now"},
    ),
    Page("concerns:receipt", of=reference_of_urgent, opens=who(*WORK, status=302) | {"volunteer": 200}, queries=15),
    Page("concerns:queues", opens=everybody(), queries=7),
    Page("concerns:queue", of=lambda world: [world.queue.reference], opens=who(*QUEUE), queries=9, grows=three_more),
    Page(
        "concerns:circle_concerns",
        of=ely,
        opens=who("volunteer", "coordinator", "manager", "safeguarding lead"),
        queries=8,
        grows=three_more,
    ),
    Page("concerns:concern", of=reference_of_urgent, opens=who(*WORK) | {"volunteer": 302}, queries=15),
    Page("concerns:concern", of=a_log_one, opens=who(*CHARITY) | {"volunteer": 302}),
    Page("concerns:identity", of=concern_about_sealed, opens=acts(*REVEAL, see=SEE), queries=10),
    Page(
        "concerns:identity",
        of=concern_about_sealed,
        opens=acts(*REVEAL, see=SEE),
        posts=lambda world: {},
        makes=lambda world: Entry.objects.filter(act="revealed", note__contains="K-").exists(),
    ),
    Page("concerns:who_looked", of=reference_of_urgent, opens=acts(*WORK, see=SEE), queries=11),
    Page("concerns:claim", of=reference_of_urgent, opens=acts(*WORK, see=SEE), posts=lambda world: {}),
    Page(
        "concerns:release",
        of=concern_of_hana,
        opens=acts("manager", see=SEE) | dict.fromkeys([each for each in WORK if each != "manager"], 422),
        posts=lambda world: {},
    ),
    Page(
        "concerns:acknowledge",
        of=reference_of_urgent,
        opens=acts(*WORK, see=SEE),
        posts=lambda world: fields_of_time(world, "acknowledge"),
    ),
    Page(
        "concerns:action",
        of=held_concern,
        opens=acts(*WORK, see=SEE),
        posts=lambda world: {
            **fields_of_time(world, "action"),
            **takeover_box("action"),
            "action-what": "Rang his officer.",
        },
    ),
    Page("concerns:pass_on", of=a_log_one, opens=acts(*CHARITY, see=("volunteer", *CHARITY)), posts=lambda world: {}),
    Page(
        "concerns:answer",
        of=held_concern,
        opens=acts(*QUEUE, *LEADS, see=SEE),
        posts=lambda world: {"answer-outcome": "visit", "answer-answer": "Visited; no breach."},
    ),
    Page(
        "concerns:feedback",
        of=held_concern,
        opens=acts(*WORK, see=SEE),
        posts=lambda world: {"feedback-feedback": "spoken"},
    ),
    Page("concerns:close", of=finished_but_for_closing, opens=acts(*WORK, see=SEE), posts=lambda world: {}),
    Page(
        "concerns:in_error",
        of=reference_of_urgent,
        opens=acts(*CHARITY, see=SEE),
        posts=lambda world: {"in_error-reason": "Twice."},
    ),
]
