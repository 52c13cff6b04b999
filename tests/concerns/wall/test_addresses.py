"""Every address of a concern and of what was told of it answers a stranger as if there were nothing there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver

from accounts.models import User
from concerns.choices import Level
from concerns.raising.operations import raise_concern
from tests.concerns.wall.crawling import patterns, text_of
from tests.concerns.wall.poison import POISON, plain, poison
from tests.world import World

As = Callable[[User], Client]

NO_CONCERN, NO_SHARE = "K-22222", "S-22222"
"""References nobody has."""

STRANGERS = ["pat", "lou", "jo"]
CALLS = ["get", "post"]


def addresses(concern: str, share: str) -> list[str]:
    """Every address below /concerns/ that names a concern or a share, with these references in it."""
    routes = [route for route, _ in patterns(get_resolver()) if route.startswith("concerns/") and "<ref:" in route]
    filled = [
        re.sub(r"<int:\w+>", "1", re.sub(r"<ref:\w+>", share if "shares/" in route else concern, route))
        for route in routes
    ]
    return [f"/{address}" for address in filled if "<" not in address]


def answer_to_call(client: Client, call: str, address: str) -> tuple[int, str]:
    """What comes back, with the references that were asked for taken out of it."""
    said = text_of(getattr(client, call)(address))
    return int(said[:3]), re.sub(r"\b[KS]-[0-9A-Z]{5}\b", "", said)


def test_the_address_book_is_walked_whole() -> None:
    walked = addresses("K-11111", "S-11111")
    assert len([address for address in walked if "/K-11111/" in address]) >= 25
    assert len([address for address in walked if "/S-11111/" in address]) >= 5


@pytest.fixture(autouse=True)
def one_moment(world_now: datetime) -> Iterator[None]:
    """The clock stands, so that two answers to one person differ only in what was asked for."""
    with time_machine.travel(world_now + timedelta(minutes=1), tick=False):
        yield


@pytest.mark.parametrize("name", STRANGERS)
def test_a_concern_that_is_not_and_one_that_is_hidden_answer_alike_everywhere(
    world: World, as_person: As, name: str
) -> None:
    made = poison(world)
    client = as_person(world.people[name])
    for call in CALLS:
        hidden = addresses(made.concern.reference, made.share.reference)
        for there, nowhere in zip(hidden, addresses(NO_CONCERN, NO_SHARE), strict=True):
            status, said = answer_to_call(client, call, there)
            assert (status, said) == answer_to_call(client, call, nowhere), f"{call} {there}"
            assert status in {403, 404, 405}, f"{call} {there}"
            assert POISON not in said


def test_ann_whom_it_is_about_gets_the_same_answers_as_a_stranger(world: World, as_person: As) -> None:
    made = poison(world, about=world.ann)
    client = as_person(world.ann)
    for call in CALLS:
        for there, nowhere in zip(
            addresses(made.concern.reference, made.share.reference), addresses(NO_CONCERN, NO_SHARE), strict=True
        ):
            assert answer_to_call(client, call, there) == answer_to_call(client, call, nowhere), f"{call} {there}"


def test_hana_who_may_see_it_finds_something_at_nearly_every_one_of_them(world: World, as_person: As) -> None:
    made = poison(world, about=world.ann)
    client = as_person(world.hana)
    found = [
        address
        for address in addresses(made.concern.reference, made.share.reference)
        if answer_to_call(client, "get", address)[0] in {200, 302, 405}
    ]
    assert len(found) >= 30


@pytest.mark.parametrize("act", ["link", "merge"])
def test_naming_a_hidden_concern_in_a_form_is_answered_like_naming_none(world: World, as_person: As, act: str) -> None:
    mine = plain(world)
    hidden = raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.URGENT,
        words=f"{POISON}.",
        about=world.ann,
        by=world.ben,
        at=world.now,
    )
    client = as_person(world.ann)
    field = {"link": "other", "merge": "into"}[act]
    said = []
    for reference in (hidden.reference, NO_CONCERN):
        sent = {f"{act}-{field}": reference, f"{act}-why": "One thing.", f"{act}-reason": "One thing."}
        answer = client.post(f"{mine.get_absolute_url()}{act}/", sent)
        assert answer.status_code == 422
        said.append(text_of(answer).replace(reference, ""))
    assert said[0] == said[1]
