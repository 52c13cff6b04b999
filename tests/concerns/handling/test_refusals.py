"""What the service will not do to a concern, in words; and the command that needs nothing but the database."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Area
from alerts.message.models import Heartbeat
from circles.minutes.beginning_operations import start_log
from concerns.choices import Level, Outcome, Side
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.models import Concern
from concerns.engine.operations import fire_due_concerns
from concerns.handling.operations import answer_concern, pass_to_queue, record_action
from concerns.handling.promise_operations import claim_concern, release_claim
from concerns.handling.second_person_operations import mark_raised_in_error
from concerns.raising.operations import raise_concern, save_draft
from concerns.rota.models import OnCallShift
from concerns.rota.operations import plan_shift
from concerns.watch.sweep import CHECKER
from core.errors import MoveNotAllowed, Refused
from tests.concerns.engine.raising import WORDS, worry
from tests.concerns.reading import HOUR, As, concern_of_ann, page_of
from tests.concerns.rota.on_call import put_on_call
from tests.world import World


def test_one_already_in_the_queue_is_not_passed_on_again(world: World) -> None:
    with pytest.raises(Refused, match="already in the Cambridgeshire queue"):
        pass_to_queue(worry(world), by=world.ann, at=world.now)


def test_where_an_area_has_no_queue_ann_is_told_to_telephone(world: World) -> None:
    world.core_member.area = Area.objects.get(code="suffolk")
    world.core_member.save()
    world.ely.refresh_from_db()
    concern = worry(world)
    assert concern.queue is None
    assert [step.side for step in concern.steps.filter(fired_at=None)] == [Side.CHARITY]
    with pytest.raises(Refused, match="Telephone the named practitioner"):
        pass_to_queue(concern, by=world.ann, at=world.now)


def test_an_action_waits_for_somebody_to_have_it_and_for_words(world: World) -> None:
    until = world.now + HOUR
    with pytest.raises(Refused, match="Press “I am dealing with it” first"):
        record_action(worry(world), what="Rang.", until=until, by=world.esi, at=world.now)
    with pytest.raises(Refused, match="Write what was done"):
        record_action(concern_of_ann(world), what="  ", until=until, by=world.esi, at=world.now)


def test_an_answer_and_a_mistake_need_words(world: World) -> None:
    concern = concern_of_ann(world)
    with pytest.raises(Refused, match="in a sentence"):
        answer_concern(concern, outcome=Outcome.VISIT, answer=" ", by=world.esi, at=world.now)
    with pytest.raises(Refused, match="Say why"):
        mark_raised_in_error(concern, reason=" ", by=world.ann, at=world.now)


def test_an_answered_one_is_not_called_a_mistake(world: World) -> None:
    concern = answer_concern(
        concern_of_ann(world), outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=world.now
    )
    with pytest.raises(MoveNotAllowed):
        mark_raised_in_error(concern, reason="Typed twice.", by=world.ann, at=world.now)


def test_ann_cannot_answer_for_the_agency_once_it_is_in_the_queue(world: World) -> None:
    with pytest.raises(PermissionDenied):
        answer_concern(concern_of_ann(world), outcome=Outcome.VISIT, answer="Visited.", by=world.ann, at=world.now)


def test_oz_cannot_give_back_what_esi_claimed(world: World) -> None:
    concern = claim_concern(worry(world), by=world.esi, at=world.now)
    with pytest.raises(Refused, match="You have not claimed"):
        release_claim(concern, by=world.oz, at=world.now)


@pytest.mark.parametrize("name", ["ben", "tom", "lou", "max", "gil", "jo", "pat"])
def test_nobody_outside_the_case_can_do_anything_to_it(world: World, name: str) -> None:
    concern, person = concern_of_ann(world), world.people[name]
    until = world.now + HOUR
    with pytest.raises(PermissionDenied):
        record_action(concern, what="Rang.", until=until, by=person, at=world.now)
    with pytest.raises(PermissionDenied):
        claim_concern(concern, by=person, at=world.now)
    with pytest.raises(PermissionDenied):
        mark_raised_in_error(concern, reason="No.", by=person, at=world.now)


def test_ann_whom_it_is_about_can_do_nothing_to_it(world: World) -> None:
    concern = raise_concern(
        world.ely, submit_key=uuid4(), level=Level.URGENT, words=WORDS, by=world.ben, at=world.now, about=world.ann
    )
    for act in (claim_concern, release_claim, pass_to_queue):
        with pytest.raises(PermissionDenied):
            act(concern, by=world.ann, at=world.now)


def test_empty_words_store_nothing(world: World) -> None:
    with pytest.raises(Refused, match="in a sentence"):
        raise_concern(world.ely, submit_key=uuid4(), level=Level.LOG, words=" \n", by=world.ben, at=world.now)
    assert Concern.objects.count() == 0


def test_tom_cannot_write_in_bens_draft(world: World) -> None:
    key = uuid4()
    save_draft(world.ely, submit_key=key, words="He was", by=world.ben, at=world.now)
    with pytest.raises(Refused, match="somebody else"):
        save_draft(world.ely, submit_key=key, words="Not so", by=world.tom, at=world.now)
    assert ConcernDraft.objects.get().words == "He was"


def test_an_empty_worry_in_the_log_comes_back_with_the_choice_made(world: World, as_person: As) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    sent = {"submit_key": str(uuid4()), "worry": "now", "words": ""}
    answer = as_person(world.ben).post(f"/concerns/from-log/{world.meeting.reference}/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write what you saw or heard." in page
    assert 'value="now" checked' in page
    assert sent["submit_key"] in page


def test_danger_now_without_a_word_still_shows_both_numbers(world: World, as_person: As) -> None:
    answer = as_person(world.ben).post("/concerns/new/C-0142/danger/", {"submit_key": str(uuid4()), "words": ""})
    page = answer.content.decode()
    assert "tel:999" in page
    assert "01632 960 999" in page
    assert "Write what you saw or heard." in page


def test_only_a_manager_or_a_technician_plans_who_is_on_call(world: World) -> None:
    ends = world.now + 12 * HOUR
    put_on_call(world, world.fay, telephone="01632 960 777", starts_at=world.now, ends_at=ends, at=world.now)
    shift = OnCallShift.objects.at(world.now + HOUR)
    assert shift is not None
    assert shift.person == world.fay
    assert OnCallShift.objects.at(ends) is None
    with pytest.raises(PermissionDenied):
        plan_shift(world.fay, telephone="1", starts_at=world.now, ends_at=ends, by=world.ann, at=world.now)


def test_the_command_fires_what_is_due_with_neither_redis_nor_celery(world: World) -> None:
    worry(world, at=timezone.now() - 31 * timedelta(minutes=1))
    said = StringIO()
    call_command("run_due", stdout=said)
    assert said.getvalue() == "1 steps fired\n"
    assert Heartbeat.objects.filter(name=CHECKER).exists()


def test_the_status_says_in_red_that_nobody_has_one_though_everybody_was_told(world: World, as_person: As) -> None:
    assert "though everybody was told" not in page_of(as_person, world.fay, "/status/")
    two_hours_ago = timezone.now() - 2 * HOUR
    worry(world, at=two_hours_ago)
    for hours in (1, 2):
        fire_due_concerns(at=two_hours_ago + hours * HOUR)
    assert "1 concern nobody has, though everybody was told." in page_of(as_person, world.fay, "/status/")
