"""Arrows of concerns, shares and routing versions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from concerns.concern.models import Concern
from concerns.handling.models import EndProposal
from concerns.handling.operations import close_concern
from concerns.handling.second_person_operations import mark_raised_in_error
from concerns.handling.triage_operations import watch_in_circle
from concerns.routing.models import RoutingVersion
from concerns.routing.operations import draft_routing, propose_routing
from concerns.share.models import Share
from concerns.share.operations import approve_share
from concerns.share.reply_operations import acknowledge_share, receive_share
from tests.concerns.handling.rows import sorted_concern
from tests.concerns.overview.rows import an_urgent_one, concern_of_ann, finished_but_for_closing
from tests.concerns.share.rows import approved_share, sent_share
from tests.concerns.share.sharing import share_for_esi
from tests.lifecycle_tries.trying import press_button
from tests.world import World


def held_concern(world: World) -> list[Any]:
    return [concern_of_ann(world).reference]


def fields_of_joining(world: World) -> dict[str, Any]:
    return {"merge-into": an_urgent_one(world).reference, "merge-reason": "The same."}


def proposed_in_error(world: World) -> list[Any]:
    """Esi has it, and Fay thinks it was typed twice."""
    return [mark_raised_in_error(concern_of_ann(world), reason="Twice.", by=world.fay, at=world.now).concern.reference]


def fields_of_proposal(world: World) -> dict[str, Any]:
    return {"proposal": EndProposal.objects.latest("pk").pk}


def watched_concern(world: World) -> list[Any]:
    [reference] = sorted_concern(world)
    concern = Concern.objects.get(reference=reference)
    until = world.now + timedelta(days=1)
    watch_in_circle(concern, plan="Ask each week.", until=until, over=None, by=world.ann, at=world.now)
    return [reference]


def closed_concern(world: World) -> list[Any]:
    [reference] = finished_but_for_closing(world)
    return [close_concern(Concern.objects.get(reference=reference), by=world.ann, at=world.now).reference]


def proposed_rules(world: World) -> list[Any]:
    draft = draft_routing(by=world.hana, at=world.now)
    version: RoutingVersion = propose_routing(draft, why="Children first.", by=world.hana, at=world.now)
    return [version.reference]


def received_share(world: World) -> Share:
    return receive_share(sent_share(world), by=world.esi, at=world.now)


def answered_share(world: World) -> Share:
    return acknowledge_share(sent_share(world), their_plan="Visit tomorrow.", by=world.esi, at=world.now)


def agree_correction(wrong: Share, world: World) -> list[Any]:
    """What replaces it is agreed, and not yet told."""
    right = share_for_esi(world, wrong.concern, text="He was seen with one boy.", corrects=wrong)
    return [approve_share(right, by=world.hana, at=world.now).reference]


RECALLED = {"recall-reason": "The wrong desk."}

TRIES = [
    press_button("concerns:merge", held_concern, fields_of_joining),
    press_button("concerns:agree", proposed_in_error, fields_of_proposal),
    press_button("concerns:triage", watched_concern, {"triage-level": "priority", "triage-kind": "device"}),
    press_button("concerns:no_action", watched_concern, {"no_action-reason": "Known."}),
    press_button("concerns:reopen", closed_concern, {"reopen-reason": "He rang."}),
    press_button("concerns:decide_routing", proposed_rules, {"what": "approve"}, by="safeguarding lead"),
    press_button("concerns:decide_routing", proposed_rules, {"what": "decline"}, by="safeguarding lead"),
    press_button("concerns:share_not_shared", approved_share, {"not_shared-reason": "They know."}),
    press_button("concerns:share_send", lambda world: agree_correction(sent_share(world), world)),
    press_button(
        "concerns:share_reply", lambda world: [received_share(world).reference], {"reply-their_plan": "Visit tomorrow."}
    ),
    press_button("concerns:share_send", lambda world: agree_correction(received_share(world), world)),
    press_button("concerns:share_recall", lambda world: [received_share(world).reference], RECALLED),
    press_button("concerns:share_send", lambda world: agree_correction(answered_share(world), world)),
    press_button("concerns:share_recall", lambda world: [answered_share(world).reference], RECALLED),
]
