"""The strands of a circle's life that the circles know themselves, and how each line of them reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
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
from django.utils.module_loading import import_string

from circles.action.models import Action
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle, Membership
from circles.contact.models import Contact
from circles.goal.models import Goal
from circles.meeting.models import MINUTES_WITHIN, USUAL_LENGTH, Attendance, Meeting
from circles.outcome.models import AdverseOutcome
from circles.overview.timeline import Line, Reader, Said, Strand, lines_of
from circles.review.models import Review
from circles.risk.models import RiskReview
from circles.risk.trend import total_text_of, totals_of
from core.sight import note_words

Lines = Sequence[QuerySet[Any, Any]]

HELD = [Meeting.Status.PLANNED, Meeting.Status.DRAFT, Meeting.Status.SUBMITTED, Meeting.Status.APPROVED]


def meeting_lines(reader: Reader) -> Lines:
    """Each meeting when it was, called off, moved, and its minutes sent and approved."""
    seen = Meeting.objects.visible_to(reader.user).filter(circle=reader.circle)
    his = Attendance.objects.filter(meeting=OuterRef("pk"), volunteer=None)
    due = ExpressionWrapper(F("planned_at") + USUAL_LENGTH + MINUTES_WITHIN, output_field=DateTimeField())
    late = Case(When(submitted_at__gt=due, then=Value("late")), default=Value("sent"), output_field=CharField())
    named: Any = {"number": "number", "opens": "reference"}
    return [
        lines_of(
            seen.filter(status__in=HELD),
            at="planned_at",
            step=F("status"),
            words=Subquery(his.values("came")[:1]),
            **named,
        ),
        lines_of(
            seen, at="called_off_at", step=F("why_not"), words="why_not_words", who="called_off_by__first_name", **named
        ),
        lines_of(seen, at="moved_at", step="moved", who="moved_by__first_name", **named),
        lines_of(seen, at="restored_at", step="restored", who="restored_by__first_name", **named),
        lines_of(seen, at="submitted_at", step=late, who="submitted_by__first_name", **named),
        lines_of(seen, at="approved_at", step="agreed", who="approved_by__first_name", **named),
    ]


def say_meeting(line: Line, reader: Reader) -> Said:
    url = reverse("circles:meeting", args=[line.opens])
    him, name = reader.circle.known_as, f"meeting {line.number}"
    if line.step in Meeting.WhyNot.values:
        why = Meeting.WhyNot(line.step).label
        return Said(f"Called off: {name}. {why}", line.words, url)
    if line.step in HELD:
        if line.step in {Meeting.Status.PLANNED, Meeting.Status.DRAFT}:
            return Said(f"{name.capitalize()}; its minutes have not been sent", "", url)
        came = {
            Attendance.Came.CAME: f"{him} came",
            Attendance.Came.LATE: f"{him} came late",
            Attendance.Came.LEFT: f"{him} left early",
            Attendance.Came.NO: f"{him} did not come",
        }
        said = next((words for how, words in came.items() if how == line.words), "")
        return Said(f"{name.capitalize()} was held{': ' if said else ''}{said}", "", url)
    words = {
        "moved": f"{name.capitalize()} was moved",
        "restored": f"{name.capitalize()}, which was cancelled, was put back",
        "sent": f"Minutes of {name} sent",
        "late": f"Minutes of {name} sent late",
        "agreed": f"Minutes of {name} approved",
    }
    return Said(words[line.step], "", url, marked=line.step == "late")


def contact_lines(reader: Reader) -> Lines:
    """Contact between meetings, once the minutes that tell of it are sent."""
    seen = Contact.objects.visible_to(reader.user).filter(minutes__meeting__circle=reader.circle)
    told = seen.filter(minutes__meeting__submitted_at__isnull=False)
    return [
        lines_of(
            told,
            at="happened_on",
            step=F("channel"),
            number="minutes_long",
            words="begun_by_whom",
            who="volunteer__user__first_name",
            opens="minutes__meeting__reference",
            by_day=True,
        )
    ]


def say_contact(line: Line, reader: Reader) -> Said:
    how = Contact.Channel(line.step).label
    began = reader.circle.known_as if line.words == Contact.BegunBy.HIM else line.who
    long = f", {line.number} {'minute' if line.number == 1 else 'minutes'}" if line.number else ""
    return Said(f"{how}{long}; {began} began it", "", reverse("circles:meeting", args=[line.opens]), timed=False)


def review_lines(reader: Reader) -> Lines:
    seen = Review.objects.visible_to(reader.user).filter(circle=reader.circle)
    named: Any = {"number": "number", "opens": "reference"}
    return [
        lines_of(seen, at=f"{step}_at", step=step, who=f"{step}_by__first_name", **named)
        for step in ("invited", "held", "written", "shared", "closed")
    ]


def say_review(line: Line, reader: Reader) -> Said:
    words = {
        "invited": "People were invited to review",
        "held": "Held: review",
        "written": "Written: review",
        "shared": "Shared: review",
        "closed": "Finished: review",
    }
    return Said(f"{words[line.step]} {line.number}", "", reverse("circles:review", args=[line.opens]))


def risk_lines(reader: Reader) -> Lines:
    """Each round opened, signed off, or missed, which is known by the day it was due."""
    seen = RiskReview.objects.visible_to(reader.user).filter(circle=reader.circle)
    named: Any = {"number": "number", "opens": "reference"}
    why = "missed_because" if reader.may.read_trend else ""
    return [
        lines_of(seen, at="planned_at", step="opened", **named),
        lines_of(seen, at="signed_off_at", step="signed_off", who="signed_off_by__first_name", **named),
        lines_of(
            seen.filter(status=RiskReview.Status.MISSED), at="due_on", step="missed", words=why, by_day=True, **named
        ),
    ]


def with_totals(lines: Sequence[Line], reader: Reader) -> Sequence[Line]:
    """The agreed total of each round on the page, for those who read the trend (domain.md 8)."""
    if not reader.may.read_trend:
        return lines
    signed = [line.opens for line in lines if line.strand == "risk" and line.step == "signed_off"]
    totals = totals_of(signed) if signed else {}
    return [line._replace(words=total_text_of(totals[line.opens])) if line.opens in totals else line for line in lines]


def say_risk(line: Line, reader: Reader) -> Said:
    url = reverse("circles:risk_review", args=[line.opens])
    name = f"risk review {line.number}"
    if line.step == "opened":
        return Said(f"Opened for scoring: {name}", "", url)
    if line.step == "missed":
        return Said(f"Missed: {name}, which was due then", line.words, url, timed=False, marked=True)
    total = {"": "", "no total": ": no total"}.get(line.words, f": total {line.words}")
    return Said(f"Signed off: {name}{total}", "", url)


def restriction_lines(reader: Reader) -> Lines:
    """What he must not do, in plain words, which all who see the circle must know."""
    his = reader.circle.core_member.restrictions.all()
    return [
        lines_of(his, at="added_at", step="added", words="plain_words", who="added_by__first_name"),
        lines_of(his, at="ends_on", step="ended", words="plain_words", by_day=True),
    ]


def say_restriction(line: Line, reader: Reader) -> Said:
    note_words([reader.circle.core_member])
    url = reader.circle.core_member.get_absolute_url() if reader.leads else ""
    if line.step == "added":
        return Said("A restriction was written down", line.words, url)
    return Said("A restriction ended", line.words, url, timed=False)


def people_lines(reader: Reader) -> Lines:
    seen = Membership.objects.visible_to(reader.user).filter(circle=reader.circle)
    who = "volunteer__user__first_name"
    return [
        lines_of(seen, at="joined_at", step="joined", words=who),
        lines_of(seen, at="left_at", step="left", words=who),
    ]


def say_people(line: Line, reader: Reader) -> Said:
    return Said(f"{line.words} {line.step}", "", reverse("circles:people", args=[reader.circle.reference]))


def goal_lines(reader: Reader) -> Lines:
    seen = Goal.objects.visible_to(reader.user).filter(circle=reader.circle)
    return [
        lines_of(seen, at="opened_at", step="opened", words="words", who="opened_by__first_name"),
        lines_of(seen, at="ended_at", step="ended", words="words", who="ended_by__first_name"),
    ]


def say_goal(line: Line, reader: Reader) -> Said:
    what = "A goal was opened" if line.step == "opened" else "A goal ended"
    return Said(what, line.words, reverse("circles:goals", args=[reader.circle.reference]))


def action_lines(reader: Reader) -> Lines:
    seen = Action.objects.visible_to(reader.user).filter(circle=reader.circle)
    return [
        lines_of(seen, at="agreed_at", step="agreed", words="words", who="agreed_by__first_name"),
        lines_of(seen, at="settled_at", step=F("status"), words="words", who="settled_by__first_name"),
    ]


def say_action(line: Line, reader: Reader) -> Said:
    what = {"agreed": "An action was agreed", "done": "An action was done", "dropped": "An action was dropped"}
    return Said(what[line.step], line.words, reverse("circles:actions", args=[reader.circle.reference]))


def outcome_lines(reader: Reader) -> Lines:
    """What happened that should not have, as it stands: an entry that another corrects is not told twice."""
    seen = AdverseOutcome.objects.visible_to(reader.user).standing().filter(circle=reader.circle)
    return [lines_of(seen, at="event_on", step=F("source"), number="step", who="recorded_by__first_name", by_day=True)]


def say_outcome(line: Line, reader: Reader) -> Said:
    step, source = AdverseOutcome.Step(line.number).label, AdverseOutcome.Source(line.step).label.lower()
    url = reverse("circles:outcomes", args=[reader.circle.reference])
    return Said(step, f"Known from: {source}", url, timed=False, marked=line.number > AdverseOutcome.Step.NONE)


TOLD_ELSEWHERE = [
    CircleEvent.Kind.MEETING,
    CircleEvent.Kind.REVIEW,
    CircleEvent.Kind.RISK_REVIEW,
    CircleEvent.Kind.JOINED,
    CircleEvent.Kind.LEFT,
]
"""Lines of the circle's story that the strand of their own noun tells with its record."""


