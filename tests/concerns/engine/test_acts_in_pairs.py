"""What waits for a second person, beside everything that can happen to a concern meanwhile."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import User
from concerns.choices import Feedback, Level, Outcome, ReportedTo, Side, Whom, Withheld
from concerns.concern.models import Concern
from concerns.engine.operations import fire_due_concerns
from concerns.handling.hold_operations import hold_concern
from concerns.handling.link_operations import link_concerns
from concerns.handling.merge_operations import merge_concern
from concerns.handling.models import EndProposal
from concerns.handling.move_operations import move_to_queue
from concerns.handling.operations import answer_concern, record_action
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handling.second_person_operations import (
    agree_to_end,
    decline_to_end,
    mark_raised_in_error,
    record_no_action_needed,
)
from concerns.handling.triage_operations import triage_concern, watch_in_circle
from concerns.handover.operations import hand_over
from concerns.pattern.models import Named
from concerns.raising.operations import raise_concern
from concerns.share.operations import approve_share, send_share
from concerns.watch.reconcile import undone_sentences
from core.errors import Refused
from tests.concerns.engine.raising import pending, story, worry
from tests.concerns.engine.test_races import run_together
from tests.concerns.share.sharing import share_for_esi
from tests.rooms import operations_of
from tests.world import World

As = Callable[[User], Client]
OPERATIONS = operations_of("concerns")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def toms(world: World, level: Level = Level.URGENT) -> Concern:
    """What Tom wrote of the same circle."""
    return raise_concern(
        world.ely, submit_key=uuid4(), level=level, words="He had their address.", by=world.tom, at=world.now
    )


# --- What waits ---------------------------------------------------------------------------------------------


def concern_in_error(world: World, level: Level) -> Concern:
    """Ann has it, and proposes that it was raised in error."""
    concern = acknowledge_concern(worry(world, level), until=world.now + HOUR, by=world.ann, at=world.now)
    mark_raised_in_error(concern, reason="Typed twice.", by=world.ann, at=world.now)
    return concern


def unclaimed_concern_in_error(world: World) -> Concern:
    """Nobody has it; Ann proposes that it was raised in error."""
    concern = worry(world, Level.LOG)
    mark_raised_in_error(concern, reason="Typed twice.", by=world.ann, at=world.now)
    return concern


def concern_with_proposal(world: World) -> Concern:
    """Ann sorted it, and proposes that nothing is needed."""
    concern = acknowledge_concern(worry(world, Level.PRIORITY), until=world.now + HOUR, by=world.ann, at=world.now)
    triage_concern(concern, level=Level.PRIORITY, by=world.ann, at=world.now)
    record_no_action_needed(concern, reason="He had told us.", by=world.ann, at=world.now)
    return concern


WAITING = {
    "an urgent one raised in error": partial(concern_in_error, level=Level.URGENT),
    "a log raised in error": partial(concern_in_error, level=Level.LOG),
    "a fresh one raised in error": unclaimed_concern_in_error,
    "no action needed": concern_with_proposal,
}

# --- What happens meanwhile ---------------------------------------------------------------------------------

Happens = Callable[[Concern, World, datetime], object]


def act(name: str, **words: object) -> Happens:
    """The operation of this name, by Hana."""
    return lambda concern, w, at: OPERATIONS[name](concern, by=w.hana, at=at, **words)


def tell_agency(concern: Concern, w: World, at: datetime) -> object:
    """An agency is told of it."""
    share = approve_share(share_for_esi(w, concern), by=w.fay, at=at)
    return send_share(share, by=w.ann, at=at)


HANDED = dict.fromkeys(["happened", "risk_now", "done", "who_told", "next_steps"], "Rang.")

HAPPENS: dict[str, Happens] = {
    "acknowledge_concern": lambda c, w, at: acknowledge_concern(c, until=at + HOUR, by=w.esi, at=at),
    "agree_to_end": act("agree_to_end"),
    "answer_concern": act("answer_concern", outcome=Outcome.DISCUSSED, answer="Talked."),
    "claim_concern": act("claim_concern"),
    "close_concern": act("close_concern"),
    "decline_to_end": act("decline_to_end"),
    "give_feedback": act("give_feedback", feedback=Feedback.PASSED_ON),
    "hand_over": lambda c, w, at: hand_over(c, owner=w.ann, by=w.hana, at=at, **HANDED),
    "hold_concern": lambda c, w, at: hold_concern(c, waiting_for="probation", until=at + HOUR, by=w.ann, at=at),
    "link_concerns": lambda c, w, at: link_concerns(c, other=toms(w), why="One van.", by=w.ann, at=at),
    "mark_raised_in_error": act("mark_raised_in_error", reason="Typed twice."),
    "merge_concern": lambda c, w, at: merge_concern(c, into=toms(w), reason="One thing.", by=w.ann, at=at),
    "move_to_queue": lambda c, w, at: move_to_queue(c, queue=w.norfolk, reason="He moved.", by=w.ann, at=at),
    "name_subject": act("name_subject", kind=Named.VEHICLE, text="AB12 CDE"),
    "record_no_action_needed": act("record_no_action_needed", reason="He had told us."),
    "note_seen": act("note_seen"),
    "pass_to_queue": act("pass_to_queue"),
    "propose_share": lambda c, w, at: share_for_esi(w, c),
    "record_action": lambda c, w, at: record_action(c, what="Rang.", until=at + HOUR, by=w.ann, at=at),
    "record_call": act("record_call", whom=Whom.POLICE, telephoned_at=datetime(2026, 1, 1).astimezone(), reached=True),
    "record_own_report": act(
        "record_own_report", to=ReportedTo.POLICE, number="7", reported_at=datetime(2026, 1, 1).astimezone()
    ),
    "release_claim": act("release_claim"),
    "release_hold": act("release_hold"),
    "reopen_concern": act("reopen_concern", reason="There is more."),
    "take_handover": act("take_handover"),
    "triage_concern": act("triage_concern", level=Level.IMMEDIATE),
    "watch_in_circle": lambda c, w, at: watch_in_circle(c, plan="Ask.", until=at + HOUR, by=w.ann, at=at),
    "withhold_feedback": act("withhold_feedback", why=Withheld.GONE),
    "another is joined to it": lambda c, w, at: merge_concern(toms(w), into=c, reason="One.", by=w.ann, at=at),
    "it is linked to from another": lambda c, w, at: link_concerns(toms(w), other=c, why="One.", by=w.ann, at=at),
    "an agency is told": tell_agency,
    "its clocks go on": lambda c, w, at: fire_due_concerns(at=at),
}

LEAVES_IT_AS_IT_IS = {
    "acknowledge_concern",
    "claim_concern",
    "release_claim",
    "hold_concern",
    "release_hold",
    "note_seen",
    "take_handover",
    "its clocks go on",
    "propose_share",
}
"""Who has it, who reads it and who was told of it is not what it is about."""
DECIDES = {"agree_to_end", "decline_to_end"}


NEEDS_A_LOG = {"add_answer_to_concern"}
"""Tried beside the log's forcing answers; its line in the story is one that changes the concern."""


