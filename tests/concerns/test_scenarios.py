"""The worked scenarios 2, 3, 4 and 12 of the domain, played as the demo plays them, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from alerts.leave.operations import plan_leave
from alerts.message.models import Alert
from circles.circle.models import Circle
from circles.outcome.models import AdverseOutcome
from concerns.choices import Feedback, Level, Outcome, Side
from concerns.concern.models import Concern
from concerns.engine.models import Acknowledgement
from concerns.share.choices import Gateway
from concerns.share.models import Share
from concerns.watch.reconcile import undone_sentences
from concerns.worklist import work_of
from core.worktime import LONDON
from embedded.long_scenarios import play_bikes, play_friday_night
from embedded.scenario import Scenario
from embedded.scenarios import last_friday_night, play_complaint, play_second_telephone
from tests.circles.risk.risk_reviews import signed_off_risk_review
from tests.concerns.engine.raising import people_mailed, story
from tests.world import World

As = Callable[[User], Client]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def scenario_of(world: World, at: datetime) -> Scenario:
    """Ben's circle and whoever answers for it."""
    return Scenario(world.ely, world.ben, world.ann, world.esi, world.fay, world.hana, uuid4(), at)


def page(as_person: As, person: User, address: str) -> str:
    return as_person(person).get(address, follow=True).content.decode()


# --- 2: a friend's kids and their bikes -------------------------------------------------------------------------


@pytest.fixture
def bikes(world: World) -> Concern:
    return play_bikes(scenario_of(world, world.now - 9 * DAY))


def test_ben_taps_urgent_and_ann_and_esi_are_told_in_the_same_minute(world: World, bikes: Concern) -> None:
    assert bikes.suggested_level == Level.URGENT
    assert {"Ann", "Esi"} <= set(people_mailed(bikes))
    assert Alert.objects.filter(key__startswith=bikes.reference, queued_at=bikes.received_at).count() >= 2


def test_police_probation_and_the_childrens_hub_are_told_the_same_day_and_no_text_names_a_child(
    world: World, bikes: Concern
) -> None:
    shares = Share.objects.filter(concern=bikes).order_by("sent_at")
    assert [share.recipient_agency for share in shares] == ["Police", "Probation", "Children's social care"]
    assert shares[2].gateway == Gateway.CHILDREN
    for share in shares:
        assert share.sent_at is not None
        assert share.sent_at - bikes.received_at < HOUR
        assert share.approved_by != share.proposed_by
    assert any("Their reference M-2211" in line for line in story(bikes))


def test_the_officer_has_it_within_three_hours(world: World, bikes: Concern) -> None:
    hers = Acknowledgement.objects.filter(concern=bikes, side=Side.AGENCY).order_by("at")[0]
    assert (hers.by, hers.at) == (world.esi, bikes.received_at + 3 * HOUR)


def test_his_licence_has_a_new_condition_that_ben_reads_in_plain_words(
    world: World, as_person: As, bikes: Concern
) -> None:
    assert bikes.outcome == Outcome.LICENCE_VARIED
    assert "a home where children under 16 live" in page(as_person, world.ben, "/circles/C-0142/")


def test_ben_hears_what_came_of_it_in_a_sentence_that_tips_nobody_off(
    world: World, as_person: As, bikes: Concern
) -> None:
    receipt = page(as_person, world.ben, bikes.get_absolute_url())
    assert Feedback.SPOKEN.label in receipt.replace("&#x27;", "'")
    assert "A condition was added" not in receipt
    assert bikes.status == Concern.Status.CLOSED


def test_the_next_risk_review_in_which_the_item_is_up_prompts_ann(world: World, bikes: Concern) -> None:
    before = signed_off_risk_review(world, due_in=-60)
    item = before.instrument.items.all()[0].key
    after = signed_off_risk_review(world, due_in=7, **{item: 5})
    assert (before.prompted, after.prompted) == (False, True)


# --- 3: Friday, 21:40 -------------------------------------------------------------------------------------------


@pytest.fixture
def friday_night(world: World) -> Concern:
    return play_friday_night(scenario_of(world, last_friday_night(world.now)), monday=None)


def test_on_friday_night_whoever_is_on_call_has_it_in_minutes_and_999_comes_first(
    world: World, as_person: As, friday_night: Concern
) -> None:
    local = friday_night.received_at.astimezone(LONDON)
    assert (local.weekday(), local.hour, local.minute, friday_night.level) == (4, 21, 40, Level.IMMEDIATE)
    first = Acknowledgement.objects.filter(concern=friday_night, side=Side.CHARITY).order_by("at")[0]
    assert (first.by, first.at - friday_night.received_at) == (world.fay, 4 * MINUTE)
    assert any("999" in line for line in story(friday_night))
    danger = page(as_person, world.ben, "/concerns/new/C-0142/danger/")
    assert danger.index("tel:999") < danger.index("<textarea")


