"""The simulator, triage, the queue screen and routing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from concerns.choices import Level
from concerns.concern.models import Concern
from concerns.handling.hold_operations import hold_concern
from concerns.handling.models import EndProposal
from concerns.handling.operations import pass_to_queue
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handling.second_person_operations import mark_raised_in_error
from concerns.handling.triage_operations import triage_concern
from concerns.lists.operations import save_view
from concerns.raising.operations import raise_concern
from concerns.routing.operations import draft_routing
from tests.concerns.overview.rows import (
    CHARITY,
    SEE,
    WORDS,
    WORK,
    an_urgent_one,
    finished_but_for_closing,
    held_concern,
    reference_of_urgent,
    takeover_box,
)
from tests.table import Page, acts, who
from tests.world import World


def fields_of_time(world: World, act: str) -> dict[str, Any]:
    return {f"{act}-until": "other", f"{act}-other": (world.now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")}


def sorted_concern(world: World) -> list[Any]:
    """A log one that Ann has and has sorted."""
    concern = raise_concern(world.ely, submit_key=uuid4(), level=Level.LOG, words=WORDS, by=world.ben, at=world.now)
    acknowledge_concern(concern, until=world.now + timedelta(hours=1), by=world.ann, at=world.now)
    triage_concern(concern, level=Level.LOG, by=world.ann, at=world.now)
    return [concern.reference]


def lesser_concern(world: World) -> Concern:
    """One that may wait, in the hands of both sides."""
    found = raise_concern(world.ely, submit_key=uuid4(), level=Level.PRIORITY, words=WORDS, by=world.ben, at=world.now)
    pass_to_queue(found, by=world.ann, at=world.now)
    for person in (world.esi, world.ann):
        acknowledge_concern(found, until=world.now + timedelta(hours=1), by=person, at=world.now)
    return found


def reference_of_lesser(world: World) -> list[Any]:
    return [lesser_concern(world).reference]


def concern_on_hold(world: World) -> list[Any]:
    """Held by both sides."""
    found = lesser_concern(world)
    for person in (world.esi, world.ann):
        hold_concern(found, waiting_for="probation", until=world.now + timedelta(days=1), by=person, at=world.now)
    return [found.reference]


def concern_with_proposal(world: World) -> list[Any]:
    """Fay thinks it was typed twice."""
    found = an_urgent_one(world)
    mark_raised_in_error(found, reason="Twice.", by=world.fay, at=world.now)
    return [found.reference]


def fields_of_proposal(world: World) -> dict[str, Any]:
    return {"proposal": EndProposal.objects.latest("pk").pk}


LEADS_TWO = ("manager", "safeguarding lead")
RULES = ("coordinator", "coordinator elsewhere", *LEADS_TWO, "director", "MAPPA coordinator")


def rules_in_force(world: World) -> list[Any]:
    return ["RT-1"]


def a_draft(world: World) -> list[Any]:
    return [draft_routing(by=world.hana, at=world.now).reference]


def a_view_of_esis(world: World) -> list[Any]:
    view = save_view(world.queue, name="Urgent", asked="level=urgent", by=world.esi, at=world.now)
    return [view.reference]


PAGES = [
    Page(
        "concerns:simulator",
        opens=who(
            "coordinator", "coordinator elsewhere", "manager", "safeguarding lead", "MAPPA coordinator", otherwise=403
        ),
        queries=6,
    ),
    Page("concerns:sorting", of=held_concern, opens=acts(*WORK, see=SEE), queries=13),
    Page(
        "concerns:triage",
        of=held_concern,
        opens=acts(*CHARITY, see=SEE),
        posts=lambda world: {"triage-level": "urgent", "triage-kind": "device"},
    ),
    Page(
        "concerns:watch",
        of=sorted_concern,
        opens=acts(*CHARITY, see=("volunteer", *CHARITY)),
        posts=lambda world: {**fields_of_time(world, "watch"), **takeover_box("watch"), "watch-plan": "Ask each week."},
    ),
    Page(
        "concerns:no_action",
        of=sorted_concern,
        opens=acts(*CHARITY, see=("volunteer", *CHARITY)),
        posts=lambda world: {"no_action-reason": "Known."},
    ),
    Page(
        "concerns:hold",
        of=reference_of_lesser,
        opens=acts(*WORK, see=SEE),
        posts=lambda world: {**fields_of_time(world, "hold"), "hold-waiting_for": "probation"},
    ),
    Page("concerns:release_hold", of=concern_on_hold, opens=acts(*WORK, see=SEE), posts=lambda world: {}),
    Page(
        "concerns:move",
        of=reference_of_urgent,
        opens=acts(*WORK, see=SEE),
        posts=lambda world: {"move-queue": world.norfolk.reference, "move-reason": "He moved."},
    ),
    Page(
        "concerns:link",
        of=reference_of_urgent,
        opens=acts(*WORK, see=SEE),
        posts=lambda world: {"link-other": an_urgent_one(world).reference, "link-why": "The same boys."},
    ),
    Page(
        "concerns:merge",
        of=reference_of_urgent,
        opens=acts(*CHARITY, see=SEE),
        posts=lambda world: {"merge-into": an_urgent_one(world).reference, "merge-reason": "The same."},
    ),
    Page(
        "concerns:reopen",
        of=finished_but_for_closing,
        opens=acts(*WORK, see=SEE),
        posts=lambda world: {"reopen-reason": "He rang."},
    ),
    Page(
        "concerns:agree",
        of=concern_with_proposal,
        opens=acts(*CHARITY, see=SEE) | {"safeguarding lead": 422},
        posts=fields_of_proposal,
    ),
    Page("concerns:decline", of=concern_with_proposal, opens=acts(*CHARITY, see=SEE), posts=fields_of_proposal),
    Page(
        "concerns:keep_view",
        of=lambda world: [world.queue.reference],
        opens=who("liaison", "MAPPA coordinator"),
        posts=lambda world: {"name": "Urgent", "level": "urgent"},
    ),
    Page("concerns:forget_view", of=a_view_of_esis, opens=who("liaison"), posts=lambda world: {}),
    Page("concerns:routing", opens=who(*RULES, otherwise=403), queries=6),
    Page("concerns:routing_version", of=rules_in_force, opens=who(*RULES, otherwise=403), queries=8),
    Page("concerns:draft_routing", opens=who(*LEADS_TWO, otherwise=403), posts=lambda world: {}),
    Page(
        "concerns:add_rule",
        of=a_draft,
        opens=who(*LEADS_TWO, otherwise=403),
        posts=lambda world: {"route": "at_once", "kind": "child_contact", "position": "1"},
    ),
    Page(
        "concerns:propose_routing",
        of=a_draft,
        opens=who(*LEADS_TWO, otherwise=403),
        posts=lambda world: {"why": "Children first."},
    ),
    Page(
        "concerns:decide_routing",
        of=a_draft,
        opens=who(*LEADS_TWO, otherwise=403),
        posts=lambda world: {"what": "decline"},
    ),
]
