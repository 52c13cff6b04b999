"""The copy that Paul takes home says what he agreed to and what he wants, and nothing else of the record."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.goal.copy import core_members_copy_of
from circles.goal.operations import end_goal
from offenders.consent.models import ConsentText
from offenders.consent.operations import publish_consent_text, record_consent, withdraw_consent
from tests.circles.goal.rows import goal
from tests.circles.log.writing import send
from tests.concerns.reading import WORDS, concern_by
from tests.world import VOLUNTEERS, World

AsPerson = Callable[[User], Client]


def agree(world: World) -> None:
    record_consent(world.core_member, version=1, given_on=world.now.date(), how="signed", by=world.ann, at=world.now)


def test_it_has_the_words_he_agreed_to_and_not_those_published_since(world: World) -> None:
    agree(world)
    publish_consent_text(words="I take part.", easy_words="I join.", by=world.hana, at=world.now)
    agreed = core_members_copy_of(world.ely, reader=world.ann).agreed
    first = ConsentText.objects.get(version=1).easy_words.splitlines()
    assert [each.sentences for each in agreed] == [[line.strip() for line in first if line.strip()]]
    withdraw_consent(world.core_member, withdrawn_on=world.now.date(), words="Enough.", by=world.ann, at=world.now)
    assert core_members_copy_of(world.ely, reader=world.ann).agreed == []


def test_it_has_the_goals_held_now_with_each_name_left_out_listed(world: World) -> None:
    end_goal(goal(world, "I want to paint."), reason="He let it go.", by=world.ann, at=world.now)
    surname = VOLUNTEERS["ben"].split()[1]
    goal(world, f"I want to cook with Ben {surname}.")
    copy = core_members_copy_of(world.ely, reader=world.ann)
    assert [str(line) for line in copy.goals] == ["I want to cook with Ben [surname left out]."]
    assert [find.written for find, _ in copy.names.left_out] == [surname]


def test_the_sheet_holds_no_concern_no_minutes_no_restriction_and_no_surname(world: World, as_person: AsPerson) -> None:
    agree(world)
    goal(world)
    send(world.meeting, by=world.ben, at=world.now)
    concern_by(world, world.ben)
    html = as_person(world.ann).get(reverse("circles:core_members_copy", args=["C-0142"])).content.decode()
    sheet = html.partition('<section class="wm-sheet"')[2].partition("</section>")[0]
    assert "I want to ring my sister every Sunday." in sheet
    assert "EE-2417-K" in sheet
    unwanted = [WORDS, "a calm evening", "He talks to us", "alone with anyone under 16", world.ely.known_as]
    unwanted += [person.full_name.split()[-1] for person in world.people.values()]
    assert [words for words in unwanted if words.lower() in sheet.lower()] == []
