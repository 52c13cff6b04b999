"""What somebody may do is found without knowing an address: a chain of links leads from the first page to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from concerns.choices import Level
from core.worklist import Rank, WorkItem, sort_work
from tests.concerns.engine.raising import worry
from tests.pages import PAGES
from tests.table import PEOPLE
from tests.world import World

As = Callable[[User], Client]

CHAINS = {
    "help": ["home"],
    "accounts:people": ["home"],
    "accounts:invite": ["home", "accounts:people"],
    "concerns:raise": ["home"],
}
"""The page, and the pages a person goes through to it."""

NOBODY_THERE_RAISES = {
    "volunteer elsewhere",
    "director",
    "liaison",
    "liaison elsewhere",
    "liaison of no queue",
    "MAPPA coordinator",
    "data-protection lead",
    "technician",
    "coordinator elsewhere",
    "volunteer who left",
}


def who_may() -> list[tuple[str, str]]:
    rows = {page.name: page for page in PAGES if page.posts is None and page.name in CHAINS}
    return [
        (name, column)
        for name, page in rows.items()
        for column in PEOPLE
        if page.opens[column] == 200 and not (name == "concerns:raise" and column in NOBODY_THERE_RAISES)
    ]


@pytest.mark.parametrize(("name", "column"), who_may())
def test_a_chain_of_links_leads_there(name: str, column: str, world: World, as_person: As) -> None:
    client = as_person(world.people[str(PEOPLE[column])])
    chain = [*CHAINS[name], name]
    for here, there in pairwise(chain):
        assert f'href="{reverse(there)}"' in client.get(reverse(here)).content.decode(), f"{here} to {there}"


def test_what_ben_wrote_and_has_not_sent_stands_first() -> None:
    late = WorkItem("Write the minutes", "/a/", must_act=True, detail="Circle C-0142")
    unsent = WorkItem(
        "You wrote something and have not sent it", "/b/", rank=Rank.UNSENT, detail="Circle C-0142, begun today."
    )
    assert sort_work([late, unsent], datetime.now(UTC)) == [unsent, late]


def test_two_links_of_two_circles_do_not_read_alike() -> None:
    links = [
        WorkItem("Read the minutes of 3 March", "/a/", detail=f"Circle {name}").link for name in ("C-0142", "C-0150")
    ]
    assert links == ["Read the minutes of 3 March · C-0142", "Read the minutes of 3 March · C-0150"]
    assert WorkItem("Late: C-0142", "/a/", detail="Circle C-0142").link == "Late: C-0142"


@pytest.mark.parametrize("name", ["ben", "ann", "hana"])
def test_no_two_links_of_a_first_page_read_alike(name: str, world: World, as_person: As) -> None:
    for level in (Level.URGENT, Level.URGENT, Level.LOG):
        worry(world, level)
    html = as_person(world.people[name]).get("/").content.decode()
    waiting = re.findall(r'<a href="([^"]+)">(.+?)</a>', html.partition('class="wm-waiting"')[2])
    assert waiting
    words: dict[str, set[str]] = {}
    for address, said in waiting:
        words.setdefault(said, set()).add(address)
    assert {said: to for said, to in words.items() if len(to) > 1} == {}


def test_hana_reads_who_is_alerted_before_a_rehearsal_alerts_anybody(world: World, as_person: As) -> None:
    hana = as_person(world.hana)
    address = reverse("concerns:start_drill", args=[world.queue.reference])
    asked = hana.get(address).content.decode()
    assert world.esi.full_name in asked
    assert not world.queue.drills.exists()
    assert hana.post(address).status_code == 302
    assert world.queue.drills.exists()


def test_no_link_leads_where_the_reader_may_not_go(world: World, as_person: As) -> None:
    circle = world.meeting.circle.reference
    read = {
        ("kit", reverse("concerns:all")): reverse("concerns:simulator"),
        ("fay", reverse("circles:choose_venue", args=[circle])): reverse("circles:add_venue"),
    }
    for (name, address), there in read.items():
        client = as_person(world.people[name])
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert f'href="{there}"' not in answer.content.decode(), f"{name}: {address} to {there}"
        assert client.get(there).status_code == 403
