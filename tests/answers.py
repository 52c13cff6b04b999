"""What everybody gets at a page of the table, asked once for the tests that look at it one after another."""

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
    """The status; the page itself where there is one to look at; and what its way back answers, if it was asked."""

    status: int
    html: str = ""
    back: int | None = None


class Undone(Exception):
    """Carries an answer out of a transaction that is rolled back."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


LAST: dict[Page, dict[str, Answer]] = {}
"""The row asked for last: its tests stand next to each other (tests/conftest.py)."""


def briefly(status: int) -> Callable[[HttpRequest, Exception], HttpResponse]:
    """A refusal in no words. How one reads is looked at elsewhere; making its page would be a third of the asking."""
    return lambda request, exception: HttpResponse(status=status)


def answers_to(page: Page, world: World, as_person: Callable[[User], Client]) -> dict[str, Answer]:
    """By column of the table, what each person gets, with whatever anybody did undone."""
    if page not in LAST:
        arguments = page.make(world)
        found = {}
        with ExitStack() as stack:
            for status in (403, 404):
                stack.enter_context(patch.object(urls, f"handler{status}", briefly(status), create=True))
            for column, name in PEOPLE.items():
                client = Client() if name is None else as_person(world.people[name])
                found[column] = answer_to(page, world, client, arguments)
        LAST.clear()
        LAST[page] = found
    return LAST[page]


def answer_to(page: Page, world: World, client: Client, arguments: list[object]) -> Answer:
    """What this browser gets; 302 means sent to sign in, and a form that was accepted counts as 200."""
    address = reverse(page.name, args=arguments)
    try:
        with transaction.atomic():
            data = page.posts(world) if page.posts else None
            answer = client.post(address, data) if data is not None else client.get(address)
            if answer.status_code in {302, 303} and "/login" in answer["Location"]:
                raise Undone(Answer(302))
            if page.posts:
                raise Undone(Answer(200 if answer.status_code in {302, 303} else answer.status_code))
            is_page = answer.status_code == 200 and "html" in answer["Content-Type"]
            html = answer.content.decode() if is_page else ""
            raise Undone(Answer(answer.status_code, html, status_of_way_back(client, html)))
    except Undone as undone:
        return undone.answer


def status_of_way_back(client: Client, html: str) -> int | None:
    """What the page's way back answers; asked at once, while what the page is about is still there."""
    way_back = BACK.search(html)
    return client.get(way_back[1]).status_code if way_back else None
