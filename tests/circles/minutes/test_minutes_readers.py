"""What only the coordinator reads stays hidden on every page, before and after the minutes are sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.log.operations import Answers, submit_minutes
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.minutes.operations import approve_minutes, return_minutes
from circles.minutes.questions import QUESTIONS, Readers
from tests.circles.log.writing import save_minutes, send, write
from tests.concerns.wall.crawling import crawl
from tests.world import World

As = Callable[[User], Client]

ALONE = {
    "boundary": "yes",
    "boundary_words": "Tom took forty pounds from him.",
    "support": "yes",
    "debrief": "Nobody dares to speak to Tom.",
}
MARKS = ("forty pounds", "dares to speak")
ASKED = ("Gifts, money, favours", "Would you like a call", "Debrief, volunteers only")


def log_page(world: World, number: int) -> str:
    return reverse("circles:log_page", args=[world.meeting.reference, number])


def minutes_sent_twice(world: World) -> Meeting:
    """So that there are two versions, between which everything that stays with the coordinator changed."""
    send(world.meeting, by=world.ben, at=world.now)
    meeting = return_minutes(world.meeting, reason="Was that all?", by=world.ann, at=world.now)
    save_minutes(meeting, answers=Answers(**ALONE), by=world.ben, at=world.now)  # type: ignore[typeddict-item]
    meeting.minutes.concern_raised_as = "K-0000"
    return submit_minutes(meeting, by=world.ben, at=world.now)


def test_every_answer_has_its_readers_and_what_has_none_stays_with_the_coordinator() -> None:
    alone = {name for name, question in QUESTIONS.items() if question.readers == Readers.COORDINATOR}
    assert alone >= {"boundary", "boundary_words", "debrief", "support"}


@pytest.mark.parametrize("name", ["tom", "hana"])
def test_no_page_tells_anybody_but_ann(world: World, as_person: As, name: str) -> None:
    meeting = minutes_sent_twice(world)
    approve_minutes(meeting, by=world.ann, at=world.now)
    reached = crawl(as_person(world.people[name]))
    assert meeting.get_absolute_url() in reached
    assert {where for where, page in reached.items() if any(mark in page for mark in MARKS)} == set()
    minutes = reached[meeting.get_absolute_url()]
    assert not any(question in minutes for question in ASKED)


def test_ann_reads_all_of_it_in_the_minutes_and_between_the_versions(world: World, as_person: As) -> None:
    meeting = minutes_sent_twice(world)
    ann = as_person(world.ann)
    for address in (meeting.get_absolute_url(), reverse("circles:versions", args=[meeting.reference])):
        page = ann.get(address).content.decode()
        assert all(mark in page for mark in MARKS), address


def test_tom_who_carries_on_bens_log_neither_reads_nor_loses_what_ben_wrote_for_ann(
    world: World, as_person: As
) -> None:
    write(world.meeting, by=world.ben, at=world.now, **ALONE)
    tom, ben = as_person(world.tom), as_person(world.ben)
    check = reverse("circles:log_check", args=[world.meeting.reference])
    for address in (log_page(world, 4), log_page(world, 5), check):
        page = tom.get(address).content.decode()
        assert not any(mark in page for mark in MARKS), address
    assert "stays with the coordinator" in tom.get(log_page(world, 4)).content.decode()
    tom.post(log_page(world, 4), {"licence": "none", "wellbeing": "none", "boundary_words": "", "boundary": "no"})
    tom.post(log_page(world, 5), {"next_plan": "The garden.", "debrief": ""})
    minutes = Minutes.objects.get(meeting=world.meeting)
    assert {name: getattr(minutes, name) for name in ALONE} == ALONE
    assert minutes.next_plan == "The garden."
    assert "forty pounds" in ben.get(log_page(world, 4)).content.decode()


def test_two_who_write_at_once_are_not_shown_each_others_words_for_ann(world: World, as_person: As) -> None:
    write(world.meeting, by=world.ben, at=world.now, debrief="")
    Minutes.objects.filter(meeting=world.meeting).update(field_versions={}, debrief="")
    tom = as_person(world.tom)
    loaded = tom.get(log_page(world, 5)).context["form"].fields["loaded"].initial
    save_minutes(world.meeting, answers=Answers(debrief=ALONE["debrief"]), by=world.ben, at=world.now)
    answer = tom.post(log_page(world, 5), {"debrief": "I was tired.", "loaded": loaded}, follow=True)
    assert "dares to speak" not in answer.content.decode()
    assert Minutes.objects.get(meeting=world.meeting).debrief == ALONE["debrief"]
