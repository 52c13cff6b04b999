"""Every page with a form has a way back that sends nothing, and it leads to a page that its reader may open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.page_answers import answers_to
from tests.pages import PAGES
from tests.table import Page
from tests.world import World

FORMS = [page for page in PAGES if page.posts is None and page.axe and 200 in page.opens.values()]


@pytest.mark.parametrize("page", FORMS, ids=[page.name for page in FORMS])
def test_the_way_back_is_open(page: Page, world: World, as_person: Callable[[User], Client]) -> None:
    ways = {column: answer.back for column, answer in answers_to(page, world, as_person).items() if answer.back}
    assert {column: status for column, status in ways.items() if status not in {200, 302}} == {}
