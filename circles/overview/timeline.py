"""A circle's life in lines, newest first: what is told is found by one query, whatever its kind.

A `Strand` is one kind of thing that happens. It answers with querysets of the same eight columns, each
already limited to what the reader may see, and says a line in words. `STRANDS` of circles/overview/strands.py are the
circle's own; one of an app above (concerns) is named in the setting `TIMELINE_STRANDS`.
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
from circles.circle.models import Circle, Membership
from core.worktime import LONDON

COLUMNS = ("line_at", "line_strand", "line_step", "line_number", "line_words", "line_who", "line_opens", "line_title")
TEXT = TextField()
NOTHING = Value("", TEXT)


class Line(NamedTuple):
    """One row of the query: when, of which strand, which step of it, and what its words are made of.

    `title` is the sentence of a line that was written as one."""

    at: datetime
    strand: str
    step: str
    number: int
    words: str
    who: str
    opens: str
    title: str


@dataclass(frozen=True)
class Said:
    """A line in words. `more` is what somebody wrote; `url` is where it can be read, if this reader may.

    `timed` is False for what has a day and no hour.
    """

    what: str
    more: str = ""
    url: str = ""
    timed: bool = True
    marked: bool = False


@dataclass(frozen=True)
class Entry:
    """A line as the page shows it."""

    at: datetime
    kind: str
    said: Said
    who: str


class Reader:
    """Who reads which circle's life, when, and from when on: a volunteer from joining (domain.md 4.3)."""

    def __init__(self, user: User, circle: Circle, *, at: datetime) -> None:
        self.user, self.circle, self.at = user, circle, at
        self.may = CircleAccess(user, circle)

    @property
    def leads(self) -> bool:
        return self.may.coordinates or self.may.leads

    @cached_property
    def since(self) -> datetime | None:
        """From when on they may read; None for those who look after the circle."""
        if self.leads:
            return None
        mine = Membership.objects.current().filter(circle=self.circle, volunteer__user=self.user)
        joined = mine.order_by("joined_at").values_list("joined_at", flat=True).first()
        return joined or self.at


@dataclass(frozen=True)
class Strand:
    """One kind of thing in a circle's life."""

    name: str
    label: str
    lines: Callable[[Reader], Sequence[QuerySet[Any, Any]]]
    say: Callable[[Line, Reader], Said]
    before: Callable[[Sequence[Line], Reader], Sequence[Line]] = lambda lines, reader: lines
    """What the lines about to be shown still need, for the whole page at once."""


def lines_of(
    found: QuerySet[Any, Any],
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
    """Rows as lines. `step` is a word or an expression, the others are names of fields; `by_day` says that `at` has
    no hour."""
    lines: QuerySet[Any, Any] = found.annotate(
        line_at=Cast(at, DateTimeField()) if by_day else F(at),
        line_step=Value(step, TEXT) if isinstance(step, str) else step,
        line_number=F(number) if number else Value(0, IntegerField()),
        line_words=(F(words) if words else NOTHING) if isinstance(words, str) else words,
        line_who=F(who) if who else NOTHING,
        line_opens=F(opens) if opens else NOTHING,
        line_title=F(title) if title else NOTHING,
    )
    return lines


def life_of(
    reader: Reader, strands: Sequence[Strand], *, since: date | None = None, until: date | None = None
) -> QuerySet[Any, Any]:
    """The lines of these strands, newest first: nothing that is still to come, nothing from before the reader.

    A circle's whole life is some hundreds of short rows: to fetch them all costs less than to count them first.
    """
    within = Q(line_at__lte=reader.at)
    if reader.since is not None:
        within &= Q(line_at__gte=reader.since)
    if since is not None:
        within &= Q(line_at__gte=midnight(since))
    if until is not None:
        within &= Q(line_at__lt=midnight(until + timedelta(days=1)))
    parts = []
    for strand in strands:
        for found in strand.lines(reader):
            named = found.filter(within).annotate(line_strand=Value(strand.name, TEXT))
            parts.append(named.order_by().values_list(*COLUMNS))
    whole: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
    return whole.order_by("-line_at", "line_strand", "-line_number", "line_step")


def midnight(day: date) -> datetime:
    """When a day begins in London."""
    return datetime.combine(day, time(), LONDON)


def entries_of(rows: Iterable[Any], reader: Reader, strands: Sequence[Strand]) -> list[Entry]:
    """Rows of one page in words, in their order."""
    known = {strand.name: strand for strand in strands}
    lines = [Line(*row) for row in rows]
    for strand in known.values():
        if any(line.strand == strand.name for line in lines):
            lines = list(strand.before(lines, reader))
    return [
        Entry(line.at, strand.label, strand.say(line, reader), line.who)
        for line in lines
        for strand in [known[line.strand]]
    ]
