"""Writes the log of an ordinary evening as a volunteer does, from the first page to “Sent”."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.journeys.hand import Hand

HIS_WEEK = "Three shifts at the warehouse. Cooked twice. Rang his sister on Sunday."
NONE_SEEN = "None seen."
NEXT = "Ask about the course."


def log_an_ordinary_evening(hand: Hand) -> None:
    """Log an evening on which everybody came, nothing was worrying, and he spoke of his week."""
    page, on = hand.page, lambda: hand.tap(hand.page.get_by_role("button", name="Continue"))
    hand.tap(page.get_by_text("No, nothing"))
    hand.tap(page.get_by_role("button", name="Everybody else came"))
    expect(page.get_by_role("heading", name="The meeting", exact=True)).to_be_visible()
    if not page.get_by_label("In person").is_checked():
        hand.tap(page.get_by_text("In person", exact=True))
    for action in page.locator("[aria-labelledby=actions] .wm-tap").all():
        hand.tap(action.get_by_label("Done", exact=True))
    hand.tap(page.get_by_text("Steady", exact=True))
    on()
    hand.type(page.get_by_label("His week"), HIS_WEEK)
    hand.type(page.get_by_label("Anything that raises risk?"), NONE_SEEN)
    on()
    hand.choose("Licence, order or register", "Nothing came up")
    hand.choose("His wellbeing", "Nothing to note")
    hand.choose("Were children mentioned?", "No")
    hand.choose("Any contact between meetings?", "No")
    hand.choose("Gifts, money, favours, social media?", "No")
    hand.choose("Did anything come up about a victim or the neighbourhood?", "No")
    on()
    expect(page.get_by_role("heading", name="What happens next", exact=True)).to_be_visible()
    for goal in page.locator("[aria-labelledby=goals] .wm-tap").all():
        hand.tap(goal.get_by_label("Same", exact=True))
    hand.type(page.get_by_label("Plan for next time"), NEXT)
    on()
    hand.tap(page.get_by_role("button", name="Send to the coordinator"))
    expect(page.get_by_text("Minutes sent to the coordinator").first).to_be_visible()
