"""The list of bank holidays ends one day: it is told in time, and a manager adds the next year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from concerns.ladder.models import Holiday, working_time
from concerns.ladder.operations import MOST_AHEAD, extend_holidays
from concerns.watch.reconcile import holiday_sentences
from concerns.worklist import work_of
from core.errors import Refused
from tests.world import World

As = Callable[[User], Client]
LAST = date(2032, 12, 31)


def titles_about_holidays(person: User, at: datetime) -> list[str]:
    """What this person's list says of the bank holidays."""
    return [item.title for item in work_of(person, at) if "bank holidays" in item.title]


def test_the_last_year_is_on_the_list(world: World) -> None:
    assert Holiday.objects.known_until() == LAST
    asked = datetime(2032, 12, 24, 16, tzinfo=UTC)
    assert working_time().add(asked, timedelta(hours=8)) == datetime(2032, 12, 29, 16, tzinfo=UTC)


def test_a_day_off_far_ahead_does_not_make_its_year_known(world: World) -> None:
    Holiday.objects.create(day=date(2035, 6, 4), name="A royal wedding")
    assert Holiday.objects.known_until() == LAST


@pytest.mark.parametrize(
    ("at", "asked", "told"), [((2026, 6, 17), 0, 0), ((2031, 8, 1), 1, 0), ((2032, 10, 1), 1, 1), ((2033, 5, 1), 1, 1)]
)
def test_it_is_told_in_time(world: World, at: tuple[int, int, int], asked: int, told: int) -> None:
    moment = datetime(*at, 9, tzinfo=UTC)
    assert len(titles_about_holidays(world.hana, moment)) == asked
    assert titles_about_holidays(world.ann, moment) == []
    assert len(holiday_sentences(moment)) == told


def test_hana_adds_the_next_year_and_nothing_is_asked_any_more(world: World, as_person: As) -> None:
    hana = as_person(world.hana)
    assert "known until 31 December 2032" in hana.get(reverse("concerns:ladder")).content.decode()
    hana.post(reverse("concerns:next_year_of_holidays"))
    assert Holiday.objects.known_until() == date(2033, 12, 31)
    assert Holiday.objects.filter(day=date(2033, 12, 26)).exists()
    assert holiday_sentences(datetime(2032, 10, 1, tzinfo=UTC)) == []


def test_only_so_many_years_are_added_and_only_by_a_manager(world: World) -> None:
    with pytest.raises(PermissionDenied):
        extend_holidays(by=world.ann, at=world.now)
    last = world.now.year + MOST_AHEAD
    while Holiday.objects.known_until() != date(last, 12, 31):
        extend_holidays(by=world.hana, at=world.now)
    with pytest.raises(Refused, match="far enough"):
        extend_holidays(by=world.hana, at=world.now)
