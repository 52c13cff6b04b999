"""How a circle is doing: a line of figures, each with the page on which one acts on it.

`FIGURES` use the meetings and members that the page has already fetched. `FACTS` are looked up in the query that
opens the circle. The setting `CIRCLE_FACTS` names facts from the records of an app above (concerns). A figure that
this reader may not see is None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.module_loading import import_string

from accounts.models import User
from circles.circle.models import Circle, Membership
from circles.meeting.models import Attendance, Meeting
from circles.overview.figures import Course, Fact, Figure, course_of
from circles.overview.timeline import TimelineReader
from circles.review.models import Review
from circles.worklist.preparing import CHECKS_AHEAD
from core.templatetags.ui import day as day_text
from core.worktime import LONDON

LOOKS_BACK = timedelta(weeks=12)
"""Attendance is counted over this time."""


@dataclass(frozen=True)
class CircleState:
    """What the figures are made from. `meetings` come newest first; `members` are those who belong now."""

    reader: TimelineReader
    meetings: Sequence[Meeting]
    members: Sequence[Membership]

    @property
    def circle(self) -> Circle:
        return self.reader.circle

    @property
    def at(self) -> datetime:
        return self.reader.at

    @property
    def today(self) -> date:
        return self.at.astimezone(LONDON).date()

    @property
    def held(self) -> list[Meeting]:
        """Meetings whose time has come and which were not called off, newest first."""
        return [meeting for meeting in self.meetings if not meeting.is_called_off and meeting.planned_at <= self.at]


def last_meeting_figure(state: CircleState) -> Figure:
    last = next(iter(state.held), None)
    if last is None:
        return Figure("last meeting", "none yet", reverse("circles:meetings", args=[state.circle.reference]))
    return Figure("last meeting", day_text(last.planned_at), last.get_absolute_url())


def minutes_late_figure(state: CircleState) -> Figure:
    """How many minutes are late now. If none: how many of the last meeting's 48 hours are used."""
    late = [meeting for meeting in state.held if meeting.is_overdue_at(state.at)]
    last = next(iter(state.held), None)
    if late:
        url = late[-1].get_absolute_url()
        return Figure("minutes late", str(len(late)), url, note=f"since {day_text(late[-1].planned_at)}", must_act=True)
    if last is None:
        return Figure("minutes late", "none")
    if last.submitted_at is None:
        note = f"{_hours_used_of(last, state.at)} h of 48 used"
    else:
        note = "the last were sent late" if last.is_late else "the last were in time"
    return Figure("minutes late", "none", last.get_absolute_url(), note=note)


