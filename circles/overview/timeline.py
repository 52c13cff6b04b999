"""The timeline of a circle: lines of every kind, newest first, found by one query.

A `Strand` is one kind of event. It gives querysets with the same eight columns, limited to what the reader may
see, and puts each line into words. The circles' own strands are `STRANDS` in circles/overview/strands.py; the
setting `TIMELINE_STRANDS` names those of an app above (concerns).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import DateTimeField, F, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from accounts.models import User
from circles.circle.access import CircleAccess
from circles.circle.joining import reads_from
from circles.circle.models import Circle
from core.worktime import LONDON

COLUMNS = ("line_at", "line_strand", "line_step", "line_number", "line_words", "line_who", "line_opens", "line_title")
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


class TimelineReader:
    """Who reads the timeline of which circle, and when. A volunteer reads from the day of joining on (domain.md 4.3)."""

    def __init__(self, user: User, circle: Circle, *, at: datetime) -> None:
        self.user, self.circle, self.at = user, circle, at
        self.may = CircleAccess(user, circle)

    @property
    def leads(self) -> bool:
        return self.may.coordinates or self.may.leads

    @cached_property
    def since(self) -> datetime | None:
        """The moment from which they may read. None for those who look after the circle: they read everything."""
        if self.leads:
            return None
        return reads_from(self.user, self.circle) or self.at


@dataclass(frozen=True)
class Strand:
    """One kind of event in the timeline."""

    name: str
    label: str
    lines: Callable[[TimelineReader], Sequence[QuerySet[Any, Any]]]
    say: Callable[[TimelineLine, TimelineReader], LineWords]
    prepare: Callable[[Sequence[TimelineLine], TimelineReader], Sequence[TimelineLine]] = lambda lines, reader: lines
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
    title: str = "",
    by_day: bool = False,
) -> QuerySet[Any, Any]:
    """Rows with the columns of the timeline. `step` is a word or an expression; the others are names of fields.

    `by_day` says that `at` is a date.
    """
    lines: QuerySet[Any, Any] = rows.annotate(
        line_at=Cast(at, DateTimeField()) if by_day else F(at),
        line_step=Value(step, TEXT) if isinstance(step, str) else step,
        line_number=F(number) if number else Value(0, IntegerField()),
        line_words=(F(words) if words else NOTHING) if isinstance(words, str) else words,
        line_who=F(who) if who else NOTHING,
        line_opens=F(opens) if opens else NOTHING,
        line_title=F(title) if title else NOTHING,
    )
    return lines


def timeline_rows_of(
    reader: TimelineReader, strands: Sequence[Strand], *, since: date | None = None, until: date | None = None
) -> QuerySet[Any, Any]:
    """The rows of these strands, newest first, without what is to come and what was before the reader joined.

    A circle has some hundreds of short rows. Fetching them all costs less than counting them first.
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
    return whole.order_by("-line_at", "line_strand", "-line_number", "line_step")


def _midnight_of(day: date) -> datetime:
    """The moment a day begins in London."""
    return datetime.combine(day, time(), LONDON)


def entries_of(rows: Iterable[Any], reader: TimelineReader, strands: Sequence[Strand]) -> list[TimelineEntry]:
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
