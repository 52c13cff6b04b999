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
from circles.action.models import Action, ActionTap
from circles.forcing_answer.models import ForcingAnswer
from circles.goal.models import GoalTap
from circles.log.operations import Answers
from circles.meeting.models import Attendance
from circles.minutes.beginning_operations import start_log
from circles.minutes.models import Minutes
from circles.taxonomy.models import MinutesTag, Tag
from tests.circles.goal.rows import action, goal
from tests.world import World

AsPerson = Callable[[User], Client]

MOST = 12
"""Statements of one autosave, the session and the person included: also where an answer that must be passed on, a ticked
word or a tap about an action or a goal writes a row of its own, with its line in the log of fields. A second such row in
the same save, which is seldom, costs its own two or three more."""

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


AND_THEN = {"small": "no", "thoughts": "none", "partly": "done", "done": "open", "forward": "back"}
"""What is answered in the next save instead."""


def autosaves(world: World, client: Client, number: int, sendings: list[dict[str, Any]]) -> list[list[str]]:
    """The statements of each autosave of a page, after one that finds what is found once a process."""
    ContentType.objects.get_for_models(Attendance, ForcingAnswer, MinutesTag, ActionTap, GoalTap, Action)
    loaded = client.get(reverse("circles:log_page", args=[world.meeting.reference, number])).context["form"]["loaded"]
    address, ran = reverse("circles:autosave", args=[world.meeting.reference]), []
    for sent in [{}, *sendings]:
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(address, {**sent, "loaded": loaded.value(), "page": str(number)})
        assert answer.status_code == 200, answer.content
        statements = [query["sql"] for query in captured.captured_queries]
        assert sum(sql.startswith("SAVEPOINT") for sql in statements) <= 1, "none but the request's own"
        ran.append([sql for sql in statements if not sql.startswith(("SAVEPOINT", "RELEASE"))])
    return ran[1:]


@pytest.mark.parametrize("number", SENT)
def test_an_autosave_is_one_trip(world: World, as_person: AsPerson, number: int) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    for statements in autosaves(world, as_person(world.ben), number, SENT[number]):
        assert len(statements) <= MOST, "\n".join(statements)
        assert sum('FOR UPDATE OF "circles_meeting"' in sql for sql in statements) == 1, "one lock"
        reading = [sql for sql in statements if sql.startswith("SELECT") and "FOR UPDATE" not in sql]
        tables = [sql.partition(" FROM ")[2].split()[0] for sql in reading]
        assert len(tables) == len(set(tables)), "nothing is read twice"
        assert sum(sql.startswith('UPDATE "circles_minutes"') for sql in statements) == 1, "one writing"


@pytest.mark.parametrize(
    ("number", "sent"),
    [
        (1, {"worry": "small", "words": "A new telephone."}),
        (4, {"wellbeing": "thoughts"}),
        (3, {"his_week": "Begun.", "topic-shown": "yes", "topic": "first"}),
        (2, {"mood": "2", "action": "partly"}),
        (2, {"mood": "2", "action": "done"}),
        (5, {"next_plan": "The garden.", "goal": "forward"}),
    ],
)
def test_a_row_of_its_own_stays_within_it_when_it_is_made_and_when_it_changes(
    world: World, as_person: AsPerson, number: int, sent: dict[str, str]
) -> None:
    named = {f"action-{action(world).reference}": "action", f"goal-{goal(world).reference}": "goal"}
    start_log(world.meeting, by=world.ben, at=world.now)
    if "topic" in sent:
        sent = sent | {"topic": Tag.objects.filter(kind=Tag.Kind.TOPIC, retired_at=None)[0].reference}
    sent |= {name: sent[what] for name, what in named.items() if what in sent}
    then = {name: AND_THEN.get(value, value) for name, value in sent.items()}
    for statements in autosaves(world, as_person(world.ben), number, [sent, then]):
        assert any(sql.startswith(("INSERT", "UPDATE")) for sql in statements)
        assert len(statements) <= MOST, "\n".join([str(len(statements)), *statements])


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
