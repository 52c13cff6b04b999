"""Texts that could make a slow pattern very slow, and how long reading one takes."""

from __future__ import annotations

import time
from collections.abc import Callable

LENGTH = 8000
MOST_SECONDS = 0.5

SEEDS = {
    "one letter again and again": "a ",
    "two words in turn": "a a c ",
    "small letters": "a",
    "capital letters": "A",
    "digits": "1",
    "nothing but spaces": " ",
    "nothing but lines": "\n",
    "hard spaces": "\u00a0",
    "brackets": "(",
    "closing brackets": ")",
    "apostrophes": "O’",
    "hyphens": "-",
    "dots": ".",
    "slashes": "/",
    "names": "Ben Ashby ",
    "a name's beginning": "Aa",
    "initials": "A. ",
    "names joined by hyphens": "Aa-",
    "a name with marks": "E\u0301",
    "marks alone": "\u0301",
    "first names": "Ben ",
    "titles": "Mrs ",
    "a number's beginning": "0 ",
    "numbers with brackets": "+44 (0)",
    "many country codes": "+44",
    "dates": "1/1/",
    "a date's beginning": "1 may ",
    "postcodes": "CB7 ",
    "an address on the web": "a.",
    "addresses on the web": "https://www.a.uk/",
    "at signs": "@a",
    "a query": "?id=1&",
    "wide letters": "李",
    "pictures": "🔪",
    "joined pictures": "👩\u200d",
    "a ligature of a sentence": "﷽",
    "letters nobody sees": "\u200b",
    "underscores": "_",
    "backslashes": "\\",
    "markup": "<b>",
    "links for a page": "www.",
    "ampersands": "&amp",
}


def slow_text(seed: str, length: int = LENGTH) -> str:
    """The seed again and again, up to `length` characters, with an end that fits nothing before it."""
    return (seed * length)[: length - 1] + "!"


def cpu_seconds_of(read: Callable[[], object]) -> float:
    """The processor time that reading takes, in seconds: the better of two tries, because the machine is shared."""
    costs = []
    for _ in range(2):
        begun = time.process_time()
        read()
        costs.append(time.process_time() - begun)
    return min(costs)