def acts_on_a_concern() -> set[str]:
    """Every operation of its own transaction that begins with a concern."""
    found = set()
    for name, operation in OPERATIONS.items():
        takes = inspect.signature(operation).parameters
        begins = "by" in takes and next(iter(takes.values())).annotation == "Concern"
        if begins and hasattr(operation, "__wrapped__"):
            found.add(name)
    return found


def test_every_act_on_a_concern_is_tried_here() -> None:
    assert len(acts_on_a_concern()) > 20
    assert acts_on_a_concern() - set(HAPPENS) - NEEDS_A_LOG == set()


def nobody_is_forgotten(world: World) -> None:
    """Every open concern has a next step at the charity, and in a queue one at the agencies."""
    assert undone_sentences(world.now) == []
    for concern in Concern.objects.still_open():
        assert pending(concern, Side.CHARITY)
    for joined in Concern.objects.filter(status=Concern.Status.MERGED).select_related("merged_into"):
        assert joined.merged_into is not None
        assert joined.merged_into.status != Concern.Status.RAISED_IN_ERROR


def is_possible(happens: Happens, concern: Concern, world: World, at: datetime) -> bool:
    try:
        happens(concern, world, at)
    except (Refused, PermissionDenied):
        return False
    return True


@pytest.mark.parametrize("what", HAPPENS)
@pytest.mark.parametrize("waits", WAITING)
def test_nobody_agrees_to_end_what_has_changed_since(world: World, waits: str, what: str) -> None:
    concern = WAITING[waits](world)
    if not is_possible(HAPPENS[what], concern, world, world.now + MINUTE) or what in DECIDES:
        nobody_is_forgotten(world)
        return
    concern.refresh_from_db()
    if what in LEAVES_IT_AS_IT_IS:
        agree_to_end(concern, by=world.fay, at=world.now + 2 * MINUTE)
    else:
        with pytest.raises(Refused):
            agree_to_end(concern, by=world.fay, at=world.now + 2 * MINUTE)
        assert not EndProposal.objects.waiting().filter(concern=concern).exists()
    nobody_is_forgotten(world)


