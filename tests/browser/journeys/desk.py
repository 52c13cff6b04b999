"""A browser at a desk: it follows links by their words and fills boxes by their labels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect


class Desk:
    """One browser at the demo's address, and whoever sits at it."""

    def __init__(self, page: Page, demo: str, become: Callable[..., Page]) -> None:
        self.page, self.demo, self.sit_down = page, demo, become

    def become(self, name: str, address: str = "/") -> None:
        self.sit_down(self.page, name, address)

    def open(self, address: str) -> None:
        self.page.goto(f"{self.demo}{address}")

    def follow(self, *links: str) -> None:
        for words in links:
            self.page.locator("main").get_by_text(words, exact=True).first.click()

    def fill(self, words: dict[str, str]) -> None:
        for label, said in words.items():
            self.page.get_by_label(label, exact=True).fill(said)

    def fill_day(self, question: str, day: date) -> None:
        """Write a date into its three boxes."""
        boxes = self.page.get_by_role("group", name=question).get_by_role("textbox")
        for box, number in enumerate((day.day, day.month, day.year)):
            boxes.nth(box).fill(str(number))

    def select(self, label: str, option: str) -> None:
        """Choose the option whose words begin with this."""
        box = self.page.get_by_label(label, exact=True)
        value = box.locator("option", has_text=option).first.get_attribute("value")
        box.select_option(value=value)

    def choose(self, question: str, answer: str) -> None:
        self.page.get_by_role("group", name=question).get_by_label(answer).first.check()

    def press(self, name: str) -> None:
        """Press a form's button and wait for the answer. Fails if the form comes back with errors."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()
        expect(self.page.locator("main[inert]")).to_have_count(0)
        expect(self.page.locator(".govuk-error-summary")).to_have_count(0)

    def says(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def may_open(self, address: str) -> int:
        """Whether this person may open an address. The page that is open stays open."""
        return self.page.request.get(f"{self.demo}{address}").status
