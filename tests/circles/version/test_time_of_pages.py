"""A log with the longest possible answers, full of hard words, opens as quickly as another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.log.operations import submit_minutes
from circles.minutes.operations import approve_minutes, return_minutes
from circles.minutes.questions import asked_fields
from circles.minutes.sections import correctable_fields
from tests.circles.log.writing import save_minutes, send
from tests.circles.minutes_share.shares import contact_of
from tests.slow_texts import cpu_seconds_of, slow_text
from tests.world import World

AsPerson = Callable[[User], Client]
MOST_SECONDS = 3
"""For some twenty answers of 8,000 characters, each read several times; a page stops nobody's work."""


@pytest.mark.parametrize(("first", "then"), [("a ", "a a c "), ("Ben ", "Ben Ashby ")])
def test_twenty_answers_of_eight_thousand_characters_are_read_in_seconds(
    world: World, as_person: AsPerson, first: str, then: str
) -> None:
    narrative = [name for name in correctable_fields() if name in asked_fields()]
    assert len(narrative) > 15
    meeting = send(world.meeting, by=world.ben, at=world.now, **dict.fromkeys(narrative, slow_text(first)))
    return_minutes(meeting, reason="Again.", by=world.ann, at=world.now)
    save_minutes(meeting, answers=dict.fromkeys(narrative, slow_text(then)), by=world.ben, at=world.now)  # type: ignore[arg-type]
    submit_minutes(meeting, by=world.ben, at=world.now)
    approve_minutes(meeting, by=world.ann, at=world.now)
    contact_of(world)
    ann = as_person(world.ann)
    for name in ("versions", "meeting", "share_minutes"):
        address = reverse(f"circles:{name}", args=[meeting.reference])
        assert ann.get(address).status_code == 200
        cost = cpu_seconds_of(lambda address=address: ann.get(address))  # type: ignore[misc]
        assert cost < MOST_SECONDS, f"{name}: {cost:.1f} s"
