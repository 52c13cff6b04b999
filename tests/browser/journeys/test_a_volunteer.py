"""A volunteer logs an ordinary evening in three minutes or fewer: every tap and key is counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import TELEPHONE
from tests.browser.journeys.evening import HIS_WEEK, NEXT, NONE_SEEN, log_an_ordinary_evening
from tests.browser.journeys.hand import Hand

pytestmark = pytest.mark.browser

TAPS = 24
"""Start, no worry, everybody came, three actions, how he was, three boxes, five questions, three goals, and on."""

THREE_MINUTES = 180.0


def test_petra_logs_an_ordinary_evening_in_three_minutes(
    context_of: Callable[..., BrowserContext], become: Callable[..., Page]
) -> None:
    phone = become(context_of(TELEPHONE, has_touch=True, is_mobile=True).new_page(), "Petra Lind")
    hand = Hand(phone)
    phone.goto(phone.url)
    hand.tap(phone.get_by_role("button", name="Start"))
    log_an_ordinary_evening(hand)
    print(f"\nAn ordinary evening’s log: {hand}")
    assert hand.keys == len(HIS_WEEK + NONE_SEEN + NEXT)
    assert hand.taps == TAPS, str(hand)
    assert hand.seconds <= THREE_MINUTES, str(hand)
