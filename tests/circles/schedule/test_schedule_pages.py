"""The pages of the schedule: what Ann changes there and what the circle reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.schedule.models import Variation
from tests.circles.schedule.test_schedule import unplanned_moment
from tests.world import World

AsPerson = Callable[[User], Client]


def url(world: World, name: str, *more: object) -> str:
    return reverse(f"circles:{name}", args=[world.ely.reference, *more])


def test_ann_leaves_a_day_out_and_ben_reads_it(world: World, as_person: AsPerson) -> None:
    ann = as_person(world.ann)
    sent = {"slot": unplanned_moment(world).isoformat(), "kind": "left_out", "words": "Bank holiday."}
    assert ann.post(url(world, "vary"), sent).url == url(world, "schedule")
    body = as_person(world.ben).get(url(world, "schedule")).content.decode()
    assert "Left out" in body
    assert "Bank holiday." in body
    assert "Put back" not in body
    again = ann.post(url(world, "put_back", unplanned_moment(world)))
    assert again.url == url(world, "schedule")
    assert not Variation.objects.exists()


def test_ann_moves_a_day(world: World, as_person: AsPerson) -> None:
    day = (unplanned_moment(world) + timedelta(days=2)).date()
    sent = {
        "slot": unplanned_moment(world).isoformat(),
        "kind": "moved",
        "day_day": day.day,
        "day_month": day.month,
        "day_year": day.year,
        "time": "18:15",
        "place_code": "",
        "words": "Hall in use.",
    }
    ann = as_person(world.ann)
    assert ann.post(url(world, "vary"), sent).status_code == 302
    body = ann.get(url(world, "schedule")).content.decode()
    assert "6:15 pm" in body
    assert "moved from" in body


def test_a_move_without_a_day_says_what_to_write(world: World, as_person: AsPerson) -> None:
    sent = {"slot": unplanned_moment(world).isoformat(), "kind": "moved", "words": "Hall in use."}
    assert "Write the day it moves to" in as_person(world.ann).post(url(world, "vary"), sent).content.decode()


def test_what_was_never_changed_cannot_be_put_back(world: World, as_person: AsPerson) -> None:
    assert as_person(world.ann).get(url(world, "put_back", unplanned_moment(world))).status_code == 404
