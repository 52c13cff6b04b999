"""Nobody who must not know of a concern finds a trace of it, anywhere they can go, in any letter they get.

Each test makes the concern exist first: the rightful reader finds it. Then the other's pages are read
before and after, and must be the same: no word, no reference, and no number that has grown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from alerts.message.models import Alert
from alerts.outbox.operations import send_due
from concerns.watch.sweep import sweep
from tests.circles.review.reviews import shared_review
from tests.concerns.wall.crawling import calendar_of, crawl, mails_to, text_of
from tests.concerns.wall.poison import POISON, Poisoned, marks_in, plain, poison
from tests.world import World

As = Callable[[User], Client]

READS_THE_TRAIL = ("/trail/", "/who-looked/", "/core-members/")
"""Grow by the crawl's own opening of pages; their words are looked at all the same."""

WALLS = {
    "the coordinator it is about": ("ann", "ann", "hana"),
    "the volunteer it is about": ("ben", "ben", "ann"),
    "the manager it is about": ("hana", "hana", "ann"),
    "the safeguarding lead it is about": ("fay", "fay", "hana"),
    "the director it is about": ("kit", "kit", "fay"),
    "a volunteer of the same circle": ("tom", None, "ann"),
    "a volunteer who left": ("cas", None, "ann"),
    "a volunteer elsewhere": ("dev", None, "ann"),
    "a coordinator elsewhere": ("pat", None, "ann"),
    "a liaison of another queue": ("lou", None, "esi"),
    "a liaison of no queue": ("max", None, "ivor"),
    "the technician, who is a superuser": ("gil", None, "hana"),
}
"""Who must not know, whom it is about, and who finds it."""


@pytest.fixture(autouse=True)
def one_moment(world_now: datetime) -> Iterator[None]:
    """The clock stands at the world's present, so that two readings of one page differ only in what was done between."""
    with time_machine.travel(world_now + timedelta(minutes=1), tick=False):
        yield


def finds(client: Client, made: Poisoned) -> bool:
    """From a list of theirs to the concern, with its words on its page."""
    lists = text_of(client.get("/")) + text_of(client.get("/concerns/"))
    return made.concern.reference in lists and POISON in text_of(client.get(made.concern.get_absolute_url()))


def addresses_that_changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """Addresses that are new, gone or read otherwise than before."""
    return {
        where
        for where in before.keys() | after.keys()
        if before.get(where) != after.get(where) and not any(each in where for each in READS_THE_TRAIL)
    }


@pytest.mark.parametrize("who", WALLS)
def test_whoever_must_not_know_of_a_concern_finds_no_trace_of_it(world: World, as_person: As, who: str) -> None:
    name, about, finder = WALLS[who]
    person, linked = world.people[name], plain(world)
    shared_review(world)
    client, calendar = as_person(person), calendar_of(world, name)
    sweep(at=timezone.now())
    for address in (linked.get_absolute_url(), *calendar):
        client.get(address)
    before = crawl(client, *calendar)
    made = poison(world, about=world.people[about] if about else None, linked=linked)
    after = crawl(client, *calendar)
    assert marks_in(after, made) == {}
    assert addresses_that_changed(before, after) == set()
    assert finds(as_person(world.people[finder]), made), "whoever may see it must find it, or nothing is proved"
    send_due(at=timezone.now())
    assert not Alert.objects.filter(recipient=person, key__startswith=made.concern.reference).exists()
    assert all(mark not in said for said in mails_to(person.email) for mark in made.marks)