def test_an_urgent_worry_joined_to_one_proposed_as_an_error_is_not_ended_with_it(world: World) -> None:
    urgent, log = toms(world), worry(world, Level.LOG)
    mark_raised_in_error(log, reason="Typed twice.", by=world.ann, at=world.now)
    merge_concern(urgent, into=log, reason="One thing.", by=world.hana, at=world.now + MINUTE)
    with pytest.raises(Refused, match="changed since"):
        agree_to_end(log, by=world.fay, at=world.now + 2 * MINUTE)
    log.refresh_from_db()
    assert (log.status, log.level) == (Concern.Status.RAISED, Level.URGENT)
    assert "No longer proposed: it was raised in error The concern has changed since." in story(log)
    nobody_is_forgotten(world)
    mark_raised_in_error(decoy := toms(world), reason="x", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="joined to this one"):
        mark_raised_in_error(log, reason="Typed twice.", by=world.ann, at=world.now + 3 * MINUTE)
    assert decoy.is_open


def test_what_is_joined_goes_on_somewhere(world: World) -> None:
    """Neither to what has ended, nor to what is answered, which nobody would work again."""
    ended, answered = unclaimed_concern_in_error(world), toms(world, Level.PRIORITY)
    agree_to_end(ended, by=world.fay, at=world.now)
    acknowledge_concern(answered, until=world.now + HOUR, by=world.ann, at=world.now)
    answer_concern(answered, outcome=Outcome.DISCUSSED, answer="Talked.", by=world.ann, at=world.now)
    for into, words in ((ended, "finished"), (answered, "Take it up again first")):
        with pytest.raises(Refused, match=words):
            merge_concern(worry(world), into=into, reason="One thing.", by=world.ann, at=world.now)
    nobody_is_forgotten(world)


def test_a_second_proposal_is_not_agreed_to_from_the_page_of_the_first(world: World, as_person: As) -> None:
    concern = concern_with_proposal(world)
    first = EndProposal.objects.get(concern=concern)
    decline_to_end(concern, proposal=first, by=world.hana, at=world.now)
    second = record_no_action_needed(concern, reason="He rang.", by=world.ann, at=world.now)
    assert second is not None
    address, fay = f"{concern.get_absolute_url()}agree/", as_person(world.fay)
    for key in (str(first.pk), "", "x", "9" * 30):
        answer = fay.post(address, {"proposal": key})
        assert answer.status_code == 422, key
    assert "read it first" in fay.post(address, {"proposal": first.pk}).content.decode()
    assert f'name="proposal" value="{second.pk}"' in fay.get(concern.get_absolute_url()).content.decode()
    assert fay.post(address, {"proposal": second.pk}).status_code == 302
    concern.refresh_from_db()
    assert concern.status == Concern.Status.ANSWERED


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_joined_and_agreed_to_at_the_same_moment_no_worry_is_lost(world: World) -> None:
    for _ in range(15):
        urgent, log = toms(world), worry(world, Level.LOG)
        mark_raised_in_error(log, reason="Typed twice.", by=world.ann, at=world.now)
        raised = run_together(
            partial(merge_concern, urgent, into=log, reason="One thing.", by=world.hana, at=world.now),
            partial(agree_to_end, log, by=world.fay, at=world.now),
        )
        assert len(raised) == 1
        assert isinstance(raised[0], Refused)
        nobody_is_forgotten(world)
