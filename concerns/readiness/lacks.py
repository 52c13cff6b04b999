"""Lack: one thing that is not set up yet, or a promise that does not hold."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Lack:
    """One thing that is lacking, in words that name no case. `page` is where this one is closed.

    If it `breaks` a promise, the status is red and it is on the managers' list for as long as it is so.
    """

    words: str
    page: str
    args: tuple[str, ...] = ()
    breaks: bool = False
    query: str = ""
    """What fills the page's form in, such as “?area=3”."""

    @property
    def url(self) -> str:
        return reverse(self.page, args=self.args) + self.query


def lack_unless(condition: object, words: str, page: str, *, breaks: bool = False) -> list[Lack]:
    return [] if condition else [Lack(words, page, breaks=breaks)]
