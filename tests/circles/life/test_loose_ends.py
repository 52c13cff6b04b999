"""A circle is not closed while something in it is unfinished."""

from __future__ import annotations

import pytest

from circles.action.models import Action
from circles.action.operations import settle_action
from circles.life.operations import begin_ending, close_circle
from circles.minutes.operations import approve_minutes
from core.errors import Refused
from tests.circles.goal.rows import action
from tests.circles.log.writing import send
from tests.world import World


def test_the_circle_is_not_closed_while_bens_action_is_open_and_is_once_it_is_done(world: World) -> None:
    promised = action(world)
    approve_minutes(send(world.meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    ending = begin_ending(world.ely, end_reason="completed", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="an action is not finished"):
        close_circle(ending, by=world.ann, at=world.now)
    settle_action(promised, how=Action.Status.DONE, by=world.ann, at=world.now)
    assert close_circle(ending, by=world.ann, at=world.now).status == "closed"
