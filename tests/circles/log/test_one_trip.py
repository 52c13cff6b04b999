"""A save of the log is one trip: one lock at its top, and no more statements than it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from circles.log.operations import Answers
from circles.meeting.models import Attendance
from circles.minutes.beginning_operations import start_log
from circles.minutes.models import Minutes
from circles.taxonomy.models import Tag
from tests.world import World

AsPerson = Callable[[User], Client]

MOST = 12
"""Statements of one autosave, the session and the person included."""

WITH_ROWS_OF_ITS_OWN = 15
"""The same, where an answer that must be passed on or a ticked word brings rows of its own and their lines."""

SENT: dict[int, list[dict[str, Any]]] = {
    1: [{"worry": "no", "came-him": "came"}, {"late_words": "The bus."}],
    2: [
        {"mode": "phone", "mood": "2"},
        {"others_present": "Nobody.", "mood_words-shown": "yes", "mood_words": ["calm"]},
    ],
    3: [{"his_week": "Begun.", "topic-shown": "yes", "risk-shown": "yes"}, {"talked_about": "Work."}],
    4: [{"licence": "none", "boundary_words": "A pen."}, {"children": "yes", "children_detail": "Child A."}],
    5: [{"next_plan": "The garden."}, {"next_plan": "The garden.", "debrief": "Tired."}],
}


def autosaves(world: World, client: Client, number: int, sendings: list[dict[str, Any]]) -> list[list[str]]:
    """The statements of each autosave of a page, after one that finds what is found once a process."""
    ContentType.objects.get_for_model(Attendance)
    loaded = client.get(reverse("circles:log_page", args=[world.meeting.reference, number])).context["form"]["loaded"]
    address, ran = reverse("circles:autosave", args=[world.meeting.reference]), []
    for sent in [{}, *sendings]:
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(address, {**sent, "loaded": loaded.value(), "page": str(number)})
        assert answer.status_code == 200, answer.content
        statements = [query["sql"] for query in captured.captured_queries]
        ran.append([sql for sql in statements if not sql.startswith(("SAVEPOINT", "RELEASE"))])
    return ran[1:]


@pytest.mark.parametrize("number", SENT)
def test_an_autosave_is_one_trip(world: World, as_person: AsPerson, number: int) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    for statements in autosaves(world, as_person(world.ben), number, SENT[number]):
        assert len(statements) <= MOST, "\n".join(statements)
        assert sum("FOR UPDATE" in sql for sql in statements) == 1, "one lock"
        assert sum(sql.startswith('UPDATE "circles_minutes"') for sql in statements) == 1, "one writing"


@pytest.mark.parametrize(
    ("number", "sent"),
    [
        (1, {"worry": "small", "words": "A new telephone."}),
        (4, {"wellbeing": "thoughts"}),
        (3, {"his_week": "Begun.", "topic-shown": "yes", "topic": "first"}),
    ],
)
def test_rows_of_their_own_cost_little_more(
    world: World, as_person: AsPerson, number: int, sent: dict[str, str]
) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    if "topic" in sent:
        sent = sent | {"topic": Tag.objects.filter(kind=Tag.Kind.TOPIC, retired_at=None)[0].reference}
    [statements] = autosaves(world, as_person(world.ben), number, [sent])
    assert MOST - 2 <= len(statements) <= WITH_ROWS_OF_ITS_OWN, "\n".join(statements)


@pytest.mark.parametrize("number", SENT)
def test_the_lock_comes_before_anything_of_the_draft_is_read(world: World, as_person: AsPerson, number: int) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    for statements in autosaves(world, as_person(world.ben), number, SENT[number]):
        of_draft = [sql for sql in statements if "circles_minutes" in sql or "circles_attendance" in sql]
        assert 'FOR UPDATE OF "circles_meeting", "circles_minutes"' in of_draft[0]


def test_an_autosave_of_one_page_leaves_the_others_alone(world: World, as_person: AsPerson) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    answers: Answers = {"his_week": "Begun.", "next_plan": "The garden."}
    address = reverse("circles:autosave", args=[world.meeting.reference])
    as_person(world.ben).post(address, {**answers, "page": "3"})
    minutes = Minutes.objects.get(meeting=world.meeting)
    assert (minutes.his_week, minutes.next_plan) == ("Begun.", "")


def test_who_saved_is_kept_when_another_person_saves(world: World, as_person: AsPerson) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    address = reverse("circles:autosave", args=[world.meeting.reference])
    for person in (world.ben, world.tom, world.tom):
        as_person(person).post(address, {"his_week": f"{person}", "page": "3"})
    minutes = Minutes.objects.get(meeting=world.meeting)
    assert (minutes.saved_by, minutes.his_week) == (world.tom, f"{world.tom}")
