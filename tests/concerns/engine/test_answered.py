"""Once a concern is answered, and once an agency says that it has what it was told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from concerns.choices import Feedback, Outcome, Side, Withheld
from concerns.concern.models import Concern
from concerns.engine.models import EscalationStep
from concerns.engine.operations import fire_due_concerns
from concerns.handling.operations import answer_concern, close_concern, give_feedback, withhold_feedback
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handling.reopen_operations import reopen_concern
from concerns.share.models import Share
from concerns.share.operations import approve_share, send_share
from concerns.share.reply_operations import acknowledge_share
from concerns.watch.reconcile import undone_sentences
from concerns.watch.sweep import sweep
from core.errors import Refused
from core.worktime import LONDON
from tests.concerns.engine.raising import pending, people_mailed, story, worry
from tests.concerns.share.sharing import esi, share_for_esi
from tests.world import World

As = Callable[[User], Client]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=LONDON)


# --- Answered -----------------------------------------------------------------------------------------------


def answered_concern(world: World) -> Concern:
    """Esi answered Ben's urgent worry, which nobody at the charity has."""
    concern = worry(world, at=MONDAY)
    acknowledge_concern(concern, until=MONDAY + HOUR, by=world.esi, at=MONDAY)
    return answer_concern(concern, outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=MONDAY + MINUTE)


@pytest.mark.parametrize("tells", [True, False])
def test_once_it_is_answered_and_ben_was_told_nobody_is_rung(world: World, tells: bool) -> None:
    concern = answered_concern(world)
    if tells:
        give_feedback(concern, feedback=Feedback.SPOKEN, by=world.ann, at=MONDAY + 2 * MINUTE)
    else:
        withhold_feedback(concern, why=Withheld.GONE, by=world.ann, at=MONDAY + 2 * MINUTE)
    before = people_mailed(concern, Side.CHARITY) + people_mailed(concern, Side.AGENCY)
    for hours in range(0, 24 * 15, 8):
        fire_due_concerns(at=MONDAY + hours * HOUR)
    assert people_mailed(concern, Side.CHARITY) + people_mailed(concern, Side.AGENCY) == before
    assert undone_sentences(world.now) == []
    with pytest.raises(Refused, match="Finish it, or take it up again"):
        acknowledge_concern(concern, until=MONDAY + HOUR, by=world.ann, at=MONDAY + 3 * MINUTE)
    reopen_concern(concern, reason="More.", by=world.ann, at=MONDAY + DAY)
    assert undone_sentences(world.now) == []
    assert pending(concern, Side.CHARITY)


def test_told_before_it_is_answered_is_told_too(world: World) -> None:
    concern = worry(world, at=MONDAY)
    acknowledge_concern(concern, until=MONDAY + HOUR, by=world.esi, at=MONDAY)
    give_feedback(concern, feedback=Feedback.SPOKEN, by=world.ann, at=MONDAY)
    assert pending(concern, Side.CHARITY)
    answer_concern(concern, outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=MONDAY + MINUTE)
    assert not EscalationStep.objects.pending().exists()
    close_concern(concern, by=world.ann, at=MONDAY + HOUR)


def test_answered_and_not_told_ann_is_reminded_in_the_morning_and_then_those_who_lead(world: World) -> None:
    concern = answered_concern(world)
    night = MONDAY + 14 * HOUR
    fire_due_concerns(at=MONDAY + 4 * HOUR)
    assert people_mailed(concern, Side.CHARITY) == ["Ann"]
    for hours in range(24 * 3):
        fire_due_concerns(at=MONDAY + hours * HOUR)
    assert sorted(people_mailed(concern, Side.CHARITY)[:4]) == ["Ann", "Ann", "Fay", "Hana"]
    fired = EscalationStep.objects.filter(concern=concern, side=Side.CHARITY, fired_at__gt=MONDAY)
    assert all(9 <= step.fired_at.astimezone(LONDON).hour <= 17 for step in fired if step.fired_at)
    assert not fired.filter(fired_at__gte=night, fired_at__lt=night + 8 * HOUR).exists()
    assert undone_sentences(world.now) == []


def acknowledge_for_agency(world: World, share: Share, at: datetime, by: User | None = None) -> None:
    approve_share(share, by=world.fay, at=at)
    send_share(share, by=world.ann, at=at)
    acknowledge_share(share, their_plan="A visit tonight.", by=by or world.esi, at=at)


def test_esis_we_have_it_on_a_share_stops_the_agencies_clock_until_a_first_action_is_wanted(world: World) -> None:
    concern = worry(world, at=MONDAY)
    acknowledge_for_agency(world, share_for_esi(world, concern), MONDAY + MINUTE)
    step = pending(concern, Side.AGENCY)
    assert step.promise is not None
    assert (step.due_at, step.promise.giver) == (MONDAY + MINUTE + 4 * HOUR, "Cambridgeshire police")
    sweep(at=MONDAY + 3 * HOUR)
    assert people_mailed(concern, Side.AGENCY) == ["Esi"]
    fire_due_concerns(at=MONDAY + 5 * HOUR)
    assert len(people_mailed(concern, Side.AGENCY)) > 1
    assert any("The promise of Cambridgeshire police passed." in line for line in story(concern))
    assert undone_sentences(world.now) == []


def test_told_by_telephone_ann_writes_it_down_and_the_clock_stops_as_well(world: World) -> None:
    concern = worry(world, at=MONDAY)
    share = share_for_esi(world, concern, method="telephone", other_recipient=esi(world, account=False))
    acknowledge_for_agency(world, share, MONDAY + MINUTE, by=world.ann)
    sweep(at=MONDAY + 3 * HOUR)
    assert people_mailed(concern, Side.AGENCY) == ["Esi"]


def test_what_another_agency_has_stops_nobodys_clock(world: World) -> None:
    concern = worry(world, at=MONDAY)
    elsewhere = esi(world, account=False).__class__(name="Ed Moss", role="Officer", agency="Fenland housing")
    share = share_for_esi(world, concern, method="telephone", other_recipient=elsewhere)
    acknowledge_for_agency(world, share, MONDAY + MINUTE, by=world.ann)
    assert pending(concern, Side.AGENCY).promise is None


def test_the_receipt_of_what_somebody_has_says_nothing_of_ringing(world: World, as_person: As) -> None:
    concern = worry(world)
    ben = as_person(world.ben)
    receipt, said = f"{concern.get_absolute_url()}receipt/", "If it cannot wait, tell somebody by telephone too."
    assert said in ben.get(receipt).content.decode()
    acknowledge_concern(concern, until=world.now + HOUR, by=world.esi, at=world.now)
    answer_concern(concern, outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=world.now)
    page = ben.get(receipt).content.decode()
    assert said not in page
    assert "Telephone as well" not in page
    ann = as_person(world.ann).get(concern.get_absolute_url()).content.decode()
    assert "reaches the person on call" not in ann
