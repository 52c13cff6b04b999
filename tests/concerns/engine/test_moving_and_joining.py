"""A concern that moves to another queue, and one that is joined to another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from alerts.message.models import Alert, Channel
from audit.models import Act, Entry
from concerns.choices import Feedback, Level, Outcome, Side
from concerns.concern.models import Concern
from concerns.engine.models import EscalationStep
from concerns.engine.operations import fire_due_concerns
from concerns.handling.merge_operations import merge_concern
from concerns.handling.move_operations import move_to_queue
from concerns.handling.operations import answer_concern, give_feedback
from concerns.handling.promise_operations import acknowledge_concern
from concerns.raising.operations import raise_concern
from concerns.watch.reconcile import reconcile
from core.errors import Refused
from tests.concerns.engine.raising import pending, people_mailed, story, worry
from tests.concerns.engine.test_failures import staff_norfolk
from tests.world import World

As = Callable[[User], Client]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def move_to_norfolk(world: World, concern: Concern, *, after: timedelta = 10 * MINUTE) -> Concern:
    return move_to_queue(concern, queue=world.norfolk, reason="He lives there now.", by=world.ann, at=world.now + after)


def test_e33_moved_to_norfolk_a_new_chain_starts_the_old_stops_and_both_are_logged(world: World) -> None:
    concern = worry(world)
    old = pending(concern, Side.AGENCY)
    move_to_norfolk(world, concern)
    old.refresh_from_db()
    assert old.stopped_at == world.now + 10 * MINUTE
    assert people_mailed(concern, Side.AGENCY) == ["Esi", "Lou"]
    assert pending(concern, Side.AGENCY).due_at > world.now + 10 * MINUTE
    esis = Alert.objects.get(key__startswith=f"{concern.reference}:agency:1:", channel=Channel.EMAIL)
    assert esis.state == Alert.State.STOPPED
    assert "Moved to the Norfolk queue He lives there now." in story(concern)
    assert "In the Norfolk queue" in story(concern)
    trail = Entry.objects.filter(reference=concern.reference, act__in=[Act.REVOKED, Act.SHARED])
    assert set(trail.values_list("act", "recipient")) == {
        ("revoked", "Cambridgeshire queue"),
        ("shared", "Norfolk queue"),
    }


def test_e33_whoever_worked_the_old_queue_sees_it_no_more_and_the_new_ones_do(world: World, as_person: As) -> None:
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.esi, at=world.now)
    esi, lou = as_person(world.esi), as_person(world.lou)
    address = concern.get_absolute_url()
    assert (esi.get(address).status_code, lou.get(address).status_code) == (200, 404)
    move_to_norfolk(world, concern)
    assert (esi.get(address).status_code, lou.get(address).status_code) == (404, 200)
    for page in ("", "deliveries/", "who-looked/", "receipt/"):
        assert esi.get(f"{address}{page}").status_code == 404, page
    for page in ("/", f"/concerns/queues/{world.queue.reference}/", "/concerns/queues/"):
        assert concern.reference not in esi.get(page).content.decode(), page
    assert not Concern.objects.visible_to(world.esi).exists()


def test_e33_an_old_promise_does_not_hold_the_new_chain_off(world: World) -> None:
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + 3 * HOUR, by=world.esi, at=world.now)
    move_to_norfolk(world, concern)
    assert pending(concern, Side.AGENCY).promise is None
    fire_due_concerns(at=world.now + 3 * HOUR)
    assert "Esi" not in people_mailed(concern, Side.AGENCY)[1:]


def test_what_is_not_moved(world: World) -> None:
    concern = worry(world)
    with pytest.raises(Refused, match="already"):
        move_to_queue(concern, queue=world.queue, reason="x", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Say why"):
        move_to_queue(concern, queue=world.norfolk, reason=" ", by=world.ann, at=world.now)
    for name in ("ben", "pat"):
        with pytest.raises(PermissionDenied):
            move_to_queue(concern, queue=world.norfolk, reason="x", by=world.people[name], at=world.now)


# --- Joined to another --------------------------------------------------------------------------------------


def toms(world: World, level: Level, at: timedelta = timedelta()) -> Concern:
    """The same thing, as Tom wrote it."""
    concern = worry(world, level, at=world.now + at)
    Concern.objects.filter(pk=concern.pk).update(raised_by=world.tom)
    return Concern.objects.get(pk=concern.pk)


def test_e34_a_priority_concern_to_which_an_urgent_one_is_joined_is_urgent_with_its_sooner_clock(world: World) -> None:
    kept, joined = worry(world, Level.PRIORITY), toms(world, Level.URGENT)
    soonest = {side: pending(joined, side) for side in Side}
    kept = merge_concern(joined, into=kept, reason="One thing.", by=world.ann, at=world.now + MINUTE)
    joined.refresh_from_db()
    assert (kept.level, joined.status, joined.merged_into) == (Level.URGENT, Concern.Status.MERGED, kept)
    for side in Side:
        assert pending(kept, side).due_at == soonest[side].due_at
        assert pending(kept, side).rung == soonest[side].rung
        assert not EscalationStep.objects.pending().filter(concern=joined, side=side).exists()
    assert kept.queued_at is not None
    assert "Another concern was joined to this one One thing." in story(kept)
    assert set(Entry.objects.filter(act=Act.COMBINED).values_list("reference", flat=True)) == {
        kept.reference,
        joined.reference,
    }


def test_e34_the_other_way_round_the_strict_one_keeps_its_own_clock(world: World) -> None:
    kept, joined = worry(world), toms(world, Level.LOG)
    before = {side: pending(kept, side).pk for side in Side}
    kept = merge_concern(joined, into=kept, reason="One thing.", by=world.hana, at=world.now + MINUTE)
    assert kept.level == Level.URGENT
    assert {side: pending(kept, side).pk for side in Side} == before


def test_e34_a_promise_on_the_one_does_not_silence_the_sooner_clock_of_the_other(world: World) -> None:
    kept, joined = worry(world), toms(world, Level.URGENT, at=5 * MINUTE)
    acknowledge_concern(kept, until=world.now + 3 * HOUR, by=world.ann, at=world.now)
    merge_concern(joined, into=kept, reason="One thing.", by=world.hana, at=world.now + 6 * MINUTE)
    assert pending(kept, Side.CHARITY).due_at == world.now + 35 * MINUTE
    fire_due_concerns(at=world.now + 35 * MINUTE)
    assert people_mailed(kept, Side.CHARITY) == ["Ann", "Ann"]


def test_after_joining_every_promise_of_the_engine_still_holds(world: World) -> None:
    staff_norfolk(world)
    kept, joined = worry(world), toms(world, Level.IMMEDIATE)
    merge_concern(joined, into=kept, reason="One thing.", by=world.ann, at=world.now)
    assert reconcile(at=world.now) == []


def test_tom_hears_what_came_of_what_ben_wrote(world: World) -> None:
    kept, joined = worry(world), toms(world, Level.URGENT)
    merge_concern(joined, into=kept, reason="One thing.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="joined to another"):
        give_feedback(joined, feedback=Feedback.SPOKEN, by=world.ann, at=world.now)
    acknowledge_concern(kept, until=world.now + HOUR, by=world.esi, at=world.now)
    answer_concern(kept, outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=world.now)
    give_feedback(kept, feedback=Feedback.SPOKEN, by=world.esi, at=world.now)
    joined.refresh_from_db()
    assert joined.feedback == Feedback.SPOKEN
    news = Alert.objects.filter(key__contains=":news:feedback", channel=Channel.INBOX)
    assert {alert.recipient for alert in news} == {world.ben, world.tom}


def test_what_is_not_joined(world: World) -> None:
    kept, joined = worry(world), toms(world, Level.URGENT)
    elsewhere = raise_concern(
        world.wisbech,
        submit_key=joined.submit_key.__class__(int=7, version=4),
        level=Level.URGENT,
        words="x",
        by=world.dev,
        at=world.now,
    )
    with pytest.raises(Refused, match="That is this concern"):
        merge_concern(kept, into=kept, reason="One thing.", by=world.hana, at=world.now)
    with pytest.raises(Refused, match="two circles"):
        merge_concern(elsewhere, into=kept, reason="One thing.", by=world.hana, at=world.now)
    for name in ("ben", "esi", "pat"):
        with pytest.raises(PermissionDenied):
            merge_concern(joined, into=kept, reason="One thing.", by=world.people[name], at=world.now)
    merge_concern(joined, into=kept, reason="One thing.", by=world.hana, at=world.now)
    with pytest.raises(Refused, match="finished"):
        merge_concern(joined, into=kept, reason="One thing.", by=world.hana, at=world.now)


def test_the_database_knows_into_which_it_was_joined(world: World) -> None:
    concern = worry(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(
            status="merged", closed_at=world.now, closed_by=world.ann, merged_into=None
        )
