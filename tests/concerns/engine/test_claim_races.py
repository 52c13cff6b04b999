"""Two hands on one concern: a claim beside a claim, a claim beside a move."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from concerns.choices import Side
from concerns.concern.models import Concern
from concerns.engine.models import Acknowledgement
from concerns.handling.move_operations import move_to_queue
from concerns.handling.promise_operations import acknowledge_concern, claim_concern
from core.errors import Refused
from tests.concerns.engine.raising import pending, worry
from tests.concerns.engine.test_races import HOUR, run_together
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

ROUNDS = 15


def test_of_three_who_claim_at_once_one_has_it_and_the_others_are_told_who(world: World) -> None:
    people = [world.esi, world.oz, world.ivor]
    for _ in range(ROUNDS):
        concern = worry(world)
        raised = run_together(*[partial(claim_concern, concern, by=person, at=world.now) for person in people])
        concern.refresh_from_db()
        assert concern.claimed_by is not None
        assert len(raised) == 2
        for refusal in raised:
            assert isinstance(refusal, Refused)
            assert concern.claimed_by.full_name in refusal.message


def test_a_claim_or_a_promise_beside_a_move_never_stays_beyond_the_wall(world: World) -> None:
    for _ in range(ROUNDS):
        concern = worry(world)
        raised = run_together(
            partial(move_to_queue, concern, queue=world.norfolk, reason="He moved.", by=world.ann, at=world.now),
            partial(claim_concern, concern, by=world.oz, at=world.now),
            partial(acknowledge_concern, concern, until=world.now + HOUR, by=world.esi, at=world.now),
        )
        assert all(isinstance(refusal, PermissionDenied) for refusal in raised)
        concern = Concern.objects.get(pk=concern.pk)
        assert (concern.queue, concern.claimed_by) == (world.norfolk, None)
        held = pending(concern, Side.AGENCY).promise
        assert held is None
    assert Acknowledgement.objects.count() <= ROUNDS
