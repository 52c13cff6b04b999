"""The agenda of a review, assembled from the record so that nobody types it again (domain.md 1.9).

`SECTIONS` is the register: each is a function from a `Period` to a `Section`, and a new one is a line there.
One that reads the tables of an app above (concerns) is named in the setting `REVIEW_SECTIONS`, because
circles know nothing of concerns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from circles.circle.models import Circle, Membership
from circles.goal.models import Goal, GoalTap
from circles.meeting.models import Attendance, Meeting
from circles.minutes.models import Minutes
from circles.review.models import Review
from circles.review.view_models import ReviewView
from circles.risk.trend import round_of, shown, signed_off
from core.worktime import LONDON

SENT = [Meeting.Status.SUBMITTED, Meeting.Status.APPROVED]


@dataclass(frozen=True)
class Line:
    """One line. `volunteer` is a first name, kept apart so that each copy can say it in its own way."""

    text: str
    volunteer: str = ""


@dataclass(frozen=True)
class Section:
    """`inner` is False for what the core member and the volunteers do not read in their copy."""

    title: str
    lines: list[Line] = field(default_factory=list)
    inner: bool = True


@dataclass(frozen=True)
class Period:
    """What the review looks back on: from the review before it, or the circle's start."""

    review: Review
    since: date
    at: datetime

    @property
    def circle(self) -> Circle:
        return self.review.circle

    @property
    def until(self) -> date:
        return self.at.astimezone(LONDON).date()

    @property
    def meetings(self) -> QuerySet[Meeting]:
        begins = datetime.combine(self.since, datetime.min.time(), LONDON)
        return self.circle.meetings.filter(planned_at__gte=begins, planned_at__lte=self.at)


def period_of(review: Review, *, at: datetime) -> Period:
    """From the day the last review was held to now."""
    before = Review.objects.filter(circle=review.circle, number__lt=review.number, held_at__isnull=False)
    last = before.order_by("-number").first()
    since = last.held_at.astimezone(LONDON).date() if last and last.held_at else review.circle.started_on
    return Period(review, since, at)


def written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def share(came: int, noted: int) -> str:
    return f"came to {came} of {noted} ({round(100 * came / noted)} %)"


def attendance(period: Period) -> Section:
    """The core member and each volunteer: how many meetings they came to, of those that say so."""
    rows = Attendance.objects.filter(meeting__in=period.meetings.filter(status__in=SENT))
    noted: Counter[int | None] = Counter()
    there: Counter[int | None] = Counter()
    for volunteer, came in rows.values_list("volunteer", "came"):
        noted[volunteer] += 1
        there[volunteer] += came != Attendance.Came.NO
    lines = [Line(f"{period.circle.known_as} {share(there[None], noted[None])}.")] if noted[None] else []
    for member in Membership.objects.of(period.circle):
        pk, name = member.volunteer_id, member.volunteer.user.first_name
        if noted[pk]:
            left = "; has left the circle" if member.left_at and member.left_at <= period.at else ""
            lines.append(Line(f"{share(there[pk], noted[pk])}{left}.", volunteer=name))
    return Section("Attendance", list(dict.fromkeys(lines)))


def meetings_held(period: Period) -> Section:
    """How many meetings there were, and how he was at them."""
    planned = period.meetings.count()
    held = period.meetings.filter(status__in=SENT)
    moods = Counter(Minutes.objects.filter(meeting__in=held).exclude(mood="").values_list("mood", flat=True))
    lines = [Line(f"Minutes sent for {held.count()} of {planned} meetings since {written(period.since)}.")]
    said = [f"{mood.label.lower()} {moods[mood.value]}" for mood in reversed(Minutes.Mood) if moods[mood.value]]
    if said:
        lines.append(Line(f"How he was, in number of meetings: {', '.join(said)}."))
    return Section("Meetings and mood", lines)


def restrictions(period: Period) -> Section:
    """What he must not do now, and what began or ended since the last review."""
    lines = [
        Line(f"{one.plain_words} ({one.get_source_display()})")
        for one in period.circle.restrictions_in_force(period.until)
    ]
    every = period.circle.core_member.restrictions.order_by("starts_on", "pk")
    changed = every.filter(
        Q(starts_on__gt=period.since, starts_on__lte=period.until)
        | Q(ends_on__gt=period.since, ends_on__lte=period.until)
    )
    for one in changed:
        ended = one.ends_on is not None and one.ends_on <= period.until
        when = f"Ended {written(one.ends_on)}" if ended and one.ends_on else f"New since {written(one.starts_on)}"
        lines.append(Line(f"{when}: {one.plain_words}"))
    return Section("Restrictions in force and their changes", lines)


def volunteers_views(period: Period) -> Section:
    given = ReviewView.objects.filter(review=period.review, person__isnull=False).select_related("person")
    names = [(view.person.first_name, view.words) for view in given.order_by("given_at", "pk") if view.person]
    return Section("What the volunteers think", [Line(words, volunteer=name) for name, words in names])


def own_view(period: Period) -> Section:
    """The core member's own view, and how he gave it."""
    view = ReviewView.objects.filter(review=period.review, person=None).first()
    if view is None:
        return Section("What the core member thinks")
    how = f"How it was given: {ReviewView.How(view.how).label.lower()}."
    return Section("What the core member thinks", [Line(words) for words in (view.words, how) if words])


def goals(period: Period) -> Section:
    """Each goal that was open in the period, in his own words, and how often it went forward or got worse."""
    since = datetime.combine(period.since, datetime.min.time(), LONDON)
    found = Goal.objects.filter(Q(ended_at=None) | Q(ended_at__gte=since), circle=period.circle)
    lines = []
    for goal in found.order_by("opened_at", "pk"):
        ways = Counter(goal.taps.filter(meeting__in=period.meetings).values_list("way", flat=True))
        forward, back = ways[GoalTap.Way.FORWARD], ways[GoalTap.Way.BACK]
        lines.append(Line(f"{goal.words} Forward at {forward} meetings, worse at {back}."))
    return Section("Goals", lines)


def risk_trend(period: Period) -> Section:
    """The totals of the risk reviews signed off so far. For the coordinator and the agencies (domain.md 8)."""
    done = [one for one in signed_off(period.circle.pk) if one.signed_off_at and one.signed_off_at <= period.at]
    lines = [Line(f"Review {each.number}: total {shown(each.total)}.") for each in map(round_of, done)]
    return Section("Dynamic risk review", lines, inner=False)


SECTIONS: tuple[Callable[[Period], Section], ...] = (
    attendance,
    meetings_held,
    goals,
    risk_trend,
    restrictions,
    volunteers_views,
    own_view,
)


def assemble(review: Review, *, at: datetime) -> list[dict[str, Any]]:
    """The whole agenda as plain data, to be kept with the review as it stood at that moment."""
    from_above: list[Callable[[Period], Section]] = [import_string(name) for name in settings.REVIEW_SECTIONS]
    period = period_of(review, at=at)
    return [asdict(make(period)) for make in (*SECTIONS, *from_above)]
