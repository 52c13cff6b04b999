"""What is printed: the log on one sheet of paper, and on every record the marking, the name and the time."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from playwright.sync_api import Browser
from pypdf import PdfReader

from accounts.models import User
from tests.browser.page_server import running_page_server
from tests.browser.test_pages_judged import ROWS
from tests.page_answers import answers_to
from tests.world import World

pytestmark = pytest.mark.browser

As = Callable[[User], Client]


def printed_pages(browser: Browser, html: str) -> list[str]:
    """The words on each page that a browser prints."""
    context = browser.new_context()
    page = context.new_page()
    with running_page_server() as desk:
        page.goto(desk.lay(html))
        paper = page.pdf(prefer_css_page_size=True)
    context.close()
    return [each.extract_text() for each in PdfReader(BytesIO(paper)).pages]


def html_of(name: str, world: World, as_person: As, column: str) -> str:
    row = next(row for row in ROWS if row.name == name)
    return answers_to(row, world, as_person)[column].html


def test_the_log_on_paper_is_one_sheet(browser: Browser, world: World, as_person: As) -> None:
    sides = printed_pages(browser, html_of("circles:paper", world, as_person, "volunteer"))
    assert len(sides) == 2
    assert all("OFFICIAL-SENSITIVE" in side for side in sides)


def test_a_record_that_ann_prints_says_how_it_is_kept_who_printed_it_and_when(
    browser: Browser, world: World, as_person: As
) -> None:
    sides = printed_pages(browser, html_of("concerns:concern", world, as_person, "coordinator"))
    assert all("OFFICIAL-SENSITIVE" in side for side in sides)
    assert f"printed by {world.ann.full_name}" in sides[0]
    assert "2026" in sides[0]
