"""Rule 20: the pages a volunteer uses work with letters twice their size, and on the narrowest of telephones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

PAGES = ["/", "/concerns/new/C-0150/", "/circles/C-0150/", "/circles/C-0150/meetings/", "/circles/C-0150/goals/"]
TWICE = "() => { document.documentElement.style.fontSize = '200%'; }"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(("width", "twice"), [(360, True), (320, False)])
def test_rule_20_nothing_runs_off_the_side(
    context_of: Callable[..., BrowserContext],
    become: Callable[..., Page],
    demo: str,
    width: int,
    twice: bool,
) -> None:
    page = become(context_of({"width": width, "height": 740}).new_page(), "Quentin Ames")
    for address in PAGES:
        page.goto(demo + address)
        if twice:
            page.evaluate(TWICE)
        assert page.evaluate(TOO_WIDE) <= 0, address
