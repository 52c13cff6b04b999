"""Two worlds that differ only in what somebody may not see answer that person with the same bytes, headers and counts."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from difflib import unified_diff
from typing import NamedTuple

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from django.utils import timezone

from accounts.models import User
from alerts.watch.heartbeat import record_heartbeat
from circles.circle.models import Circle
from concerns.watch.sweep import CHECKER
from tests.concerns.wall.crawling import CHANGING, ELSEWHERE, LINK, local, text_of, without_arguments
from tests.offenders.wall.walled_man import KNOWN_AS, make_walled_man
from tests.world import World

As = Callable[[User], Client]


class Answer(NamedTuple):
    words: str
    headers: str
    statements: int


@pytest.fixture(autouse=True)
def one_moment(world_now: datetime) -> Iterator[None]:
    """The clock stands, so that two readings of one page differ only in what was done between."""
    with time_machine.travel(world_now + timedelta(minutes=1), tick=False):
        yield


def name_of(address: str) -> str:
    """The page's name, or the address itself where it is no page of ours."""
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return address


def open_page(client: Client, address: str) -> Answer:
    """One answer, as long as the checker has run. The sight that opening a page writes is rolled back, so that no page counts another's opening."""
    point = transaction.savepoint()
    record_heartbeat(CHECKER, at=timezone.now())
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, headers={"accept": "text/html"})
    transaction.savepoint_rollback(point)
    headers = CHANGING.sub(
        "", str(sorted((name, said) for name, said in answer.headers.items() if name != "Content-Security-Policy"))
    )
    return Answer(text_of(answer), headers, len(captured.captured_queries))


def pages_of(client: Client, *first: str) -> dict[str, Answer]:
    """One address of each page that this person reaches from these and what names no record, and its answer."""
    waiting, answers, names = deque(["/", *first, *without_arguments()]), dict[str, Answer](), set[str]()
    while waiting:
        address = waiting.popleft()
        name = name_of(address)
        if name in names or address.startswith(ELSEWHERE):
            continue
        names.add(name)
        answers[address] = open_page(client, address)
        waiting.extend(local(address, link) for link in LINK.findall(answers[address].words))
    return answers


def differences(address: str, one: Answer, other: Answer) -> list[str]:
    """The lines that differ between two answers of one page, and the counts if they do."""
    first, second = (
        f"{answer.statements} statements\n{answer.headers}\n{answer.words}".splitlines() for answer in (one, other)
    )
    lines = unified_diff(first, second, lineterm="", n=0)
    return [f"{address} {line}" for line in lines if line[:2] not in {"--", "++", "@@"}]


@pytest.mark.parametrize(("name", "least"), [("hana", 60), ("gil", 15)])
def test_a_walled_man_changes_no_page_of_whom_his_wall_keeps_out(
    world: World, as_person: As, name: str, least: int
) -> None:
    person = world.people[name]
    client = as_person(person)
    without = pages_of(client, world.dev.volunteer.get_absolute_url(), world.dev.get_absolute_url())
    assert len(without) >= least, "what is not read proves nothing"
    point = transaction.savepoint()
    make_walled_man(world, world.hana, world.gil)
    beside = {address: open_page(client, address) for address in without}
    finds = text_of(as_person(world.ann).get("/circles/"))
    assert KNOWN_AS in finds or Circle.objects.get(known_as=KNOWN_AS).reference in finds, (
        "he must exist, or nothing is proved"
    )
    transaction.savepoint_rollback(point)
    changed = [address for address in without if beside[address] != without[address]]
    again = {address: open_page(client, address) for address in changed}
    differ = [line for address in changed for line in differences(address, beside[address], again[address])]
    assert not differ, "\n".join(differ)
