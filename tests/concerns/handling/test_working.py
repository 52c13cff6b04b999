"""Working a concern: claimed, taken on, acted on, answered, told, finished; and who never sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import User
from alerts.message.models import Alert, Channel
from concerns.choices import Feedback, Level, Outcome, Side
from concerns.concern.models import Concern
from concerns.engine.models import Acknowledgement
from concerns.handling.operations import answer_concern, close_concern, give_feedback, pass_to_queue, record_action
from concerns.handling.promise_operations import acknowledge_concern, claim_concern
from concerns.handling.seen_operations import note_seen
from concerns.raising.operations import raise_concern
from concerns.worklist import work_of
from concerns.worklist.own import own_work_of
from core.errors import MoveNotAllowed, Refused
from tests.concerns.engine.raising import WORDS, ended_in_error, pending, worry
from tests.world import World

As = Callable[[User], Client]
HOUR = timedelta(hours=1)


def test_a_claim_is_seen_by_others_and_ends_by_itself(world: World) -> None:
    concern = claim_concern(worry(world), by=world.esi, at=world.now)
    with pytest.raises(Refused, match="Esi Okafor is reading this now"):
        claim_concern(concern, by=world.oz, at=world.now + timedelta(minutes=14))
    assert claim_concern(concern, by=world.oz, at=world.now + timedelta(minutes=15)).claimed_by == world.oz


def test_a_claim_stops_no_clock(world: World) -> None:
    concern = worry(world)
    before = pending(concern, Side.AGENCY).due_at
    claim_concern(concern, by=world.esi, at=world.now)
    assert pending(concern, Side.AGENCY).due_at == before


def test_ben_cannot_take_on_his_own_worry(world: World) -> None:
    with pytest.raises(PermissionDenied):
        acknowledge_concern(worry(world), until=world.now + HOUR, by=world.ben, at=world.now)


def test_ann_cannot_take_on_a_worry_she_raised_herself(world: World) -> None:
    concern = raise_concern(world.ely, submit_key=uuid4(), level=Level.URGENT, words=WORDS, by=world.ann, at=world.now)
    with pytest.raises(PermissionDenied):
        acknowledge_concern(concern, until=world.now + HOUR, by=world.ann, at=world.now)


@pytest.mark.parametrize("until", [timedelta(0), timedelta(hours=-1)])
def test_a_promise_lies_in_the_future(world: World, until: timedelta) -> None:
    with pytest.raises(Refused, match="later than now"):
        acknowledge_concern(worry(world), until=world.now + until, by=world.esi, at=world.now)


def test_a_first_promise_is_no_longer_than_the_level_allows(world: World) -> None:
    concern = worry(world)
    with pytest.raises(Refused, match="no later than"):
        acknowledge_concern(concern, until=world.now + 5 * HOUR, by=world.esi, at=world.now)
    acknowledge_concern(concern, until=world.now + 4 * HOUR, by=world.esi, at=world.now)
    assert Acknowledgement.objects.get().until == world.now + 4 * HOUR


def test_the_whole_road_from_raised_to_finished(world: World) -> None:
    concern = worry(world)
    note_seen(concern, by=world.ann, at=world.now)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.esi, at=world.now)
    record_action(concern, what="Rang him.", until=world.now + 9 * HOUR, by=world.esi, at=world.now + HOUR)
    answer_concern(concern, outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=world.now + 2 * HOUR)
    with pytest.raises(Refused, match="Tell the volunteer"):
        close_concern(concern, by=world.ann, at=world.now + 3 * HOUR)
    give_feedback(concern, feedback=Feedback.SPOKEN, by=world.ann, at=world.now + 3 * HOUR)
    closed = close_concern(concern, by=world.ann, at=world.now + 3 * HOUR)
    assert (closed.status, closed.closed_by) == (Concern.Status.CLOSED, world.ann)
    assert not closed.steps.filter(fired_at=None, stopped_at=None).exists()


def test_an_answer_comes_after_somebody_has_it(world: World) -> None:
    with pytest.raises(MoveNotAllowed):
        answer_concern(worry(world), outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=world.now)


def test_ben_reads_the_safe_sentence_and_nothing_of_the_police(world: World, as_person: As) -> None:
    concern = worry(world, at=timezone.now())
    at = timezone.now()
    note_seen(concern, by=world.ann, at=at)
    acknowledge_concern(concern, until=at + HOUR, plan="Search his flat.", by=world.esi, at=at)
    answer_concern(concern, outcome=Outcome.ARRESTED, answer="Arrested at six.", by=world.esi, at=at)
    give_feedback(concern, feedback=Feedback.SPOKEN, by=world.esi, at=at)
    page = as_person(world.ben).get(f"/concerns/{concern.reference}/", follow=True).content.decode()
    assert "somebody has spoken with him" in page
    assert "Seen by the coordinator at" in page
    for secret in ("Search", "rrested", "Esi", "Okafor", "visit"):
        assert secret not in page, secret
    assert [item.detail for item in own_work_of(world.ben, at).news] == [Feedback.SPOKEN.label]
    assert Alert.objects.filter(recipient=world.ben, channel=Channel.INBOX).count() == 1


def test_an_officer_never_reads_bens_surname(world: World, as_person: As) -> None:
    concern = worry(world)
    for address in (f"/concerns/{concern.reference}/", f"/concerns/queues/{world.queue.reference}/"):
        assert "Ashby" not in as_person(world.esi).get(address).content.decode()


def test_ann_passes_a_log_worry_on_and_esi_is_told_at_once(world: World) -> None:
    concern = worry(world, Level.LOG)
    assert not Concern.objects.visible_to(world.esi).exists()
    pass_to_queue(concern, by=world.ann, at=world.now + HOUR)
    assert Concern.objects.visible_to(world.esi).contains(concern)
    assert Alert.objects.filter(recipient=world.esi, channel=Channel.EMAIL).count() == 1


def test_one_raised_in_error_is_kept_with_its_reason(world: World) -> None:
    concern = ended_in_error(world, worry(world))
    assert concern.status == Concern.Status.RAISED_IN_ERROR
    assert concern.events.filter(detail="Typed twice.").exists()


def concern_about_ann(world: World) -> Concern:
    return raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.URGENT,
        words="Ann told him where V lives.",
        by=world.ben,
        at=world.now,
        about=world.ann,
    )


def test_a_worry_about_ann_is_invisible_to_ann_on_every_path(world: World, as_person: As) -> None:
    concern = concern_about_ann(world)
    ann = as_person(world.ann)
    for address in (f"/concerns/{concern.reference}/", f"/concerns/{concern.reference}/who-looked/"):
        assert ann.get(address).status_code == 404
    for address in ("/", "/concerns/", "/concerns/circles/C-0142/", "/circles/C-0142/", "/alerts/", "/concerns/mine/"):
        page = ann.get(address).content.decode()
        assert concern.reference not in page, address
    assert work_of(world.ann, world.now) == []
    assert not Alert.objects.filter(recipient=world.ann).exists()
    assert as_person(world.hana).get(f"/concerns/{concern.reference}/").status_code == 200


def test_ann_does_not_even_see_its_number_in_who_looked_at_her_circle(world: World, as_person: As) -> None:
    concern = concern_about_ann(world)
    as_person(world.hana).get(f"/concerns/{concern.reference}/")
    page = as_person(world.ann).get("/circles/C-0142/who-looked/").content.decode()
    assert concern.reference not in page
