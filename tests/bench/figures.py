"""Prints how long people wait: for pages, for raising a concern, for a step to fire. Medians, and the worst."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.outbox.operations import send_due
from concerns.choices import Side
from concerns.engine.models import EscalationStep
from concerns.engine.operations import fire_due_concerns
from core.keyring import get_keyring
from offenders.core_member.models import CoreMember
from offenders.identity.models import Identity, IdentityIndex
from offenders.identity.operations import find_person, write_identity
from offenders.identity.particulars import Particulars, indexes_of
from offenders.identity.sealing import seal_particulars
from tests.concerns.engine.raising import steps_of_copies, worry
from tests.pages import PAGES
from tests.table import Page
from tests.test_pages_queries import first_who_may
from tests.world import World

TIMES = 15
PAGE_NAMES = ["home", "circles:circle", "circles:log_page", "concerns:queue", "concerns:concern", "audit:entries"]
ROWS = [next(page for page in PAGES if page.name == name and page.posts is None) for name in PAGE_NAMES]


@contextmanager
def _measure_time(into: list[float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    into.append((time.perf_counter() - began) * 1000)


def _percentile(taken: list[float], share: int) -> float:
    return statistics.quantiles(taken, n=100)[share - 1]


def _print_figures(what: str, taken: list[float]) -> None:
    print(
        f"\n{what:32} median {statistics.median(taken):8.1f} ms   worst {max(taken):8.1f} ms   n {len(taken)}", end=""
    )


@pytest.mark.parametrize("page", ROWS, ids=PAGE_NAMES)
def test_a_page_of_each_kind(page: Page, world: World, as_person: Callable[[User], Client]) -> None:
    address, client = reverse(page.name, args=page.make(world)), as_person(first_who_may(page, world))
    client.get(address)
    taken: list[float] = []
    for _ in range(TIMES):
        with _measure_time(taken):
            assert client.get(address).status_code == 200
    _print_figures(page.name, taken)


def test_raising_and_firing(world: World) -> None:
    raising: list[float] = []
    for _ in range(TIMES * 2):
        with _measure_time(raising):
            worry(world)
    _print_figures("raising a concern", raising)
    due = world.now + timedelta(hours=3)
    before = EscalationStep.objects.due(due).count()
    assert before
    firing: list[float] = []
    with _measure_time(firing):
        fire_due_concerns(at=due)
    assert EscalationStep.objects.due(due).count() == 0
    _print_figures(f"firing {before} due steps", firing)


def test_fifteen_hundred_steps_due_at_once_are_all_fired_and_all_sent(world: World) -> None:
    """The whole of E28: sweep after sweep takes what was beyond the limit of the one before."""
    one, due = worry(world), world.now + timedelta(minutes=30)
    send_due(at=world.now)
    mail.outbox.clear()
    steps_of_copies(one, 1499, due_at=due)
    firing: list[float] = []
    sending: list[float] = []
    for done in (600, 600, 300, 0):
        with _measure_time(firing):
            assert fire_due_concerns(at=due, limit=600) == done
    assert EscalationStep.objects.filter(side=Side.CHARITY, rung=1, fired_at=due).count() == 1500
    for done in (600, 600, 300, 0):
        with _measure_time(sending):
            assert send_due(at=due, limit=600) == done
    assert len(mail.outbox) == len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1500
    _print_figures("firing 1,500 due at once, by 600", firing)
    _print_figures("sending them, by 600", sending)


RECORDS, SEARCHES, AT_ONCE = 100_000, 300, 2_000


def _seal_many(world: World) -> None:
    """A hundred thousand people, each sealed with a data key of their own and found by four hashes."""
    keyring = get_keyring()
    for start in range(0, RECORDS, AT_ONCE):
        identities, indexes = [], []
        for number in range(start, start + AT_ONCE):
            identity = Identity(written_at=world.now, written_by=world.ann)
            particulars = particulars_of(number)
            seal_particulars(identity, particulars, keyring)
            identities.append(identity)
            indexes += [IdentityIndex(identity=identity, digest=one) for one in indexes_of(particulars, keyring)]
        Identity.objects.bulk_create(identities)
        IdentityIndex.objects.bulk_create(indexes)


def particulars_of(number: int) -> Particulars:
    """Somebody invented; no two have the same number, and many have the same name."""
    letters = "".join(chr(97 + int(figure)) for figure in f"{number % 5000:04}")
    return Particulars(
        surname=f"Quill{letters}",
        first_names="Jo",
        born_on=date(1950, 1, 1) + timedelta(days=number % 15_000),
        pnc=f"1999/{number:07}Q",
        crn=f"X{number:06}",
    )


def test_an_exact_search_over_a_hundred_thousand_sealed_people(world: World) -> None:
    """At most 20 ms for 95 of 100: the whole operation, with its line in the trail."""
    _seal_many(world)
    paul = CoreMember.objects.get(pk=world.core_member.pk)
    write_identity(paul, particulars_of(RECORDS), by=world.ann, at=world.now)
    taken: list[float] = []
    for number in range(SEARCHES):
        person = particulars_of(RECORDS if number % 10 == 0 else number * 331)
        how = {"number": person.crn} if number % 2 else {"name": person.full_name, "born_on": person.born_on}
        with _measure_time(taken):
            found = find_person(by=world.ann, at=world.now, **how)  # type: ignore[arg-type]
        assert ("EE-2417-K" in [record.reference for record in found]) == (number % 10 == 0)
    _print_figures("searching 100,000 sealed people", taken)
    print(f"   p50 {_percentile(taken, 50):.1f} ms   p95 {_percentile(taken, 95):.1f} ms", end="")
    assert _percentile(taken, 95) <= 20