def test_the_handover_says_all_six_things_and_ann_has_it_from_monday_at_nine(
    world: World, as_person: As, friday_night: Concern
) -> None:
    handover = friday_night.handovers.get()
    due = handover.due_at.astimezone(LONDON)
    assert (handover.owner, due.hour, due.minute) == (world.ann, 9, 0)
    assert due.date() >= (friday_night.received_at.astimezone(LONDON) + 3 * DAY).date()
    read = page(as_person, world.ann, f"{friday_night.get_absolute_url()}handover/")
    for said in (handover.happened, handover.risk_now, handover.done, handover.who_told, handover.next_steps):
        assert said[:30] in read


def test_it_waits_on_anns_first_page_until_she_takes_it_and_after_eleven_on_the_leads(
    world: World, as_person: As, friday_night: Concern
) -> None:
    due = friday_night.handovers.get().due_at
    titles = {item.title: item for item in work_of(world.ann, due)}
    assert titles["Handed over to you from on call"].due_at == due
    assert "A handover nobody has taken" not in {item.title for item in work_of(world.hana, due + HOUR)}
    assert "A handover nobody has taken" in {item.title for item in work_of(world.hana, due + 2 * HOUR)}
    as_person(world.ann).post(f"{friday_night.get_absolute_url()}handover/taken/")
    for person in (world.ann, world.hana):
        assert not [item for item in work_of(person, due + 2 * HOUR) if "hand" in item.title.lower()]
    assert "Handover read and taken" in story(friday_night)


def test_through_the_weekend_somebody_has_it_on_both_sides_and_the_engine_is_whole(
    world: World, friday_night: Concern
) -> None:
    saturday = friday_night.received_at + DAY
    for side in Side:
        latest = Acknowledgement.objects.filter(concern=friday_night, side=side).latest("at")
        assert latest.until > saturday
    assert undone_sentences(friday_night.received_at) == []


# --- 4: a second telephone --------------------------------------------------------------------------------------


@pytest.fixture
def telephone(world: World) -> Concern:
    """From today, which is when Ely began."""
    return play_second_telephone(scenario_of(world, world.now))


def test_the_police_are_told_within_minutes_and_the_volunteers_not_to_speak_of_it(
    world: World, as_person: As, telephone: Concern
) -> None:
    share = Share.objects.get(concern=telephone)
    assert share.sent_at is not None
    assert share.sent_at - telephone.received_at == 15 * MINUTE
    lines = story(telephone)
    before = next(number for number, line in enumerate(lines) if "say nothing to him" in line)
    assert any("do not raise it with him" in line for line in lines[before:])
    assert before < next(number for number, line in enumerate(lines) if "arrested" in line.lower())


def test_he_is_arrested_the_circle_pauses_and_the_ladder_of_outcomes_holds_steps_three_and_five(
    world: World, telephone: Concern
) -> None:
    assert telephone.outcome == Outcome.ARRESTED
    world.ely.refresh_from_db()
    assert world.ely.status == Circle.Status.PAUSED
    steps = AdverseOutcome.objects.filter(circle=world.ely).order_by("step")
    assert [outcome.step for outcome in steps] == [3, 5]
    assert all(outcome.circle_raised_it for outcome in steps), "that the circle saw it is a success"


def test_ben_reads_that_ann_will_call_and_nothing_of_the_arrest(
    world: World, as_person: As, telephone: Concern
) -> None:
    receipt = page(as_person, world.ben, telephone.get_absolute_url())
    assert "Your coordinator will call you" in receipt
    assert "arrest" not in receipt.lower()


def test_while_the_circle_is_paused_ben_can_still_raise_something(
    world: World, as_person: As, telephone: Concern
) -> None:
    sent = {"submit_key": str(uuid4()), "words": "He wrote to me from prison.", "level": "urgent"}
    assert as_person(world.ben).post("/concerns/new/C-0142/", sent).status_code == 302
    assert Concern.objects.filter(circle=world.ely).count() == 2


# --- 12: a complaint about the coordinator ----------------------------------------------------------------------


@pytest.fixture
def complaint(world: World) -> Concern:
    return play_complaint(scenario_of(world, world.now - 5 * HOUR))


def test_the_complaint_goes_round_ann_to_hana_and_fay(world: World, complaint: Concern) -> None:
    assert "Ann" not in people_mailed(complaint)
    assert set(people_mailed(complaint, Side.CHARITY)) == {"Hana", "Fay"}
    assert Acknowledgement.objects.filter(concern=complaint).latest("at").by == world.fay


def test_ann_finds_nothing_of_it_while_fay_works_it_and_ben_sees_that_somebody_has_it(
    world: World, as_person: As, complaint: Concern
) -> None:
    assert page(as_person, world.fay, complaint.get_absolute_url()).count("waits outside the school") >= 1
    assert as_person(world.ann).get(complaint.get_absolute_url()).status_code == 404
    assert complaint.reference not in page(as_person, world.ann, "/concerns/circles/C-0142/")
    assert complaint.reference in page(as_person, world.ben, complaint.get_absolute_url())


def test_whoever_covers_for_ann_is_not_told_either(world: World, as_person: As, complaint: Concern) -> None:
    plan_leave(
        world.ann, starts_at=world.now - HOUR, ends_at=world.now + DAY, deputy=world.pat, by=world.ann, at=world.now
    )
    assert as_person(world.pat).get("/concerns/").status_code == 200
    assert as_person(world.pat).get(complaint.get_absolute_url()).status_code == 404
