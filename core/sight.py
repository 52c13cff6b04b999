"""Sight: which records a response shows. It is collected while the view runs; audit/sight.py writes it to the trail.

An opener names the record it opens (`note_sight`). A view that shows words of other records names them (`note_words`).
An act's own line in the trail counts as the line for that record's sight (`note_line`). audit/sight.py finds the
references that a page links to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Recordable(Protocol):
    """A record the trail can name: a reference, and the kind of thing it is."""

    @property
    def audit_kind(self) -> str: ...

    @property
    def reference(self) -> str: ...


Key = tuple[str, str]
"""A record's kind and reference."""

Then = Callable[..., object]
"""What else happens when a record is seen, such as noting that a concern was read. Called with `by` and `at`."""


@dataclass(frozen=True)
class OpenedRecord:
    """A record that was opened. `within` is its circle, `why` the reason beyond the usual, and `then` what else happens."""

    record: Recordable
    within: str
    then: Then | None
    why: str = ""


@dataclass(frozen=True)
class Story:
    """How far a page knows a record's story: the key of its last line, and its lines where they are not the trail's."""

    last: int
    lines: QuerySet[Any] | None


@dataclass
class Sight:
    """Everything one request opens, lists and writes."""

    opened: dict[Key, OpenedRecord] = field(default_factory=dict)
    beside: dict[str, None] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    changed: dict[Key, None] = field(default_factory=dict)
    """The records about which this request wrote lines of the trail."""
    refused: bool = False
    """Whether an act was refused by its operation."""
    stories: dict[Key, Story] = field(default_factory=dict)
    """The stories of the records whose acts are offered here (core/old_pages.py)."""
    told: set[Key] = field(default_factory=set)
    """The records about which this person was just told what others did meanwhile."""

    def forget(self) -> None:
        """Forget what was opened: the response is an error page, which shows none of it."""
        self.opened.clear()
        self.beside.clear()


CURRENT: ContextVar[Sight | None] = ContextVar("the sight of the request that is being answered", default=None)


@contextmanager
def gathering_sight() -> Iterator[Sight]:
    """Collect what is opened, listed and written until the block ends."""
    sight = Sight()
    token = CURRENT.set(sight)
    try:
        yield sight
    finally:
        CURRENT.reset(token)


def note_sight(record: Recordable, *, within: str = "", then: Then | None = None, why: str = "") -> None:
    """Note that this record's words will be shown. Does nothing outside a request. `why` goes into the trail."""
    sight = CURRENT.get()
    if sight is not None:
        sight.opened.setdefault((record.audit_kind, record.reference), OpenedRecord(record, within, then, why))


def note_words(records: Iterable[Recordable]) -> None:
    """Note that words of these records stand on a page that does not open them."""
    sight = CURRENT.get()
    if sight is not None:
        sight.beside.update(dict.fromkeys(record.reference for record in records))


def note_line(key: int, of: Recordable) -> None:
    """Note that an act wrote this line of the trail, about this record."""
    sight = CURRENT.get()
    if sight is not None:
        sight.lines.append(key)
        sight.changed[of.audit_kind, of.reference] = None


def note_refusal() -> None:
    """An act was not done: its operation refused."""
    sight = CURRENT.get()
    if sight is not None:
        sight.refused = True


def note_story(record: Any, lines: QuerySet[Any] | None = None) -> None:
    """Acts on this record are offered here, so the page says how far it knows the record's story: its `story_mark`.

    A record with a story of its own gives its `lines`, each with `by`, `at` and `sentence`; the others have the trail.
    """
    sight = CURRENT.get()
    if sight is not None:
        sight.stories.setdefault((record.audit_kind, record.reference), Story(record.story_mark, lines))
