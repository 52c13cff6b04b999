"""The minutes that Ann reads say how the goals and actions stood, and what was agreed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.action.models import Action, ActionTap
from circles.action.operations import agree_action
from circles.goal.models import GoalTap
from circles.log.operations import submit_minutes
from tests.circles.goal.rows import action, goal
from tests.circles.log.writing import tap, write
from tests.world import World

As = Callable[[User], Client]


@pytest.mark.parametrize("page", ["circles:meeting", "circles:approve"])
def test_ann_reads_the_goals_the_actions_and_what_was_agreed_beside_the_answers(
    page: str, world: World, as_person: As
) -> None:
    wish, brought = goal(world), action(world)
    meeting = write(world.meeting, by=world.ben, at=world.now)
    tap(meeting, wish, GoalTap.Way.BACK, by=world.ben, at=world.now)
    tap(meeting, brought, ActionTap.How.PARTLY, by=world.ben, at=world.now)
    agree_action(
        world.ely,
        words="Ring the college.",
        owner=Action.Owner.CORE_MEMBER,
        due_on=(world.now + timedelta(days=5)).date(),
        meeting=meeting,
        by=world.ben,
        at=world.now,
    )
    submit_minutes(meeting, by=world.ben, at=world.now)
    body = as_person(world.ann).get(reverse(page, args=[meeting.reference])).content.decode()
    for words in ("Goals and actions", wish.words, "Worse", brought.words, "Partly", "Ring the college.", "Paul, by"):
        assert words in body
