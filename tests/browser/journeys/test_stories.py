"""Every story on the demo's first page opens, as the person it names, where it says."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

STORIES = {
    "An ordinary evening, all well": "Approved by Alma",
    "Two volunteers disagree about the minutes": "walked round the block",
    "A coordinator is on leave": "A concern nobody at the charity has yet",
    "A paper form from prison": "Written on paper in the prison",
    "A licence is about to end": "He must see his probation officer every second week.",
    "Mending bikes for a friend’s children": "helping a friend's kids with their bikes",
    "A plan to die, on a Friday night": "He has his tablets in front of him",
    "A second telephone": "A second telephone fell from his coat",
    "A volunteer says the coordinator did nothing": "that he waits outside the school",
}


def test_each_story_is_told_where_it_says(desk: Page, demo: str) -> None:
    for title, words in STORIES.items():
        desk.goto(f"{demo}/demo/")
        desk.get_by_role("button", name=title).click()
        expect(desk.get_by_text(words).first).to_be_visible()
    desk.goto(f"{demo}/demo/")
    expect(desk.locator("#stories + ol > li")).to_have_count(len(STORIES))
