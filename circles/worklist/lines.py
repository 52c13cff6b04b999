"""Kinds of work in the circles. One query finds the lines of all kinds: for a person, for one circle, or for the service.

A `WorkKind` says which rows are work (`rows`), and puts each into words (`say`). The home page, “To do” on a circle's
page and the list of what is overdue all read the same kinds, `KINDS` in circles/worklist/__init__.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Count, DateTimeField, F, IntegerField, Q, QuerySet, TextField, Value, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, JSONObject

from accounts.models import User
from alerts.leave.cover import COVERED_AS_COORDINATOR
from circles.circle.models import COORDINATED_CIRCLES, JOINED_CIRCLES, Circle, visible_circles_of
from core.worklist import WorkItem
from core.worktime import CLOSES, LONDON, WorkingTime, service_worktime
from offenders.core_member.models import CoreMember

COLUMNS = ("work_kind", "work_due", "work_circle", "work_whose", "work_facts", "work_count")
MOST = 50
"""Lines of one kind on one list. The soonest due come first."""

Rows = QuerySet[Any, Any]
Moment = str | Combinable | None


class WorkLine(NamedTuple):
    """One row of the query. `whose` is the coordinator's name, `total` how many of this kind are on the wall."""

    kind: str
    due: datetime | None
    circle: str
    whose: str
    facts: dict[str, Any]
    total: int

    def moment(self, name: str) -> datetime:
        """A fact that is a moment."""
        return datetime.fromisoformat(self.facts[name])

    def day(self, name: str) -> date:
        """A fact that is a day."""
        return date.fromisoformat(self.facts[name])


@dataclass(frozen=True)
class WorkReader:
    """Whose work is asked for, and when.

    `looked_after` are the circles whose coordinator's work is meant, `joined` those to which the reader belongs, each as
    what `circle__in` takes. `circle` is set where one circle alone is meant; `wall` asks for what is overdue alone.
    """

    user: User
    at: datetime
    looked_after: Any
    joined: Any
    circle: Circle | None = None
    wall: bool = False
    hours: Callable[[], WorkingTime] = field(default_factory=lambda: cache(service_worktime))
    """Finds the service's working time, once for a reader and for the wall made of it."""

    def within(self, path: str) -> Q:
        """A condition: of the one circle that is meant, if one is. `path` is the way to it."""
        return Q() if self.circle is None else Q(**{path: self.circle})

    @property
    def today(self) -> date:
        return self.at.astimezone(LONDON).date()

    @property
    def worktime(self) -> WorkingTime:
        return self.hours()

    def core_members(self) -> QuerySet[CoreMember]:
        """Those of the circles looked after that are not over; at home also who waits for a circle."""
        his = Q(pk__in=self.living_circles().values("core_member"))
        if self.circle is None:
            waiting = CoreMember.objects.visible_to(self.user).filter(status=CoreMember.Status.ACCEPTED)
            own = Q(coordinator=self.user) | Q(coordinator__in=COVERED_AS_COORDINATOR(self.user.pk))
            his |= Q(pk__in=(waiting if self.wall else waiting.filter(own)).values("pk"))
        return CoreMember.objects.filter(his)

    def living_circles(self) -> QuerySet[Circle]:
        """The circles looked after that are not over."""
        return Circle.objects.filter(pk__in=self.looked_after).exclude(status__in=Circle.OVER)


def home_reader(user: User, at: datetime) -> WorkReader:
    """What waits for this person in all their circles."""
    if not user.is_active:
        return WorkReader(user, at, [], [])
    return WorkReader(user, at, COORDINATED_CIRCLES(user.pk), JOINED_CIRCLES(user.pk))


def circle_reader(user: User, circle: Circle, at: datetime, *, leads: bool, belongs: bool) -> WorkReader:
    """What there is to do in one circle, for somebody who belongs to it or looks after it."""
    return WorkReader(user, at, [circle.pk] if leads else [], [circle.pk] if belongs else [], circle)


def wall_reader(reader: WorkReader) -> WorkReader:
    """What is overdue in every circle that this person sees."""
    return replace(reader, looked_after=visible_circles_of(reader.user), joined=[], wall=True)


@dataclass(frozen=True)
class WorkKind:
    """One kind of work. `label` names it on the list of what is overdue; `on_wall` is False where nothing can be late."""

    name: str
    label: str
    rows: Callable[[WorkReader], Rows]
    say: Callable[[WorkLine, WorkReader], WorkItem | None]
    on_wall: bool = True


def as_lines(
    rows: Rows, *, due: Moment = None, circle: str = "circle", owner: str = "", **facts: str | Combinable
) -> Rows:
    """Rows with the columns of work. `circle` is the way to the circle, `owner` to whoever must act: its coordinator."""
    reference = "reference" if circle == "self" else f"{circle}__reference"
    coordinator = owner or ("coordinator" if circle == "self" else circle and f"{circle}__coordinator")
    moment = Cast(Value(None) if due is None else due, DateTimeField())
    lines: Rows = rows.annotate(
        work_due=moment,
        work_circle=F(reference) if circle else Value("", TextField()),
        work_whose=F(f"{coordinator}__full_name") if coordinator else Value("", TextField()),
        work_facts=JSONObject(**facts),
    )
    return lines


def find_work(kinds: Sequence[WorkKind], *readers: WorkReader) -> list[list[WorkItem]]:
    """The work of these kinds in words, for each reader, by kind and then the soonest due first. One query for all."""
    asked = [
        _columns_of(kind, reader, place)
        for place, reader in enumerate(readers)
        for kind in kinds
        if kind.on_wall or not reader.wall
    ]
    found: list[list[WorkLine]] = [[] for _ in readers]
    for kind, *columns in asked[0].union(*asked[1:], all=True):
        place, _, name = kind.partition(" ")
        found[int(place)].append(WorkLine(name, *columns))
    return [list(_items_of(lines, kinds, reader)) for lines, reader in zip(found, readers, strict=True)]


def _columns_of(kind: WorkKind, reader: WorkReader, place: int) -> Rows:
    rows = kind.rows(reader).annotate(work_kind=Value(f"{place} {kind.name}", TextField()))
    if reader.wall:
        late = rows.filter(Q(work_due__lt=reader.at))
        rows = late.annotate(work_count=Window(Count("*")))
    else:
        rows = rows.annotate(work_count=Value(0, IntegerField()))
    lines: Rows = rows.order_by("work_due").values_list(*COLUMNS)[:MOST]
    return lines


def _items_of(lines: list[WorkLine], kinds: Sequence[WorkKind], reader: WorkReader) -> Iterable[WorkItem]:
    place = {kind.name: number for number, kind in enumerate(kinds)}
    for line in sorted(lines, key=lambda line: (place[line.kind], line.due is None, line.due or reader.at)):
        kind = kinds[place[line.kind]]
        item = kind.say(line, reader)
        if item is not None:
            yield replace(item, kind=kind.label, whose=line.whose, count=line.total)


def at_closing_time(day: date | None) -> datetime | None:
    """The end of the working day."""
    return None if day is None else datetime.combine(day, time(CLOSES.hour), LONDON)


def end_of_day(day: date) -> datetime:
    """Midnight after this day."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON)
