"""What a concern's page says to those who work it, and to nobody it is about."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from circles.circle.models import Membership
from concerns.choices import Feedback, Kind, Level, Outcome
from concerns.concern.models import Concern
from concerns.handling.operations import answer_concern, give_feedback, record_action
from concerns.handling.promise_operations import acknowledge_concern, claim_concern
from concerns.raising.operations import raise_concern
from core.errors import Refused
from tests.concerns.engine.raising import WORDS, ended_in_error, worry
from tests.concerns.reading import HOUR, NEW, As, address_of, concern_by, concern_of_ann, page_of
from tests.world import World


def test_facts_stand_apart_from_opinion_and_the_ladder_to_come_is_spelt_out(world: World, as_person: As) -> None:
    concern = raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.URGENT,
        words=WORDS,
        opinion="I do not think their mum knows.",
        kind=Kind.CHILD_CONTACT,
        basis="cm_said",
        by=world.ben,
        at=world.now,
    )
    page = page_of(as_person, world.esi, address_of(concern))
    assert page.index(WORDS) < page.index("(opinion)") < page.index("I do not think their mum knows.")
    assert "He said it" in page
    assert page.index("If nobody has it") < page.index("The team manager") < page.index("The MAPPA coordinator")
    assert "EE-2417-K" in page
    assert "He must not be alone with anyone under 16." in page


def test_a_restriction_that_has_ended_is_not_shown(world: World, as_person: As) -> None:
    restriction = world.core_member.restrictions.get()
    restriction.ends_on = timezone.localdate() - timedelta(days=1)
    restriction.save()
    assert "under 16" not in page_of(as_person, world.esi, address_of(worry(world)))


@pytest.mark.parametrize(("name", "said"), [("ben", "A volunteer wrote"), ("ann", "The coordinator wrote")])
def test_esi_reads_what_the_author_is_and_not_who(world: World, as_person: As, name: str, said: str) -> None:
    assert said in page_of(as_person, world.esi, address_of(concern_by(world, world.people[name])))


def test_a_worry_from_the_manager_is_not_called_a_volunteers(world: World, as_person: As) -> None:
    assert "Somebody at the charity wrote" in page_of(as_person, world.esi, address_of(concern_by(world, world.hana)))


def test_ann_who_raised_it_reads_that_she_wrote_it_and_is_offered_no_promise(world: World, as_person: As) -> None:
    page = page_of(as_person, world.ann, address_of(concern_by(world, world.ann)))
    assert "You wrote" in page
    assert "I am dealing with it" not in page


def test_opening_twice_is_one_person_who_looked(world: World, as_person: As) -> None:
    concern = worry(world)
    page_of(as_person, world.esi, address_of(concern))
    assert "1 person has looked at this." in page_of(as_person, world.esi, address_of(concern))
    assert "2 people have looked at this." in page_of(as_person, world.oz, address_of(concern))


def test_oz_sees_that_esi_is_reading_it_and_esi_can_give_it_back(world: World, as_person: As) -> None:
    concern, esi = worry(world), as_person(world.esi)
    esi.post(address_of(concern, "claim/"))
    queue = f"/concerns/queues/{world.queue.reference}/"
    assert "Esi Okafor is reading it" in page_of(as_person, world.oz, queue)
    assert "is reading this now" in as_person(world.oz).post(address_of(concern, "claim/")).content.decode()
    assert "I am no longer reading this" in page_of(as_person, world.esi, address_of(concern))
    esi.post(address_of(concern, "release/"))
    assert "is reading it" not in page_of(as_person, world.oz, queue)


def test_the_story_says_until_when_in_words(world: World, as_person: As) -> None:
    concern = acknowledge_concern(
        worry(world), until=world.now + 4 * HOUR, plan="Home visit.", by=world.esi, at=world.now
    )
    page = page_of(as_person, world.ann, address_of(concern))
    assert f" on {timezone.localtime(world.now + 4 * HOUR):%-d %B %Y}</strong>. Home visit." in page
    assert "<strong>Has it until " in page


def test_what_esi_typed_wrongly_comes_back_with_what_is_wrong(world: World, as_person: As) -> None:
    answer = as_person(world.esi).post(address_of(concern_of_ann(world), "answer/"), {"answer-answer": "Visited him."})
    assert answer.status_code == 422
    assert "Visited him.</textarea>" in answer.content.decode()


def test_finishing_before_ben_is_told_is_refused_in_words(world: World, as_person: As) -> None:
    concern = answer_concern(
        concern_of_ann(world), outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=world.now
    )
    answer = as_person(world.ann).post(address_of(concern, "close/"))
    assert answer.status_code == 422
    assert "Tell the volunteer what came of it first." in answer.content.decode()


def test_once_answered_nobody_at_the_agency_starts_its_clock_again(world: World, as_person: As) -> None:
    concern = answer_concern(
        concern_of_ann(world), outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=world.now
    )
    until = world.now + 3 * HOUR
    with pytest.raises(Refused, match="tell the coordinator"):
        acknowledge_concern(concern, until=until, by=world.oz, at=world.now)
    with pytest.raises(Refused, match="tell the coordinator"):
        record_action(concern, what="Rang.", until=until, by=world.oz, at=world.now)
    assert "I am dealing with it" not in page_of(as_person, world.esi, address_of(concern))
    assert "I am dealing with it" in page_of(as_person, world.ann, address_of(concern))


def test_a_finished_concern_takes_no_more(world: World) -> None:
    concern = ended_in_error(world, worry(world))
    with pytest.raises(Refused, match="finished"):
        acknowledge_concern(concern, until=world.now + HOUR, by=world.esi, at=world.now)
    with pytest.raises(Refused, match="nothing to tell"):
        give_feedback(concern, feedback=Feedback.SPOKEN, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="finished"):
        claim_concern(concern, by=world.esi, at=world.now)


def test_a_worry_about_ann_says_the_manager_is_told_wherever_it_would_say_the_coordinator(
    world: World, as_person: As
) -> None:
    concern = concern_by(world, world.ben, about=world.ann)
    receipt = page_of(as_person, world.ben, address_of(concern))
    assert "The manager and the safeguarding lead were told." in receipt
    assert "The coordinator is not told, and cannot see it." in receipt
    assert "The coordinator was told" not in receipt
    assert "we tell the coordinator" not in receipt
    page = page_of(as_person, world.hana, address_of(concern))
    assert "It is about Ann Farrowby, one of the charity’s own people," in page
    assert "Told: the manager and the safeguarding lead (2 people)" in page
    assert "Told: the coordinator" not in page


def test_tom_whom_a_worry_is_about_finds_nothing_and_cannot_act(world: World, as_person: As) -> None:
    concern, tom = concern_by(world, world.ben, about=world.tom), as_person(world.tom)
    assert tom.get(address_of(concern)).status_code == 404
    assert tom.post(address_of(concern, "acknowledge/")).status_code == 404
    assert concern.reference not in page_of(as_person, world.tom, "/concerns/circles/C-0142/")


def test_a_worry_about_the_manager_goes_to_fay_and_is_hidden_from_hana(world: World, as_person: As) -> None:
    concern = concern_by(world, world.ben, about=world.hana)
    assert as_person(world.hana).get(address_of(concern)).status_code == 404
    assert concern.reference not in page_of(as_person, world.hana, "/concerns/")
    assert as_person(world.fay).get(address_of(concern)).status_code == 200


def test_ben_may_choose_ann_and_his_fellows_and_not_himself(world: World, as_person: As) -> None:
    page = page_of(as_person, world.ben, NEW)
    for each in ("Ann, the coordinator", ">Tom<", ">Uma<", ">Vic<"):
        assert each in page
    assert ">Ben<" not in page
    sent = {"submit_key": str(uuid4()), "level": "priority", "words": WORDS, "about": world.ann.reference}
    as_person(world.ben).post(NEW, sent)
    assert Concern.objects.get().about == world.ann


def test_cas_who_left_is_offered_those_of_her_time_and_nobody_since(world: World, as_person: As) -> None:
    since = Membership.objects.get(circle=world.ely, volunteer__user=world.tom)
    since.joined_at = world.now - timedelta(days=3)
    since.save()
    page = page_of(as_person, world.cas, NEW)
    assert ">Ben<" in page
    assert ">Tom<" not in page
