"""The strands of the timeline that tell of meetings, contacts, reviews and risk reviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import reverse

from circles.contact.models import Contact
from circles.meeting.models import MINUTES_WITHIN, USUAL_LENGTH, Attendance, Meeting
from circles.overview.timeline import TimelineReader
from circles.review.models import Review
from circles.risk.models import RiskReview
from circles.risk.trend import total_text_of, totals_of
from core.timeline import LineWords, TimelineLine, lines_of

Lines = Sequence[QuerySet[Any, Any]]

HELD = [Meeting.Status.PLANNED, Meeting.Status.DRAFT, Meeting.Status.SUBMITTED, Meeting.Status.APPROVED]


def meeting_lines(reader: TimelineReader) -> Lines:
    """Each meeting: when it was, called off, moved, put back, and when its minutes were sent and approved."""
    meetings = Meeting.objects.visible_to(reader.user).filter(circle=reader.circle)
    his = Attendance.objects.filter(meeting=OuterRef("pk"), volunteer=None)
    due = ExpressionWrapper(F("planned_at") + USUAL_LENGTH + MINUTES_WITHIN, output_field=DateTimeField())
    late = Case(When(submitted_at__gt=due, then=Value("late")), default=Value("sent"), output_field=CharField())
    common: Any = {"number": "number", "opens": "reference"}
    return [
        lines_of(
            meetings.filter(status__in=HELD),
            at="planned_at",
            step=F("status"),
            words=Subquery(his.values("came")[:1]),
            **common,
        ),
        lines_of(
            meetings,
            at="called_off_at",
            step=F("why_not"),
            words="why_not_words",
            who="called_off_by__first_name",
            **common,
        ),
        lines_of(meetings, at="moved_at", step="moved", who="moved_by__first_name", **common),
        lines_of(meetings, at="restored_at", step="restored", who="restored_by__first_name", **common),
        lines_of(meetings, at="submitted_at", step=late, who="submitted_by__first_name", **common),
        lines_of(meetings, at="approved_at", step="agreed", who="approved_by__first_name", **common),
    ]


def say_meeting(line: TimelineLine, reader: TimelineReader) -> LineWords:
    url = reverse("circles:meeting", args=[line.opens])
    him, name = reader.circle.known_as, f"meeting {line.number}"
    if line.step in Meeting.WhyNot.values:
        why = Meeting.WhyNot(line.step).label
        return LineWords(f"Called off: {name}. {why}", line.words, url)
    if line.step in HELD:
        if line.step in {Meeting.Status.PLANNED, Meeting.Status.DRAFT}:
            return LineWords(f"{name.capitalize()}; its minutes have not been sent", "", url)
        came = {
            Attendance.Came.CAME: f"{him} came",
            Attendance.Came.LATE: f"{him} came late",
            Attendance.Came.LEFT: f"{him} left early",
            Attendance.Came.NO: f"{him} did not come",
        }
        how_he_came = next((words for how, words in came.items() if how == line.words), "")
        return LineWords(f"{name.capitalize()} was held{': ' if how_he_came else ''}{how_he_came}", "", url)
    words = {
        "moved": f"{name.capitalize()} was moved",
        "restored": f"{name.capitalize()}, which was cancelled, was put back",
        "sent": f"Minutes of {name} sent",
        "late": f"Minutes of {name} sent late",
        "agreed": f"Minutes of {name} approved",
    }
    return LineWords(words[line.step], "", url, marked=line.step == "late")


def contact_lines(reader: TimelineReader) -> Lines:
    """Contacts between meetings, once the minutes that report them are sent."""
    contacts = Contact.objects.visible_to(reader.user).filter(minutes__meeting__circle=reader.circle)
    sent = contacts.filter(minutes__meeting__submitted_at__isnull=False)
    return [
        lines_of(
            sent,
            at="happened_on",
            step=F("channel"),
            number="minutes_long",
            words="begun_by_whom",
            who="volunteer__user__first_name",
            opens="minutes__meeting__reference",
            by_day=True,
        )
    ]


def say_contact(line: TimelineLine, reader: TimelineReader) -> LineWords:
    how = Contact.Channel(line.step).label
    began = reader.circle.known_as if line.words == Contact.BegunBy.HIM else line.who
    long = f", {line.number} {'minute' if line.number == 1 else 'minutes'}" if line.number else ""
    return LineWords(f"{how}{long}; {began} began it", "", reverse("circles:meeting", args=[line.opens]), timed=False)


def review_lines(reader: TimelineReader) -> Lines:
    reviews = Review.objects.visible_to(reader.user).filter(circle=reader.circle)
    common: Any = {"number": "number", "opens": "reference"}
    return [
        lines_of(reviews, at=f"{step}_at", step=step, who=f"{step}_by__first_name", **common)
        for step in ("invited", "held", "written", "shared", "closed")
    ]


def say_review(line: TimelineLine, reader: TimelineReader) -> LineWords:
    words = {
        "invited": "People were invited to review",
        "held": "Held: review",
        "written": "Written: review",
        "shared": "Shared: review",
        "closed": "Finished: review",
    }
    return LineWords(f"{words[line.step]} {line.number}", "", reverse("circles:review", args=[line.opens]))


def risk_lines(reader: TimelineReader) -> Lines:
    """Each risk review: opened, signed off, or missed on the day it was due."""
    reviews = RiskReview.objects.visible_to(reader.user).filter(circle=reader.circle)
    common: Any = {"number": "number", "opens": "reference"}
    why = "missed_because" if reader.may.read_trend else ""
    return [
        lines_of(reviews, at="planned_at", step="opened", **common),
        lines_of(reviews, at="signed_off_at", step="signed_off", who="signed_off_by__first_name", **common),
        lines_of(
            reviews.filter(status=RiskReview.Status.MISSED),
            at="due_on",
            step="missed",
            words=why,
            by_day=True,
            **common,
        ),
    ]


def add_totals(lines: Sequence[TimelineLine], reader: TimelineReader) -> Sequence[TimelineLine]:
    """Add the agreed total to each signed-off review on the page, for those who read the trend (domain.md 8)."""
    if not reader.may.read_trend:
        return lines
    references = [line.opens for line in lines if line.strand == "risk" and line.step == "signed_off"]
    totals = totals_of(references) if references else {}
    return [line._replace(words=total_text_of(totals[line.opens])) if line.opens in totals else line for line in lines]


def say_risk(line: TimelineLine, reader: TimelineReader) -> LineWords:
    url = reverse("circles:risk_review", args=[line.opens])
    name = f"risk review {line.number}"
    if line.step == "opened":
        return LineWords(f"Opened for scoring: {name}", "", url)
    if line.step == "missed":
        return LineWords(f"Missed: {name}, which was due then", line.words, url, timed=False, marked=True)
    total = {"": "", "no total": ": no total"}.get(line.words, f": total {line.words}")
    return LineWords(f"Signed off: {name}{total}", "", url)
