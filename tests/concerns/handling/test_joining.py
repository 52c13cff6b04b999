"""Moving, linking, joining, taking up again, and the second person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from alerts.message.models import Alert
from concerns.choices import Feedback, Level, Outcome, Side
from concerns.concern.models import Concern
from concerns.engine.operations import fire_due_concerns
from concerns.handling.link_models import ConcernLink
from concerns.handling.link_operations import link_concerns
from concerns.handling.merge_operations import merge_concern
from concerns.handling.models import EndProposal
from concerns.handling.move_operations import move_to_queue
from concerns.handling.operations import answer_concern, close_concern, give_feedback
from concerns.handling.promise_operations import acknowledge_concern, claim_concern
from concerns.handling.reopen_operations import reopen_concern
from concerns.handling.second_person_operations import (
    agree_to_end,
    decline_to_end,
    mark_raised_in_error,
    record_no_action_needed,
)
from concerns.handling.triage_operations import triage_concern
from concerns.raising.operations import raise_concern
from concerns.watch.reconcile import undone_sentences
from core.errors import MoveNotAllowed, Refused
from tests.concerns.engine.raising import WORDS, pending, people_mailed, worry
from tests.world import World

As = Callable[[User], Client]
HOUR = timedelta(hours=1)


def toms(world: World, level: Level = Level.URGENT, **more: User) -> Concern:
    return raise_concern(
        world.ely, submit_key=uuid4(), level=level, words="Bikes again.", by=world.tom, at=world.now, **more
    )


def test_e33_moved_to_norfolk_the_old_queue_loses_it_and_the_new_one_has_it(world: World) -> None:
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.esi, at=world.now)
    moved = move_to_queue(concern, queue=world.norfolk, reason="He moved.", by=world.esi, at=world.now + HOUR)
    assert not Concern.objects.visible_to(world.esi).filter(pk=concern.pk).exists()
    assert Concern.objects.visible_to(world.lou).filter(pk=concern.pk).exists()
    step = pending(moved, Side.AGENCY)
    assert (step.promise, step.round > 1) == (None, True)
    assert "Lou" in people_mailed(concern, Side.AGENCY)


def test_both_queues_people_are_told_and_the_old_ones_get_no_way_in(world: World) -> None:
    concern = worry(world)
    move_to_queue(concern, queue=world.norfolk, reason="He moved.", by=world.ann, at=world.now)
    heard = Alert.objects.filter(key__startswith=f"{concern.reference}:moved")
    assert heard.filter(recipient=world.lou, link=concern.get_absolute_url()).exists()
    for name in ("esi", "oz", "ivor"):
        assert {alert.link for alert in heard.filter(recipient=world.people[name])} == {world.queue.get_absolute_url()}


def test_a_claim_never_outlives_the_queues_wall(world: World) -> None:
    concern = claim_concern(worry(world), by=world.oz, at=world.now)
    moved = move_to_queue(concern, queue=world.norfolk, reason="He moved.", by=world.ann, at=world.now)
    assert (moved.claimed_by, moved.claimed_until) == (None, None)
    claimed = claim_concern(moved, by=world.hana, at=world.now)
    back = move_to_queue(claimed, queue=world.queue, reason="Wrongly.", by=world.ann, at=world.now)
    assert back.claimed_by == world.hana


def test_a_move_needs_a_reason_and_another_queue(world: World) -> None:
    concern = worry(world)
    with pytest.raises(Refused, match="Say why"):
        move_to_queue(concern, queue=world.norfolk, reason=" ", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="already"):
        move_to_queue(concern, queue=world.queue, reason="He moved.", by=world.ann, at=world.now)
    with pytest.raises(PermissionDenied):
        move_to_queue(concern, queue=world.norfolk, reason="He moved.", by=world.lou, at=world.now)


def test_a_link_is_seen_by_who_sees_both_and_made_once(world: World, as_person: As) -> None:
    seen, unseen = worry(world), worry(world, Level.LOG)
    link_concerns(unseen, other=seen, why="The same boys.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="linked already"):
        link_concerns(seen, other=unseen, why="The same boys.", by=world.ann, at=world.now)
    assert ConcernLink.objects.visible_to(world.ann).count() == 1
    assert not ConcernLink.objects.visible_to(world.esi).exists()
    assert unseen.reference not in as_person(world.esi).get(seen.get_absolute_url()).content.decode()
    assert unseen.reference in as_person(world.ann).get(seen.get_absolute_url()).content.decode()


def test_a_link_needs_another_concern_a_reason_and_both_in_reach(world: World) -> None:
    mine, hidden = worry(world), toms(world, Level.LOG)
    with pytest.raises(Refused, match="the other one"):
        link_concerns(mine, other=mine, why="Same.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="what joins them"):
        link_concerns(mine, other=hidden, why=" ", by=world.ann, at=world.now)
    with pytest.raises(PermissionDenied):
        link_concerns(mine, other=hidden, why="Same.", by=world.esi, at=world.now)


def test_a_typed_reference_that_is_not_anns_is_refused_as_unknown(world: World, as_person: As) -> None:
    mine = worry(world)
    about = toms(world, about=world.ann)
    sent = {"link-other": about.reference, "link-why": "Same."}
    page = as_person(world.ann).post(f"{mine.get_absolute_url()}link/", sent)
    assert page.status_code == 422
    assert "You have no concern called" in page.content.decode()


def test_e34_joined_the_strictest_clock_wins_and_both_originals_stay(world: World) -> None:
    strict, mild = worry(world, Level.URGENT), toms(world, Level.LOG)
    due = pending(strict, Side.CHARITY).due_at
    into = merge_concern(strict, into=mild, reason="The same evening.", by=world.ann, at=world.now)
    strict.refresh_from_db()
    assert (strict.status, strict.merged_into, strict.words) == (Concern.Status.MERGED, mild, WORDS)
    assert into.level == Level.URGENT
    assert into.queued_at is not None
    assert pending(into, Side.CHARITY).due_at <= due
    assert not strict.steps.filter(fired_at=None, stopped_at=None).exists()
    assert undone_sentences(world.now) == []


def test_joining_the_milder_to_the_stricter_makes_nothing_milder(world: World) -> None:
    strict, mild = worry(world, Level.URGENT), toms(world, Level.LOG)
    due = pending(strict, Side.CHARITY).due_at
    into = merge_concern(mild, into=strict, reason="The same evening.", by=world.ann, at=world.now)
    assert into.level == Level.URGENT
    assert pending(into, Side.CHARITY).due_at == due


def test_an_unheld_concern_joined_to_a_held_one_shortens_the_promise(world: World) -> None:
    held, loose = worry(world), toms(world)
    acknowledge_concern(held, until=world.now + 3 * HOUR, by=world.ann, at=world.now)
    due = pending(loose, Side.CHARITY).due_at
    merge_concern(loose, into=held, reason="The same.", by=world.ann, at=world.now)
    assert pending(held, Side.CHARITY).due_at == due < world.now + 3 * HOUR


def test_ben_and_tom_both_hear_what_came_of_it(world: World, as_person: As) -> None:
    bens, toms_own = worry(world), toms(world)
    merge_concern(toms_own, into=bens, reason="The same.", by=world.ann, at=world.now)
    acknowledge_concern(bens, until=world.now + HOUR, by=world.esi, at=world.now)
    answer_concern(bens, outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=world.now)
    with pytest.raises(Refused, match="joined to another"):
        give_feedback(toms_own, feedback=Feedback.SPOKEN, by=world.ann, at=world.now)
    give_feedback(bens, feedback=Feedback.SPOKEN, by=world.ann, at=world.now)
    for person, concern in ((world.ben, bens), (world.tom, toms_own)):
        page = as_person(person).get(f"/concerns/{concern.reference}/receipt/").content.decode()
        assert "somebody has spoken with him" in page
        other = toms_own if concern == bens else bens
        assert other.reference not in page


def test_only_concerns_of_one_circle_and_about_the_same_person_are_joined(world: World) -> None:
    bens, about_ann = worry(world), toms(world, about=world.ann)
    elsewhere = raise_concern(
        world.wisbech, submit_key=uuid4(), level=Level.URGENT, words=WORDS, by=world.dev, at=world.now
    )
    with pytest.raises(Refused, match="two circles"):
        merge_concern(bens, into=elsewhere, reason="Same.", by=world.hana, at=world.now)
    with pytest.raises(Refused, match="different people"):
        merge_concern(about_ann, into=bens, reason="Same.", by=world.hana, at=world.now)
    with pytest.raises(PermissionDenied):
        merge_concern(bens, into=about_ann, reason="Same.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Say why"):
        merge_concern(bens, into=toms(world), reason=" ", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="the other one"):
        merge_concern(bens, into=bens, reason="Same.", by=world.ann, at=world.now)


def closed_concern(world: World) -> Concern:
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.esi, at=world.now)
    answer_concern(concern, outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=world.now)
    give_feedback(concern, feedback=Feedback.SPOKEN, by=world.ann, at=world.now)
    return close_concern(concern, by=world.ann, at=world.now)


def test_taken_up_again_both_clocks_start_anew_and_ben_is_told_anew(world: World) -> None:
    concern, later = closed_concern(world), world.now + 48 * HOUR
    with pytest.raises(Refused, match="Say what is new"):
        reopen_concern(concern, reason=" ", by=world.ann, at=later)
    again = reopen_concern(concern, reason="The boys' mother rang.", by=world.ann, at=later)
    assert (again.status, again.feedback, again.closed_at) == (Concern.Status.TRIAGED, "", None)
    assert pending(again, Side.CHARITY).due_at == later + HOUR / 2
    assert pending(again, Side.AGENCY).due_at == later + 2 * HOUR
    assert undone_sentences(world.now) == []
    answer_concern(again, outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=later)
    with pytest.raises(Refused, match="Tell the volunteer"):
        close_concern(again, by=world.ann, at=later)
    give_feedback(again, feedback=Feedback.SPOKEN, by=world.ann, at=later)
    assert Alert.objects.filter(recipient=world.ben, channel="inbox").count() == 2


def test_what_is_open_is_not_taken_up_again(world: World) -> None:
    with pytest.raises(Refused, match="Only an answered"):
        reopen_concern(worry(world), reason="More.", by=world.ann, at=world.now)


def test_a_mistake_needs_a_second_person_and_the_clocks_go_on_meanwhile(world: World) -> None:
    concern = worry(world)
    mark_raised_in_error(concern, reason="Typed twice.", by=world.ann, at=world.now)
    fire_due_concerns(at=world.now + HOUR / 2)
    assert people_mailed(concern, Side.CHARITY) == ["Ann", "Ann"]
    with pytest.raises(Refused, match="somebody else must agree"):
        agree_to_end(concern, by=world.ann, at=world.now)
    with pytest.raises(PermissionDenied):
        agree_to_end(concern, by=world.esi, at=world.now)
    assert agree_to_end(concern, by=world.fay, at=world.now).status == Concern.Status.RAISED_IN_ERROR


def test_who_raised_it_is_not_the_second_person(world: World) -> None:
    concern = raise_concern(world.ely, submit_key=uuid4(), level=Level.URGENT, words=WORDS, by=world.hana, at=world.now)
    mark_raised_in_error(concern, reason="Typed twice.", by=world.ann, at=world.now)
    with pytest.raises(PermissionDenied):
        agree_to_end(concern, by=world.hana, at=world.now)


def test_a_no_leaves_it_as_it_was_and_it_can_be_asked_again(world: World) -> None:
    concern = worry(world)
    with pytest.raises(Refused, match="Nothing waits"):
        decline_to_end(concern, by=world.hana, at=world.now)
    mark_raised_in_error(concern, reason="Typed twice.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="asked already"):
        mark_raised_in_error(concern, reason="Typed twice.", by=world.hana, at=world.now)
    assert decline_to_end(concern, by=world.hana, at=world.now).status == Concern.Status.RAISED
    mark_raised_in_error(concern, reason="Truly.", by=world.ann, at=world.now)


def test_the_database_knows_no_proposal_agreed_by_its_own_proposer(world: World) -> None:
    proposal = mark_raised_in_error(worry(world), reason="Twice.", by=world.ann, at=world.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        EndProposal.objects.filter(pk=proposal.pk).update(decided_at=world.now, decided_by=world.ann, agreed=True)


def triaged_worry(world: World, level: Level) -> Concern:
    concern = worry(world, level)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.ann, at=world.now)
    return triage_concern(concern, level=level, by=world.ann, at=world.now)


def test_no_action_on_a_priority_worry_needs_a_second_reader_and_on_a_log_one_does_not(world: World) -> None:
    priority, log = triaged_worry(world, Level.PRIORITY), triaged_worry(world, Level.LOG)
    record_no_action_needed(log, reason="Known.", by=world.ann, at=world.now)
    record_no_action_needed(priority, reason="Known.", by=world.ann, at=world.now)
    for concern in (priority, log):
        concern.refresh_from_db()
    assert (log.status, log.outcome) == (Concern.Status.ANSWERED, Outcome.NO_ACTION)
    assert priority.status == Concern.Status.TRIAGED
    assert agree_to_end(priority, by=world.hana, at=world.now).outcome == Outcome.NO_ACTION


def test_no_action_is_not_the_charitys_to_say_once_the_agencies_have_it(world: World) -> None:
    with pytest.raises(Refused, match="the answer is theirs"):
        record_no_action_needed(triaged_worry(world, Level.URGENT), reason="Known.", by=world.ann, at=world.now)


def test_no_action_comes_after_sorting(world: World) -> None:
    concern = worry(world, Level.LOG)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Triage it first"):
        record_no_action_needed(concern, reason="Known.", by=world.ann, at=world.now)
    with pytest.raises(MoveNotAllowed):
        mark_raised_in_error(triaged_worry(world, Level.LOG), reason="Twice.", by=world.ann, at=world.now)
