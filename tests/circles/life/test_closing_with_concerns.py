"""A circle may close while a concern is open: the concern keeps its answerers, and closing takes sight from none."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from circles.circle.models import Circle
from concerns.choices import Level
from concerns.concern.models import Concern
from concerns.engine.models import EscalationStep
from concerns.engine.responders import responders_for
from concerns.handling.promise_operations import acknowledge_concern
from concerns.raising.operations import raise_concern
from tests.circles.life.preparing import end_and_close
from tests.concerns.engine.raising import WORDS
from tests.world import World


def test_an_open_concern_stays_with_ann_and_hana_when_its_circle_closes(world: World) -> None:
    concern = raise_concern(
        world.ely, submit_key=uuid4(), level=Level.PRIORITY, words=WORDS, by=world.ben, at=world.now
    )
    before = set(responders_for(concern))
    closed = end_and_close(world.ely, world)
    assert closed.status == Circle.Status.CLOSED
    concern = Concern.objects.get(pk=concern.pk)
    assert set(responders_for(concern)) == before
    assert {world.ann, world.hana} <= before
    for person in before:
        assert Concern.objects.visible_to(person).contains(concern)
    assert EscalationStep.objects.pending().filter(concern=concern).exists()
    taken = acknowledge_concern(concern, until=world.now + timedelta(hours=2), by=world.ann, at=world.now)
    assert taken.status == Concern.Status.ACKNOWLEDGED


def test_ben_who_raised_it_still_follows_it_after_the_circle_has_closed(world: World) -> None:
    concern = raise_concern(world.ely, submit_key=uuid4(), level=Level.LOG, words=WORDS, by=world.ben, at=world.now)
    end_and_close(world.ely, world)
    assert not Circle.objects.visible_to(world.ben).exists()
    assert Concern.objects.visible_to(world.ben).contains(concern)