def life_lines(reader: Reader) -> Lines:
    """The circle's own story: its stages, its place, its agreement; the notes are for those who look after it."""
    story = CircleEvent.objects.filter(circle=reader.circle).exclude(kind__in=TOLD_ELSEWHERE)
    note = F("note") if reader.may.change_members else Value("")
    return [lines_of(story, at="at", step=F("to_status"), title="what", words=note, who="by__first_name")]


def say_life(line: Line, reader: Reader) -> Said:
    """A move names the state it reached; another line is its own sentence."""
    if not line.step:
        return Said(line.title, line.words)
    stage = str(Circle.Status(line.step).label)
    return Said(f"The circle: {stage[:1].lower()}{stage[1:]}", line.words)


STRANDS: tuple[Strand, ...] = (
    Strand("meeting", "Meetings", meeting_lines, say_meeting),
    Strand("contact", "Between meetings", contact_lines, say_contact),
    Strand("review", "Reviews", review_lines, say_review),
    Strand("risk", "Risk reviews", risk_lines, say_risk, before=with_totals),
    Strand("restriction", "Restrictions", restriction_lines, say_restriction),
    Strand("person", "Joining and leaving", people_lines, say_people),
    Strand("goal", "Goals", goal_lines, say_goal),
    Strand("action", "Actions", action_lines, say_action),
    Strand("outcome", "Outcomes", outcome_lines, say_outcome),
    Strand("life", "The circle itself", life_lines, say_life),
)


def strands_for(reader: Reader) -> list[Strand]:
    """Every strand there is for this reader; outcomes do not exist for volunteers (domain.md 1.12)."""
    from_above: list[Strand] = [import_string(name) for name in settings.TIMELINE_STRANDS]
    own = [strand for strand in STRANDS if strand.name != "outcome" or reader.may.see_outcomes]
    return [*own[:1], *from_above, *own[1:]]