def _hours_used_of(meeting: Meeting, at: datetime) -> int:
    """Whole hours since the meeting ended, of the 48 for its minutes."""
    return max(0, int((at - meeting.over_at).total_seconds() // 3600))


def he_came_figure(state: CircleState) -> Figure:
    """The share of meetings he came to, of those whose minutes say whether he came."""
    attended = [(meeting, float(meeting.he_was != Attendance.Came.NO)) for meeting in state.held if meeting.he_was]
    return _attendance_figure_of("he came", attended, state)


def volunteers_came_figure(state: CircleState) -> Figure:
    """The share of volunteers who came, of those whose attendance is noted."""
    attended = [(meeting, meeting.came / meeting.noted) for meeting in state.held if meeting.noted]
    return _attendance_figure_of("volunteers came", attended, state)


def _attendance_figure_of(label: str, attended: Iterable[tuple[Meeting, float]], state: CircleState) -> Figure:
    """A share in per cent over twelve weeks, and how it changed from the first six weeks to the last six."""
    lately = [(meeting.planned_at, share) for meeting, share in attended if meeting.planned_at > state.at - LOOKS_BACK]
    url = reverse("circles:meetings", args=[state.circle.reference])
    if not lately:
        return Figure(label, "–", url, note="in 12 weeks")
    lately.reverse()
    middle = state.at - LOOKS_BACK / 2
    course: Course | None = course_of(
        [share for when, share in lately if when <= middle], [share for when, share in lately if when > middle]
    )
    percentage = round(100 * sum(share for _, share in lately) / len(lately))
    return Figure(
        label, f"{percentage} %", url, note=f"{course.word} in 12 weeks" if course else "in 12 weeks", course=course
    )


def checks_figure(state: CircleState) -> Figure | None:
    """Members who may not be placed today, or whose check ends soon. None unless the reader may change members."""
    if not state.reader.may.change_members:
        return None
    broken = [member for member in state.members if not member.volunteer.may_be_placed_on(state.today)]
    ending = [member for member in state.members if member not in broken and _is_check_ending_soon(member, state.today)]
    to_renew = [*broken, *ending]
    only = to_renew[0].volunteer.get_absolute_url() if len(to_renew) == 1 else ""
    url = only or reverse("circles:people", args=[state.circle.reference])
    if broken:
        note = f"{len(ending)} more {'ends' if len(ending) == 1 else 'end'} soon" if ending else ""
        return Figure("checks", f"{len(broken)} not in order", url, note=note, must_act=True)
    if ending:
        soonest = min(member.volunteer.checked_until for member in ending if member.volunteer.checked_until)
        value = f"{len(ending)} {'ends' if len(ending) == 1 else 'end'} soon"
        return Figure("checks", value, url, note=f"first {day_text(soonest)}", must_act=True)
    return Figure("checks", "in order", url)


def _is_check_ending_soon(member: Membership, today: date) -> bool:
    until = member.volunteer.checked_until
    return until is None or until <= today + CHECKS_AHEAD


def _next_review_query(user: User) -> QuerySet[Any, Any]:
    """A query for the next review that has not been held."""
    unheld = Review.objects.visible_to(user).unheld().of_living_circles().filter(circle=OuterRef("pk"))
    columns = JSONObject(due="due_on", status="status", reference="reference")
    return unheld.order_by("due_on", "pk").annotate(columns=columns).values("columns")[:1]


def review_due_figure(columns: dict[str, str] | None, reader: TimelineReader) -> Figure:
    if columns is None:
        return Figure("review due", "–", reverse("circles:reviews", args=[reader.circle.reference]))
    due_on, status = date.fromisoformat(columns["due"]), Review.Status(columns["status"])
    late = due_on < reader.at.astimezone(LONDON).date()
    note = "late" if late else "" if status == Review.Status.SCHEDULED else status.label.lower()
    url = reverse("circles:review", args=[columns["reference"]])
    return Figure("review due", day_text(due_on), url, note=note, must_act=late)


FIGURES: tuple[Callable[[CircleState], Figure | None], ...] = (
    last_meeting_figure,
    minutes_late_figure,
    he_came_figure,
    volunteers_came_figure,
    checks_figure,
)
FACTS: tuple[Fact, ...] = (Fact(_next_review_query, review_due_figure),)


def health_of(reader: TimelineReader, meetings: Sequence[Meeting], members: Sequence[Membership]) -> list[Figure]:
    """The figures in order. The circle must have been opened with `facts_for` this reader."""
    state = CircleState(reader, meetings, members)
    figures = [figure(state) for figure in FIGURES]
    facts = [fact.say(getattr(reader.circle, name), reader) for name, fact in _facts_by_name().items()]
    return [figure for figure in (*figures, *facts) if figure is not None]


def _facts_by_name() -> dict[str, Fact]:
    """Every fact, by the name of its column on the circle."""
    facts: list[Fact] = [*FACTS, *(import_string(name) for name in settings.CIRCLE_FACTS)]
    return {f"fact_{place}": fact for place, fact in enumerate(facts)}


def facts_for(user: User) -> dict[str, Combinable]:
    """The columns that `open_circle` adds to its query, so that facts cost no query of their own."""
    return {name: Subquery(fact.find(user)) for name, fact in _facts_by_name().items()}
