"""How a circle is doing, in one line of figures, each with the place where one acts on it.

`FIGURES` are made of the meetings and members a page has in hand; `FACTS` are looked up as the circle is opened. A
fact from the records of an app above (concerns) is named in the setting `CIRCLE_FACTS`. A figure that is not for
the reader answers None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.module_loading import import_string

from accounts.models import User
from circles.circle.models import Circle, Membership
from circles.meeting.models import Attendance, Meeting
from circles.overview.figures import Course, Fact, Figure, course_of
from circles.overview.timeline import Reader
from circles.review.models import Review
from core.templatetags.ui import day as said_day
from core.worktime import LONDON
from offenders.restriction.models import Restriction

LOOKS_BACK = timedelta(weeks=12)
CHECKS_AHEAD = timedelta(days=60)
"""A check that ends within this time is one to renew (domain.md 7.8)."""


@dataclass(frozen=True)
class State:
    """What the figures are made of: `meetings` newest first, `members` those who belong now."""

    reader: Reader
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
        return [one for one in self.meetings if not one.is_called_off and one.planned_at <= self.at]


def last_meeting(state: State) -> Figure:
    last = next(iter(state.held), None)
    if last is None:
        return Figure("last meeting", "none yet", reverse("circles:meetings", args=[state.circle.reference]))
    return Figure("last meeting", said_day(last.planned_at), last.get_absolute_url())


def minutes_late(state: State) -> Figure:
    """How many minutes are late now; of the last meeting's, how much of the 48 hours is used."""
    late = [one for one in state.held if one.overdue_at(state.at)]
    last = next(iter(state.held), None)
    if late:
        url = late[-1].get_absolute_url()
        return Figure("minutes late", str(len(late)), url, note=f"since {said_day(late[-1].planned_at)}", must_act=True)
    if last is None:
        return Figure("minutes late", "none")
    if last.submitted_at is None:
        note = f"{hours_since_end(last, state.at)} h of 48 used"
    else:
        note = "the last were sent late" if last.is_late else "the last were in time"
    return Figure("minutes late", "none", last.get_absolute_url(), note=note)


def hours_since_end(meeting: Meeting, at: datetime) -> int:
    """Hours of the 48 already used."""
    return max(0, int((at - meeting.over_at).total_seconds() // 3600))


def he_came(state: State) -> Figure:
    """The share he came to of the meetings that say whether he did."""
    noted = [(one, float(one.he_was != Attendance.Came.NO)) for one in state.held if one.he_was]
    return attendance("he came", noted, state)


def volunteers_came(state: State) -> Figure:
    """The share of the volunteers who came, of those of whom it is said."""
    noted = [(one, one.came / one.noted) for one in state.held if one.noted]
    return attendance("volunteers came", noted, state)


def attendance(label: str, noted: Iterable[tuple[Meeting, float]], state: State) -> Figure:
    """A share in per cent, with its course from the first six weeks to the last."""
    lately = [(one.planned_at, share) for one, share in noted if one.planned_at > state.at - LOOKS_BACK]
    url = reverse("circles:meetings", args=[state.circle.reference])
    if not lately:
        return Figure(label, "–", url, note="in 12 weeks")
    lately.reverse()
    middle = state.at - LOOKS_BACK / 2
    course: Course | None = course_of(
        [share for when, share in lately if when <= middle], [share for when, share in lately if when > middle]
    )
    whole = round(100 * sum(share for _, share in lately) / len(lately))
    return Figure(
        label, f"{whole} %", url, note=f"{course.word} in 12 weeks" if course else "in 12 weeks", course=course
    )


def checks(state: State) -> Figure | None:
    """Members who may not be placed today, or whose check ends soon; for those who look after the circle."""
    if not state.reader.may.change_members:
        return None
    broken = [one for one in state.members if not one.volunteer.assignable_on(state.today)]
    ending = [one for one in state.members if one not in broken and ends_soon(one, state.today)]
    found = [*broken, *ending]
    only = found[0].volunteer.get_absolute_url() if len(found) == 1 else ""
    url = only or reverse("circles:people", args=[state.circle.reference])
    if broken:
        note = f"{len(ending)} more {'ends' if len(ending) == 1 else 'end'} soon" if ending else ""
        return Figure("checks", f"{len(broken)} not in order", url, note=note, must_act=True)
    if ending:
        soonest = min(one.volunteer.checked_until for one in ending if one.volunteer.checked_until)
        value = f"{len(ending)} {'ends' if len(ending) == 1 else 'end'} soon"
        return Figure("checks", value, url, note=f"first {said_day(soonest)}", must_act=True)
    return Figure("checks", "in order", url)


def ends_soon(member: Membership, today: date) -> bool:
    until = member.volunteer.checked_until
    return until is None or until <= today + CHECKS_AHEAD


def next_review(user: User) -> QuerySet[Any, Any]:
    """The next review that has not been held."""
    unheld = Review.objects.visible_to(user).unheld().of_living_circles().filter(circle=OuterRef("pk"))
    told = JSONObject(due="due_on", status="status", reference="reference")
    return unheld.order_by("due_on", "pk").annotate(told=told).values("told")[:1]


def review_due(found: dict[str, str] | None, reader: Reader) -> Figure:
    if found is None:
        return Figure("review due", "–", reverse("circles:reviews", args=[reader.circle.reference]))
    due_on, status = date.fromisoformat(found["due"]), Review.Status(found["status"])
    late = due_on < reader.at.astimezone(LONDON).date()
    note = "late" if late else "" if status == Review.Status.SCHEDULED else status.label.lower()
    url = reverse("circles:review", args=[found["reference"]])
    return Figure("review due", said_day(due_on), url, note=note, must_act=late)


FIGURES: tuple[Callable[[State], Figure | None], ...] = (
    last_meeting,
    minutes_late,
    he_came,
    volunteers_came,
    checks,
)
FACTS: tuple[Fact, ...] = (Fact(next_review, review_due),)


def health_of(reader: Reader, meetings: Sequence[Meeting], members: Sequence[Membership]) -> list[Figure]:
    """The line, in order, of a circle that was opened with `facts_for` the reader."""
    state = State(reader, meetings, members)
    made = [figure(state) for figure in FIGURES]
    told = [fact.say(getattr(reader.circle, name), reader) for name, fact in all_facts().items()]
    return [figure for figure in (*made, *told) if figure is not None]


def all_facts() -> dict[str, Fact]:
    """Every fact, by the name it has on the circle."""
    facts: list[Fact] = [*FACTS, *(import_string(name) for name in settings.CIRCLE_FACTS)]
    return {f"fact_{place}": fact for place, fact in enumerate(facts)}


def facts_for(user: User) -> dict[str, Combinable]:
    """What is looked up as the circle is opened, so that it costs no query of its own."""
    return {name: Subquery(fact.find(user)) for name, fact in all_facts().items()}


def plain_words(day: date) -> ArraySubquery:
    """What he must not do that day, in plain words: all who see the circle must know it."""
    held = Restriction.objects.in_force(day).filter(core_member=OuterRef("core_member")).order_by("starts_on", "pk")
    return ArraySubquery(held.values("plain_words"))
