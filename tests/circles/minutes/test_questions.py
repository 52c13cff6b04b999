"""One table says of each question of the minutes where it is asked, who reads it and whether it leaves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.log.operations import missing_answers_of, submit_minutes
from circles.meeting.access import MeetingAccess
from circles.minutes.models import Minutes
from circles.minutes.operations import approve_minutes
from circles.minutes.questions import QUESTIONS, Question, Readers, ShownWhen
from circles.minutes_share.outer_minutes import minutes_for_agencies
from circles.version.reading import sections_of
from core.errors import Refused
from tests.circles.log.writing import save_minutes, write
from tests.world import World

As = Callable[[User], Client]

NEW = "returned_because"
"""Stands for a new field: it is in the model, and the log does not ask it."""
WORDS = "He plays chess on Tuesdays."
NEEDED = "Say what he does on Tuesdays."
NOT_ASKED = {"late_reason": "asked only when minutes are sent late"}
PAGES = range(1, 6)


def test_every_question_of_the_model_is_in_the_table_and_every_entry_is_a_field() -> None:
    fields = {field.name: field for field in Minutes._meta.local_fields}
    assert set(QUESTIONS) <= set(fields)
    of_the_writer = {
        name
        for name, field in fields.items()
        if isinstance(field, models.TextField | models.TimeField | models.PositiveSmallIntegerField) or field.choices
    }
    assert of_the_writer - set(NOT_ASKED) <= set(QUESTIONS)


def test_what_an_agency_is_given_the_circle_reads_as_well() -> None:
    assert all(question.readers == Readers.CIRCLE for question in QUESTIONS.values() if question.outside)


def test_a_question_that_forces_a_concern_says_so_and_knows_its_answers() -> None:
    for name, question in QUESTIONS.items():
        assert bool(question.forcing) == bool(question.forces_a_concern), name
        assert set(question.forcing) <= {value for value, _ in Minutes._meta.get_field(name).choices or []}, name
        if question.shown_when:
            assert QUESTIONS[question.shown_when.field].page == question.page, name


def test_a_new_question_stays_with_the_coordinator_until_it_says_more() -> None:
    question = Question(3)
    assert (question.readers, question.outside) == (Readers.COORDINATOR, False)


@pytest.mark.parametrize("page", PAGES)
def test_a_question_added_to_the_table_is_asked_checked_and_printed_and_stays_inside(
    world: World, as_person: As, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(QUESTIONS, NEW, Question(page, Readers.CIRCLE, needed=NEEDED))
    write(world.meeting, by=world.ben, at=world.now)
    ben = as_person(world.ben)
    address = reverse("circles:log_page", args=[world.meeting.reference, page])
    assert f'name="{NEW}"' in ben.get(address).content.decode(), "asked"
    sheet = reverse("circles:paper", args=[world.meeting.reference])
    label = str(Minutes._meta.get_field(NEW).verbose_name)  # type: ignore[union-attr]
    assert label in as_person(world.ann).get(sheet).content.decode(), "on paper"
    world.meeting.refresh_from_db()
    assert [one.words for one in missing_answers_of(world.meeting)] == [NEEDED]
    with pytest.raises(Refused, match=NEEDED):
        submit_minutes(world.meeting, by=world.ben, at=world.now)
    ben.post(address, {NEW: WORDS})
    assert Minutes.objects.get(meeting=world.meeting).returned_because == WORDS, "kept"
    world.meeting.refresh_from_db()
    read = sections_of(world.meeting, MeetingAccess(world.tom, world.meeting))[page - 1]
    assert WORDS in [answer.words for answer in read.answers], "read inside"
    assert WORDS not in minutes_for_agencies(world.meeting).text, "stays inside"
    monkeypatch.setitem(QUESTIONS, NEW, Question(page, Readers.CIRCLE, outside=True))
    assert WORDS in minutes_for_agencies(world.meeting).text, "leaves when it says so"
    monkeypatch.setitem(QUESTIONS, NEW, Question(page, outside=True))
    assert WORDS not in minutes_for_agencies(world.meeting).text, "never what the circle does not read"


def test_an_added_question_is_needed_only_where_another_answer_leads_to_it(
    world: World, as_person: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    when = ShownWhen("children", ("yes",))
    monkeypatch.setitem(QUESTIONS, NEW, Question(4, Readers.CIRCLE, needed=NEEDED, shown_when=when))
    meeting = write(world.meeting, by=world.ben, at=world.now)
    assert missing_answers_of(meeting) == []
    save_minutes(meeting, answers={"children": "yes", "children_contact": "no"}, by=world.ben, at=world.now)
    meeting.refresh_from_db()
    assert [one.words for one in missing_answers_of(meeting)] == [NEEDED]
    page = as_person(world.ben).get(reverse("circles:log_page", args=[meeting.reference, 4])).content.decode()
    before = page[: page.index(f'name="{NEW}"')]
    assert before.rindex('data-reveal-by="children"') > before.rindex('data-reveal-by="community"')


def test_sent_minutes_show_a_question_only_the_coordinator_reads_to_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(QUESTIONS, "next_plan", Question(5))
    meeting = write(world.meeting, by=world.ben, at=world.now, next_plan=WORDS)
    approve_minutes(submit_minutes(meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    meeting.refresh_from_db()
    told = {
        person: WORDS in [a.words for s in sections_of(meeting, MeetingAccess(person, meeting)) for a in s.answers]
        for person in (world.ann, world.ben, world.tom)
    }
    assert told == {world.ann: True, world.ben: False, world.tom: False}
    assert WORDS not in minutes_for_agencies(meeting).text
