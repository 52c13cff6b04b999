"""A timeline: lines of every kind, newest first, found by one query.

A `Strand` is one kind of event. It gives querysets with the same eight columns, limited to what the reader may
see, and puts each line into words. A circle has a timeline (circles/overview), and a core member (offenders/overview).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from django.db.models import DateTimeField, F, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from core.worktime import LONDON

COLUMNS = ("line_at", "line_strand", "line_step", "line_number", "line_words", "line_who", "line_opens", "line_title")
ORDER = ("-line_at", "line_strand", "-line_number", "line_step", "line_opens", "line_title", "line_words", "line_who")
"""Newest first. Two lines that are equal in all of it are the same line, so one page follows another without a gap."""

TEXT = TextField()
NOTHING = Value("", TEXT)


class TimelineLine(NamedTuple):
    """One row of the query: when, which strand, which step of it, and what its words are made from.

    `opens` is the reference of the record to open; `title` is a whole sentence, for an event that was saved as one.
    """

    at: datetime
    strand: str
    step: str
    number: int
    words: str
    who: str
    opens: str
    title: str


@dataclass(frozen=True)
class LineWords:
    """A line in words. `more` is what somebody wrote; `url` is the page of the record, if this reader may open it.

    `timed` is False for an event with a day but no hour. `marked` draws attention to it.
    """

    what: str
    more: str = ""
    url: str = ""
    timed: bool = True
    marked: bool = False


@dataclass(frozen=True)
class TimelineEntry:
    """A line as the page shows it."""

    at: datetime
    kind: str
    words: LineWords
    who: str


class Reader(Protocol):
    """Who reads a timeline: of what, when, and from which moment on. `since` is None for somebody who reads everything."""

    @property
    def at(self) -> datetime: ...

    @property
    def since(self) -> datetime | None: ...


R = TypeVar("R", bound=Reader)


@dataclass(frozen=True)
class Strand(Generic[R]):
    """One kind of event in the timeline."""

    name: str
    label: str
    lines: Callable[[R], Sequence[QuerySet[Any, Any]]]
    say: Callable[[TimelineLine, R], LineWords]
    prepare: Callable[[Sequence[TimelineLine], R], Sequence[TimelineLine]] = lambda lines, reader: lines
    """Completes the lines of one page before they are put into words, with one query for all."""


def lines_of(
    rows: QuerySet[Any, Any],
    *,
    at: str,
    step: str | Combinable,
    number: str = "",
    words: str | Combinable = "",
    who: str = "",
    opens: str = "",
    title: str | Combinable = "",
    by_day: bool = False,
) -> QuerySet[Any, Any]:
    """Rows with the columns of the timeline. `step` is a word or an expression; the others are fields or expressions.

    `by_day` says that `at` is a date.
    """
    lines: QuerySet[Any, Any] = rows.annotate(
        line_at=Cast(at, DateTimeField()) if by_day else F(at),
        line_step=Value(step, TEXT) if isinstance(step, str) else step,
        line_number=F(number) if number else Value(0, IntegerField()),
        line_words=_column_of(words),
        line_who=_column_of(who),
        line_opens=_column_of(opens),
        line_title=_column_of(title),
    )
    return lines


def _column_of(value: str | Combinable) -> Combinable:
    """An expression as it is, a field by its name, or nothing."""
    return (F(value) if value else NOTHING) if isinstance(value, str) else value


def timeline_rows_of(
    reader: R, strands: Sequence[Strand[R]], *, since: date | None = None, until: date | None = None
) -> QuerySet[Any, Any]:
    """The rows of these strands, newest first, without what is to come and what was before the reader joined.

    Nothing is fetched here: whoever asks fetches all of them, or counts them and fetches one page.
    """
    limits = Q(line_at__lte=reader.at)
    if reader.since is not None:
        limits &= Q(line_at__gte=reader.since)
    if since is not None:
        limits &= Q(line_at__gte=_midnight_of(since))
    if until is not None:
        limits &= Q(line_at__lt=_midnight_of(until + timedelta(days=1)))
    parts = []
    for strand in strands:
        for rows in strand.lines(reader):
            limited = rows.filter(limits).annotate(line_strand=Value(strand.name, TEXT))
            parts.append(limited.order_by().values_list(*COLUMNS))
    whole: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
    return whole.order_by(*ORDER)


def _midnight_of(day: date) -> datetime:
    """The moment a day begins in London."""
    return datetime.combine(day, time(), LONDON)


def entries_of(rows: Iterable[Any], reader: R, strands: Sequence[Strand[R]]) -> list[TimelineEntry]:
    """The rows of one page in words, in the same order."""
    by_name = {strand.name: strand for strand in strands}
    lines = [TimelineLine(*row) for row in rows]
    for strand in by_name.values():
        if any(line.strand == strand.name for line in lines):
            lines = list(strand.prepare(lines, reader))
    return [
        TimelineEntry(line.at, strand.label, strand.say(line, reader), line.who)
        for line in lines
        for strand in [by_name[line.strand]]
    ]
