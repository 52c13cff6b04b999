"""A hand at a telephone: every tap and key it makes is counted by the page itself, and what they cost in time.

The model is a plain one, meant to be too slow rather than too fast. A tap, with finding where to, takes a
second and a half; a character typed on glass a third of a second; a page, when it is new, five seconds to
read. Nothing is counted by the test: the browser reports the events a finger would have made.
"""

from __future__ import annotations

from collections import Counter

from playwright.sync_api import Locator, Page

A_TAP = 1.5
CHARACTERS_A_SECOND = 3
A_PAGE = 5.0

LISTEN = """
for (const kind of ["pointerdown", "keydown"])
  addEventListener(kind, (event) => event.isTrusted && globalThis.__counted(kind), true);
if (globalThis === globalThis.top) globalThis.__counted("page");
"""


class Hand:
    """Taps and types on one page. It cannot fill a box without typing every character."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.counted: Counter[str] = Counter()
        page.expose_function("__counted", lambda kind: self.counted.update([kind]))
        page.add_init_script(LISTEN)

    def tap(self, what: Locator) -> None:
        what.tap()

    def type(self, where: Locator, words: str) -> None:
        """Tap into the box, then type every character."""
        where.tap()
        where.press_sequentially(words)

    def choose(self, question: str, answer: str) -> None:
        """Tap one answer of a question."""
        self.tap(self.page.get_by_role("group", name=question, exact=True).get_by_text(answer, exact=True))

    @property
    def taps(self) -> int:
        return self.counted["pointerdown"]

    @property
    def keys(self) -> int:
        return self.counted["keydown"]

    @property
    def pages(self) -> int:
        return self.counted["page"]

    @property
    def seconds(self) -> float:
        return self.taps * A_TAP + self.keys / CHARACTERS_A_SECOND + self.pages * A_PAGE

    def __str__(self) -> str:
        return f"{self.taps} taps, {self.keys} keys, {self.pages} pages: {self.seconds:.0f} seconds"
