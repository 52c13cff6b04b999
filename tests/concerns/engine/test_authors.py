"""Whoever wrote a concern, or whom it is about, never has it, by whatever act (escalation.md 1.6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import User
from concerns.choices import Level, Side
from concerns.concern.models import Concern
from concerns.engine.models import Acknowledgement
from concerns.handling.operations import record_action
from concerns.handling.promise_operations import acknowledge_concern, write_promise
from concerns.handling.triage_operations import triage_concern, watch_in_circle
from concerns.raising.operations import raise_concern
from core.errors import Refused
from tests.concerns.engine.raising import WORDS, pending, story
from tests.world import World

HOUR = timedelta(hours=1)


def concern_by_ann(world: World) -> Concern:
    """Ann wrote it, and Hana has it."""
    concern = raise_concern(
        world.ely, submit_key=uuid4(), level=Level.PRIORITY, words=WORDS, by=world.ann, at=world.now
    )
    return acknowledge_concern(concern, until=world.now + HOUR, by=world.hana, at=world.now)


def test_what_ann_did_about_her_own_is_written_and_hana_has_it_still(world: World) -> None:
    concern = record_action(concern_by_ann(world), what="Rang the school.", by=world.ann, at=world.now)
    assert "Action Rang the school." in story(concern)
    assert pending(concern, Side.CHARITY).due_at == world.now + HOUR
    assert not Acknowledgement.objects.filter(by=world.ann).exists()


def test_anns_form_asks_what_she_did_and_not_until_when_she_has_it(
    world: World, as_person: Callable[[User], Client]
) -> None:
    concern, ann = concern_by_ann(world), as_person(world.ann)
    page = ann.get(concern.get_absolute_url()).content.decode()
    assert 'name="action-what"' in page
    assert 'name="action-until"' not in page
    sent = ann.post(f"{concern.get_absolute_url()}action/", {"action-what": "Rang the school."})
    assert sent.status_code == 302
    assert "Action Rang the school." in story(concern)


def test_somebody_else_says_until_when_they_have_it(world: World) -> None:
    with pytest.raises(Refused, match="until when"):
        record_action(concern_by_ann(world), what="Rang the school.", by=world.hana, at=world.now)


def test_ann_does_not_have_her_own_watched_and_hana_does(world: World) -> None:
    concern = triage_concern(concern_by_ann(world), level=Level.PRIORITY, by=world.fay, at=world.now)
    with pytest.raises(PermissionDenied):
        watch_in_circle(concern, plan="Saturdays.", until=world.now + HOUR, by=world.ann, at=world.now)
    watch_in_circle(concern, plan="Saturdays.", until=world.now + HOUR, by=world.hana, at=world.now)


@pytest.mark.parametrize("name", ["ben", "tom"])
def test_no_act_that_is_still_to_be_written_can_promise_for_them_either(world: World, name: str) -> None:
    concern = raise_concern(
        world.ely, submit_key=uuid4(), level=Level.LOG, words=WORDS, about=world.tom, by=world.ben, at=world.now
    )
    with pytest.raises(Refused, match="somebody else must have it"):
        write_promise(concern, Side.CHARITY, until=world.now + HOUR, plan="", by=world.people[name], at=world.now)
