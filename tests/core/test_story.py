"""A line of a story: a move by its states, anything else by its sentence, and nothing between the two."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from circles.circle.models import Circle
from circles.life.operations import pause_circle
from concerns.choices import Outcome
from concerns.handling.operations import answer_concern
from concerns.handling.promise_operations import acknowledge_concern
from concerns.incident.operations import decide_not_to_report
from concerns.share.operations import approve_share
from core.story import StoryLine
from tests.circles.life.preparing import end_and_close, started_circle
from tests.concerns.engine.raising import worry
from tests.concerns.register.keeping import incident, safeguarding_referral, with_agency
from tests.concerns.share.sharing import share_for_esi
from tests.offenders.referral import referrals
from tests.owner import let_app_change
from tests.world import World

STORIES = [model for model in apps.get_models() if issubclass(model, StoryLine)]
each_story = pytest.mark.parametrize("model", STORIES, ids=[model.__name__ for model in STORIES])


def live_through_everything(world: World) -> None:
    """A circle from its first plan to its end, one taken over that pauses, and a record of every kind that moved."""
    new = started_circle(world)
    pause_circle(new, reason="Christmas.", by=world.ann, at=world.now)
    end_and_close(new, world)
    pause_circle(world.ely, reason="Christmas.", by=world.ann, at=world.now)
    concern = worry(world)
    soon = world.now + timedelta(minutes=20)
    acknowledge_concern(concern, until=soon, plan="Ring him.", by=world.ann, at=world.now)
    answer_concern(concern, outcome=Outcome.NO_ACTION, answer="He was ill.", by=world.fay, at=world.now)
    decide_not_to_report(incident(world), decided_with="Kit", reason="It was nothing.", by=world.fay, at=world.now)
    safeguarding_referral(world)
    with_agency(world)
    referrals.submitted(world)
    approve_share(share_for_esi(world), by=world.hana, at=world.now)


WRONG = {
    "moved": [{"from_status": ""}, {"to_status": ""}, {"what": "Ended"}, {"kind": "written"}],
    "written": [{"what": ""}, {"from_status": "weekly"}, {"to_status": "weekly"}, {"kind": "moved"}],
}
"""What a move and a line in words may not become, each half alone."""


@each_story
def test_a_move_has_its_states_and_no_sentence_and_any_other_line_only_that(
    world: World, model: type[StoryLine]
) -> None:
    live_through_everything(world)
    let_app_change(model._meta.db_table)
    for kind, changes in WRONG.items():
        line = model._default_manager.filter(kind=kind).latest("pk")
        for half in changes:
            with pytest.raises(IntegrityError, match="moved_or_written"), transaction.atomic():
                model._default_manager.filter(pk=line.pk).update(**half)
    with pytest.raises(IntegrityError, match="kind_known"), transaction.atomic():
        model._default_manager.filter(pk=line.pk).update(kind="told")


@each_story
def test_every_move_is_one_the_lifecycle_allows_and_reads_as_its_state(world: World, model: type[StoryLine]) -> None:
    live_through_everything(world)
    moves = list(model._default_manager.filter(kind="moved"))
    assert moves
    for line in moves:
        lifecycle = line.record.LIFECYCLE
        assert line.to_status in lifecycle.states_after(line.from_status)
        assert line.sentence == lifecycle.states(line.to_status).label


@pytest.mark.parametrize("half", [{"closed_at": None}, {"status": "ending"}])
def test_a_circle_is_closed_at_a_moment_and_no_other_has_one(world: World, half: dict[str, Any]) -> None:
    live_through_everything(world)
    closed = Circle.objects.get(status="closed")
    assert closed.closed_at == world.now
    with pytest.raises(IntegrityError, match="circle_closed_at_a_moment"), transaction.atomic():
        Circle.objects.filter(pk=closed.pk).update(**half)
