"""The home page: a volunteer's meeting, and everybody's work items."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.minutes.beginning_operations import start_log
from concerns.choices import Level
from concerns.raising.operations import raise_concern
from config.home import _greeting_at
from tests.circles.log.writing import send
from tests.world import World

AsPerson = Callable[[User], Client]


def home(client: Client) -> str:
    answer = client.get(reverse("home"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_ben_starts_tonights_log_with_one_press_from_home(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    body = home(ben)
    for shown in ["Ben", "C-0142", "ELM", "You take the minutes.", "Something worries me", "Start"]:
        assert shown in body
    assert reverse("circles:log", args=[world.meeting.reference]) in body
    for hidden in ["Quayle", "EE-2417-K", "MAPPA"]:
        assert hidden not in body


def test_tom_reads_that_ben_takes_the_minutes(world: World, as_person: AsPerson) -> None:
    assert "Ben takes the minutes." in home(as_person(world.tom))


def test_a_log_begun_is_carried_on_from_home(world: World, as_person: AsPerson) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    assert "Carry on with the log" in home(as_person(world.ben))


def test_cas_who_left_is_told_she_belongs_to_no_circle(world: World, as_person: AsPerson) -> None:
    body = home(as_person(world.cas))
    assert "You belong to no circle that meets now" in body
    assert "C-0142" not in body


def test_concerns_and_minutes_wait_for_ann_together_the_pressing_first(world: World, as_person: AsPerson) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.URGENT,
        words="He has a second phone.",
        by=world.ben,
        at=world.now,
    )
    shown = as_person(world.ann).get(reverse("home")).context
    items = [*shown["at_once"], *shown["waiting"]]
    assert [item.must_act for item in items] == [True, False]
    assert items[1].title.startswith("Read the minutes")


def test_nothing_waits_for_gil(world: World, as_person: AsPerson) -> None:
    assert "Nothing waits for you." in home(as_person(world.gil))


@pytest.mark.parametrize(("hour", "said"), [(8, "Good morning"), (13, "Good afternoon"), (20, "Good evening")])
def test_the_greeting_follows_londons_clock(hour: int, said: str) -> None:
    assert _greeting_at(datetime(2027, 1, 14, tzinfo=UTC) + timedelta(hours=hour)) == said
