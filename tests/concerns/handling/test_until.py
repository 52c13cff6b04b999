"""I have it until: a few moments one tap away, and another time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from concerns.choices import Level
from concerns.engine.models import Acknowledgement
from concerns.handling.forms import AcknowledgeForm, suggested_moments
from core.worktime import LONDON
from tests.concerns.engine.raising import worry
from tests.world import World

As = Callable[[User], Client]
HOUR = timedelta(hours=1)
NINE = datetime(2027, 3, 8, 9, tzinfo=LONDON)
"""A Monday morning."""


def times_offered(at: datetime, latest: datetime) -> list[str]:
    return [words for _, words in suggested_moments(at, latest)]


@pytest.mark.parametrize(
    ("within", "words"),
    [
        (HOUR, ["In half an hour", "In an hour", "Another time"]),
        (4 * HOUR, ["In half an hour", "In an hour", "In four hours", "Another time"]),
        (32 * HOUR, ["In an hour", "In four hours", "Today", "Tomorrow", "Another time"]),
        (73 * HOUR, ["In four hours", "Today", "Tomorrow", "In three days", "Another time"]),
    ],
)
def test_no_moment_offered_is_beyond_what_the_level_allows(within: timedelta, words: list[str]) -> None:
    assert [each.split(",")[0] for each in times_offered(NINE, NINE + within)] == words


def test_a_choice_says_its_day_once() -> None:
    evening = datetime(2027, 3, 8, 18, tzinfo=LONDON)
    with time_machine.travel(evening, tick=False):
        words = times_offered(evening, evening + 32 * HOUR)
    assert words[-3:-1] == ["In four hours, 10:00 pm", "Tomorrow, 9:30 am"]


def test_late_in_the_evening_today_is_not_offered() -> None:
    assert not any(each.startswith("Today") for each in times_offered(NINE.replace(hour=21), NINE + timedelta(days=2)))


def test_tomorrow_is_half_past_nine_in_london_when_the_clocks_go_forward() -> None:
    eve = datetime(2027, 3, 27, 12, tzinfo=LONDON)
    chosen = next(
        value for value, words in suggested_moments(eve, eve + timedelta(days=2)) if words.startswith("Tomorrow")
    )
    assert datetime.fromisoformat(chosen) == datetime(2027, 3, 28, 9, 30, tzinfo=LONDON)


@pytest.mark.parametrize("level", [Level.IMMEDIATE, Level.URGENT])
def test_esi_may_take_the_longest_moment_the_level_allows_and_the_page_offers_it(
    world: World, as_person: As, level: Level
) -> None:
    concern = worry(world, level, at=timezone.now())
    page = as_person(world.esi).get(f"/concerns/{concern.reference}/").content.decode()
    assert {Level.IMMEDIATE: "In an hour", Level.URGENT: "In four hours"}[level] in page


def send(as_person: As, world: World, **data: str) -> tuple[int, str]:
    concern = worry(world, at=timezone.now())
    named = {f"acknowledge-{name}": value for name, value in data.items()}
    answer = as_person(world.esi).post(f"/concerns/{concern.reference}/acknowledge/", named)
    return answer.status_code, answer.content.decode()


def test_another_time_typed_without_script_is_londons(world: World, as_person: As) -> None:
    at = (timezone.now() + 2 * HOUR).replace(second=0, microsecond=0)
    status, _ = send(as_person, world, until="other", other=f"{at.astimezone(LONDON):%d/%m/%Y %H:%M}")
    assert status == 302
    assert Acknowledgement.objects.get().until == at


def test_another_time_chosen_in_the_browsers_own_box(world: World, as_person: As) -> None:
    at = (timezone.now() + 2 * HOUR).replace(second=0, microsecond=0)
    status, _ = send(as_person, world, until="other", other=f"{at.astimezone(LONDON):%Y-%m-%dT%H:%M}")
    assert status == 302
    assert Acknowledgement.objects.get().until == at


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Choose until when you have it."),
        ({"until": "other"}, "Write the day and the time, or choose one of the times offered."),
        ({"until": "other", "other": "after lunch"}, "Write a day and a time, such as 27/03/2027 14:30."),
        ({"until": "whenever"}, "Choose until when you have it."),
        ({"until": "2031-01-01T10:00"}, "Choose until when you have it."),
        ({"until": "2031-01-01T10:00+00:00"}, "Choose a time no later than"),
        ({"until": "2020-01-01T10:00+00:00"}, "Choose a time later than now."),
    ],
)
def test_what_cannot_be_promised_is_said_in_words_and_the_plan_is_kept(
    world: World, as_person: As, data: dict[str, str], said: str
) -> None:
    status, page = send(as_person, world, plan="Home visit at eleven.", **data)
    assert status == 422
    assert said in page
    assert "Home visit at eleven.</textarea>" in page
    assert not Acknowledgement.objects.exists()


def test_a_moment_offered_some_minutes_ago_still_counts() -> None:
    value, _ = suggested_moments(NINE, NINE + 4 * HOUR)[0]
    form = AcknowledgeForm({"until": value}, at=NINE + timedelta(minutes=7), latest=NINE + 4 * HOUR)
    assert form.is_valid()
    assert form.cleaned_data["until"] == NINE + timedelta(minutes=30)
