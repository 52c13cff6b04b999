"""What one answer shows of records: gathered while it is made, written by audit/sight.py once it is ready to leave.

An opener says which record it opens (`note_sight`); a view that shows words of others says whose (`note_words`); an
act's own line about a record counts as a line for its sight (`note_line`). What a page links to is found by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol


class Recordable(Protocol):
    """A record the trail can name: a reference, and the kind of thing it is."""

    @property
    def audit_kind(self) -> str: ...

    @property
    def reference(self) -> str: ...


Key = tuple[str, str]
"""A record's kind and reference."""

Then = Callable[..., object]
"""What else a sight does, such as noting that a concern was seen; called with `by` and `at`."""


@dataclass(frozen=True)
class Opened:
    """A record that was opened: the circle it belongs to, and what else its sight does."""

    record: Recordable
    within: str
    then: Then | None


@dataclass
class Sight:
    """Everything one request opens, lists and writes."""

    opened: dict[Key, Opened] = field(default_factory=dict)
    beside: dict[str, None] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    changed: dict[Key, None] = field(default_factory=dict)
    """The records of which the request's acts wrote a line."""
    refused: bool = False
    """Whether an act was refused by its operation."""
    stories: dict[Key, int] = field(default_factory=dict)
    """The last line of the story of each record whose acts are offered here (core/old_pages.py)."""
    told: set[Key] = field(default_factory=set)
    """The records of which this person was told now what others did since."""

    def forget(self) -> None:
        """The answer is an error's page: nothing is shown."""
        self.opened.clear()
        self.beside.clear()


CURRENT: ContextVar[Sight | None] = ContextVar("the sight of the request that is being answered", default=None)


@contextmanager
def gathering_sight() -> Iterator[Sight]:
    """Gather what is opened, listed and written until the block ends."""
    sight = Sight()
    token = CURRENT.set(sight)
    try:
        yield sight
    finally:
        CURRENT.reset(token)


def note_sight(record: Recordable, *, within: str = "", then: Then | None = None) -> None:
    """This record's words are about to be shown. Does nothing outside a request, where nobody reads."""
    sight = CURRENT.get()
    if sight is not None:
        sight.opened.setdefault((record.audit_kind, record.reference), Opened(record, within, then))


def note_words(records: Iterable[Recordable]) -> None:
    """Words of these records stand on a page that opens none of them, or opens another."""
    sight = CURRENT.get()
    if sight is not None:
        sight.beside.update(dict.fromkeys(record.reference for record in records))


def note_line(key: int, of: Recordable) -> None:
    """An act wrote this line of the trail, about this record."""
    sight = CURRENT.get()
    if sight is not None:
        sight.lines.append(key)
        sight.changed[of.audit_kind, of.reference] = None


def note_refusal() -> None:
    """An act was not done: its operation refused."""
    sight = CURRENT.get()
    if sight is not None:
        sight.refused = True


def note_story(record: Any) -> None:
    """Acts on this record are offered here, so the page says how far it knows the record's story: its `story_mark`."""
    sight = CURRENT.get()
    if sight is not None:
        sight.stories.setdefault((record.audit_kind, record.reference), record.story_mark)
