"""One sight, one line: whatever the page, the method and the status, who is shown a record's words is in the trail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Act, Entry
from concerns.queue.models import Queue
from tests.audit.marked_words import OPENED_MODELS, mark_every_word, owners_of_marks
from tests.pages import PAGES
from tests.table import PEOPLE, Page
from tests.world import World

As = Callable[[User], Client]

TRIED = [page for page in PAGES if not page.name.startswith(("account_", "mfa_"))]
NAMED = [*OPENED_MODELS, User, Queue]
SEEN = [Act.CONSULTED, Act.LISTED]


def reader_of(page: Page, world: World) -> User | None:
    """The first who may open it; else the first who may not."""
    columns = [column for column in PEOPLE if PEOPLE[column]]
    may = [column for column in columns if page.opens[column] in {200, 422}] or columns
    return world.people[str(PEOPLE[may[0]])]


def tries(page: Page, world: World) -> Iterator[tuple[str, Any]]:
    """Method and data of everything that is asked of a page."""
    if page.posts is None:
        yield from [("get", None), ("head", None)]
    else:
        yield "post", page.posts(world)
    yield "post", {}


def ask(client: Client, method: str, address: str, data: Any) -> tuple[HttpResponse, list[Entry]]:
    """The answer, and the lines it added; what was done is undone."""
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    point = transaction.savepoint()
    answer = getattr(client, method)(address, data) if data is not None else getattr(client, method)(address)
    lines = list(Entry.objects.filter(pk__gt=last))
    transaction.savepoint_rollback(point)
    return answer, lines


def what_is_wrong(address: str, answer: HttpResponse, lines: list[Entry]) -> Iterator[str]:
    """Every way in which the answer and its lines do not agree."""
    sights = [line for line in lines if line.act in SEEN]
    body = b"" if answer.streaming else answer.content
    if not body or 300 <= answer.status_code < 400:
        yield from (f"a line for {line.reference} and nothing shown" for line in sights)
        return
    text = body.decode(errors="replace") if "pdf" not in answer["Content-Type"] else ""
    named = {name for line in lines for name in (line.reference, *line.shown)}
    marked = list(owners_of_marks(text))
    yield from (f"words of {owners} and no line" for owners in marked if not owners & named)
    for line in sights:
        if sum(other.reference == line.reference and other.kind == line.kind for other in lines) != 1:
            yield f"more than one line for {line.reference}"
        if text and line.act == Act.CONSULTED and line.kind != "trail" and line.reference not in address + text:
            yield f"a line for {line.reference}, which is not on the page"
        yield from (
            f"{name} named, and not on the page"
            for name in line.shown
            if name not in text and not any(name in owners for owners in marked)
        )
    own = {name for line in lines for name in (line.within, line.actor.reference if line.actor else "")}
    yield from (
        f"{name} linked to, and not named" for name in linked_records(text) - named - own - set(address.split("/"))
    )


LINKED = re.compile(r'href="[^"?#]*/([A-Z]{1,2}-[A-Z0-9-]+)/')


def linked_records(text: str) -> set[str]:
    """References of the records that the middle of the page links to."""
    found = set(LINKED.findall(text.partition("<main")[2]))
    known = [model._default_manager.filter(reference__in=found).values_list("reference", flat=True) for model in NAMED]
    return {reference for references in known for reference in references} if found else set()


@pytest.mark.parametrize("row", TRIED, ids=[f"{page.name}{' POST' if page.posts else ''}" for page in TRIED])
def test_whoever_is_shown_a_records_words_is_in_the_trail_once(row: Page, world: World, as_person: As) -> None:
    address = reverse(row.name, args=row.make(world))
    mark_every_word()
    client = as_person(reader_of(row, world))
    client.raise_request_exception = False
    wrong = {}
    for method, data in tries(row, world):
        answer, lines = ask(client, method, address, data)
        found = sorted(set(what_is_wrong(address, answer, lines)))
        if found:
            wrong[f"{method} {'' if data is None else sorted(data)} {answer.status_code}"] = found
    assert wrong == {}
