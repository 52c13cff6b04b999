"""The agenda of a review, made from the record so that nobody types it again (domain.md 1.9).

Each function in `SECTIONS` turns a `Period` into an `AgendaSection`; add a new one there. The setting `REVIEW_SECTIONS`
names those that read the tables of an app above (concerns), which circles may not import.
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
from circles.risk.trend import round_of, signed_off_reviews_of, total_text_of
from core.worktime import LONDON

SENT = [Meeting.Status.SUBMITTED, Meeting.Status.APPROVED]


@dataclass(frozen=True)
class AgendaLine:
    """One line. `volunteer` is a first name, kept apart because each copy names volunteers in its own way."""

    text: str
    volunteer: str = ""


@dataclass(frozen=True)
class AgendaSection:
    """A heading with its lines. `inner` is False for what the inner circle's copy leaves out."""

    title: str
    lines: list[AgendaLine] = field(default_factory=list)
    inner: bool = True


@dataclass(frozen=True)
class Period:
    """The time that a review looks back on: from the review before it, or the circle's start, until `at`."""

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
    """The period from the last review that was held, or the circle's start, to now."""
    before = Review.objects.filter(circle=review.circle, number__lt=review.number, held_at__isnull=False)
    last = before.order_by("-number").first()
    since = last.held_at.astimezone(LONDON).date() if last and last.held_at else review.circle.started_on
    return Period(review, since, at)


def date_text_of(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _attendance_share_of(came: int, noted: int) -> str:
    return f"came to {came} of {noted} ({round(100 * came / noted)} %)"


def attendance_section(period: Period) -> AgendaSection:
    """To how many meetings the core member and each volunteer came, of those whose minutes say so."""
    rows = Attendance.objects.filter(meeting__in=period.meetings.filter(status__in=SENT))
    noted: Counter[int | None] = Counter()
    attended: Counter[int | None] = Counter()
    for volunteer, came in rows.values_list("volunteer", "came"):
        noted[volunteer] += 1
        attended[volunteer] += came != Attendance.Came.NO
    lines = (
        [AgendaLine(f"{period.circle.known_as} {_attendance_share_of(attended[None], noted[None])}.")]
        if noted[None]
        else []
    )
    for member in Membership.objects.of(period.circle):
        pk, name = member.volunteer_id, member.volunteer.user.first_name
        if noted[pk]:
            left = "; has left the circle" if member.left_at and member.left_at <= period.at else ""
            lines.append(AgendaLine(f"{_attendance_share_of(attended[pk], noted[pk])}{left}.", volunteer=name))
    return AgendaSection("Attendance", list(dict.fromkeys(lines)))


def meetings_section(period: Period) -> AgendaSection:
    """How many meetings there were, and his mood at them."""
    planned = period.meetings.count()
    held = period.meetings.filter(status__in=SENT)
    moods = Counter(Minutes.objects.filter(meeting__in=held).exclude(mood="").values_list("mood", flat=True))
    lines = [AgendaLine(f"Minutes sent for {held.count()} of {planned} meetings since {date_text_of(period.since)}.")]
    mood_counts = [f"{mood.label.lower()} {moods[mood.value]}" for mood in reversed(Minutes.Mood) if moods[mood.value]]
    if mood_counts:
        lines.append(AgendaLine(f"How he was, in number of meetings: {', '.join(mood_counts)}."))
    return AgendaSection("Meetings and mood", lines)


def restrictions_section(period: Period) -> AgendaSection:
    """What he must not do now, and what began or ended since the last review."""
    lines = [
        AgendaLine(f"{restriction.whole_words} ({restriction.get_source_display()})")
        for restriction in period.circle.restrictions_in_force(period.until).filter(kept_from_volunteers=False)
    ]
    every = period.circle.core_member.restrictions.in_whole_words().order_by("starts_on", "pk")
    changed = every.filter(
        Q(kept_from_volunteers=False),
        Q(starts_on__gt=period.since, starts_on__lte=period.until)
        | Q(ends_on__gt=period.since, ends_on__lte=period.until),
    )
    for restriction in changed:
        ended = restriction.ends_on is not None and restriction.ends_on <= period.until
        when = (
            f"Ended {date_text_of(restriction.ends_on)}"
            if ended and restriction.ends_on
            else f"New since {date_text_of(restriction.starts_on)}"
        )
        lines.append(AgendaLine(f"{when}: {restriction.whole_words}"))
    return AgendaSection("Restrictions in force and their changes", lines)


def volunteers_views_section(period: Period) -> AgendaSection:
    """Each volunteer's view, in their own words."""
    views = ReviewView.objects.filter(review=period.review, person__isnull=False).select_related("person")
    names = [(view.person.first_name, view.words) for view in views.order_by("given_at", "pk") if view.person]
    return AgendaSection("What the volunteers think", [AgendaLine(words, volunteer=name) for name, words in names])


def own_view_section(period: Period) -> AgendaSection:
    """The core member's own view, and how he gave it."""
    view = ReviewView.objects.filter(review=period.review, person=None).first()
    if view is None:
        return AgendaSection("What the core member thinks")
    how = f"How it was given: {ReviewView.How(view.how).label.lower()}."
    return AgendaSection("What the core member thinks", [AgendaLine(words) for words in (view.words, how) if words])


def goals_section(period: Period) -> AgendaSection:
    """Each goal that was open in the period, in his own words, and how often it went forward or got worse."""
    since = datetime.combine(period.since, datetime.min.time(), LONDON)
    open_goals = Goal.objects.filter(Q(ended_at=None) | Q(ended_at__gte=since), circle=period.circle)
    lines = []
    for goal in open_goals.order_by("opened_at", "pk"):
        ways = Counter(goal.taps.filter(meeting__in=period.meetings).values_list("way", flat=True))
        forward, back = ways[GoalTap.Way.FORWARD], ways[GoalTap.Way.BACK]
        lines.append(AgendaLine(f"{goal.words} Forward at {forward} meetings, worse at {back}."))
    return AgendaSection("Goals", lines)


def risk_trend_section(period: Period) -> AgendaSection:
    """The totals of the risk reviews signed off so far, for the coordinator and the agencies only (domain.md 8)."""
    done = [
        review
        for review in signed_off_reviews_of(period.circle.pk)
        if review.signed_off_at and review.signed_off_at <= period.at
    ]
    lines = [
        AgendaLine(f"Review {summed.number}: total {total_text_of(summed.total)}.") for summed in map(round_of, done)
    ]
    return AgendaSection("Dynamic risk review", lines, inner=False)


SECTIONS: tuple[Callable[[Period], AgendaSection], ...] = (
    attendance_section,
    meetings_section,
    goals_section,
    risk_trend_section,
    restrictions_section,
    volunteers_views_section,
    own_view_section,
)


def agenda_of(review: Review, *, at: datetime) -> list[dict[str, Any]]:
    """The whole agenda as plain data, to be saved with the review as things stand at this moment."""
    from_above: list[Callable[[Period], AgendaSection]] = [import_string(name) for name in settings.REVIEW_SECTIONS]
    period = period_of(review, at=at)
    return [asdict(section_of(period)) for section_of in (*SECTIONS, *from_above)]
