"""Paul's goals: few, in his own words, and one tap each at every meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.goal.models import Goal, GoalTap
from circles.goal.operations import end_goal, open_goal
from circles.log.operations import submit_minutes
from circles.meeting.models import Meeting
from circles.minutes.operations import approve_minutes
from core.errors import Refused
from tests.circles.goal.rows import goal
from tests.circles.life.preparing import end_and_close
from tests.circles.log.writing import tap, write
from tests.world import World

AsPerson = Callable[[User], Client]


def test_a_seventh_goal_is_refused_in_words_until_one_ends(world: World) -> None:
    made = [goal(world, f"Goal {number}") for number in range(6)]
    with pytest.raises(Refused, match="End one first"):
        goal(world, "One more")
    end_goal(made[0], reason="He reached it.", by=world.ann, at=world.now)
    assert goal(world, "One more").status == Goal.Status.OPEN


def test_ben_taps_goals_and_does_not_open_or_end_them(world: World) -> None:
    with pytest.raises(PermissionDenied):
        open_goal(world.ely, aim=Goal.Aim.SUPPORT, words="x", reason="x", by=world.ben, at=world.now)
    with pytest.raises(PermissionDenied):
        end_goal(goal(world), reason="x", by=world.ben, at=world.now)


@pytest.mark.parametrize(("words", "reason"), [(" ", "He asked."), ("Ring my sister.", " ")])
def test_a_goal_wants_his_words_and_a_reason(world: World, words: str, reason: str) -> None:
    with pytest.raises(Refused):
        open_goal(world.ely, aim=Goal.Aim.SUPPORT, words=words, reason=reason, by=world.ann, at=world.now)


def test_a_goal_does_not_end_without_a_reason(world: World) -> None:
    with pytest.raises(Refused, match="reached, changed or let go"):
        end_goal(goal(world), reason=" ", by=world.ann, at=world.now)


def test_the_database_holds_no_goal_that_ended_for_no_reason(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.filter(pk=goal(world).pk).update(status="ended", ended_at=world.now, ended_by=world.ann)


def test_tapping_again_changes_the_tap(world: World) -> None:
    wish, meeting = goal(world), write(world.meeting, by=world.ben, at=world.now)
    tap(meeting, wish, GoalTap.Way.BACK, by=world.ben, at=world.now)
    tap(meeting, wish, GoalTap.Way.FORWARD, by=world.tom, at=world.now)
    assert [tap.way for tap in wish.taps.all()] == ["forward"]


def test_a_goal_that_ended_before_the_meeting_is_not_asked_about(world: World) -> None:
    wish = goal(world)
    end_goal(wish, reason="Reached.", by=world.ann, at=world.meeting.planned_at - timedelta(days=1))
    meeting = write(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="was not open"):
        tap(meeting, wish, GoalTap.Way.SAME, by=world.ben, at=world.now)


def test_taps_are_locked_with_the_minutes(world: World) -> None:
    wish, meeting = goal(world), write(world.meeting, by=world.ben, at=world.now)
    tap(meeting, wish, GoalTap.Way.BACK, by=world.ben, at=world.now)
    sent = submit_minutes(meeting, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="sent already"):
        tap(meeting, wish, GoalTap.Way.FORWARD, by=world.ben, at=world.now)
    approve_minutes(sent, by=world.ann, at=world.now)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE circles_goaltap SET way = 'forward'")


def test_ben_taps_on_the_log_and_the_tab_shows_it_once_the_minutes_are_sent(world: World, as_person: AsPerson) -> None:
    wish, ben = goal(world), as_person(world.ben)
    write(world.meeting, by=world.ben, at=world.now)
    page = reverse("circles:log_page", args=[world.meeting.reference, 5])
    assert wish.words in ben.get(page).content.decode()
    ben.post(page, {f"goal-{wish.reference}": "forward", "next_plan": "The same."})
    tab = reverse("circles:goals", args=["C-0142"])
    assert "Nothing tapped yet" in ben.get(tab).content.decode()
    submit_minutes(Meeting.objects.get(pk=world.meeting.pk), by=world.ben, at=world.now)
    body = ben.get(tab).content.decode()
    assert "wm-tap-row__forward" in body
    assert "1 forward. The last: forward." in body
    assert "Forward</td>" in body


def test_an_ended_circle_takes_no_new_goal(world: World) -> None:
    end_and_close(world.ely, world)
    with pytest.raises(Refused, match="has ended"):
        goal(world)
