"""What each person gets at a page of the table. It is asked once per row, for all tests that look at the row."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from unittest.mock import patch

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from config import urls
from tests.table import PEOPLE, Page
from tests.world import World

BACK = re.compile(r'<a class="govuk-back-link" href="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """The status, the page if there is one, the status of its way back if it has one, and whether the act was done."""

    status: int
    html: str = ""
    back: int | None = None
    is_done: bool = False


class RolledBack(Exception):
    """Rolls a transaction back, and carries the answer out of it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


OF_A_RECORD = re.compile(r"[A-Z]|\d|\?")
"""Finds a reference, a number or a question in an address."""

ALWAYS_THERE: dict[tuple[str, str], int] = {}
"""What each person gets at a way back that names no record, such as home. It is asked once."""

ANSWERS_OF_LAST_ROW: dict[Page, dict[str, Answer]] = {}
"""The answers of the last row that was asked. The tests of a row run one after another (tests/plugin_order.py)."""


def wordless_refusal(status: int) -> Callable[[HttpRequest, Exception], HttpResponse]:
    """A handler that refuses without a page. Making the page would take a third of the time; other tests read it."""
    return lambda request, exception: HttpResponse(status=status)


def answers_to(page: Page, world: World, as_person: Callable[[User], Client]) -> dict[str, Answer]:
    """What each person gets, by column of the table. Whatever they did is rolled back."""
    if page not in ANSWERS_OF_LAST_ROW:
        arguments = page.make(world)
        answers = {}
        with ExitStack() as stack:
            for status in (403, 404):
                stack.enter_context(patch.object(urls, f"handler{status}", wordless_refusal(status), create=True))
            for column, name in PEOPLE.items():
                client = Client() if name is None else as_person(world.people[name])
                answers[column] = answer_to(page, world, client, arguments, column)
        ANSWERS_OF_LAST_ROW.clear()
        ANSWERS_OF_LAST_ROW[page] = answers
    return ANSWERS_OF_LAST_ROW[page]


def answer_to(page: Page, world: World, client: Client, arguments: list[object], column: str) -> Answer:
    """What this browser gets. 302 means that it is sent to sign in; an accepted form counts as 200."""
    address = reverse(page.name, args=arguments)
    try:
        with transaction.atomic():
            data = page.posts(world) if page.posts else None
            answer = client.post(address, data) if data is not None else client.get(address)
            is_done = page.makes is not None and page.makes(world)
            if answer.status_code in {302, 303} and "/login" in answer["Location"]:
                raise RolledBack(Answer(302, is_done=is_done))
            if page.posts:
                status = 200 if answer.status_code in {302, 303} else answer.status_code
                raise RolledBack(Answer(status, is_done=is_done))
            is_page = answer.status_code == 200 and "html" in answer["Content-Type"]
            html = answer.content.decode() if is_page else ""
            raise RolledBack(Answer(answer.status_code, html, _status_of_way_back(client, html, column)))
    except RolledBack as undone:
        return undone.answer


def _status_of_way_back(client: Client, html: str, column: str) -> int | None:
    """The status of the page's way back. It is asked before the rollback, while the record is still there."""
    way_back = BACK.search(html)
    if way_back is None:
        return None
    place = (column, way_back[1])
    if place in ALWAYS_THERE:
        return ALWAYS_THERE[place]
    status = client.get(way_back[1]).status_code
    if not OF_A_RECORD.search(way_back[1]):
        ALWAYS_THERE[place] = status
    return status
