"""The strands of the timeline that belong to circles: which lines each has, and how a line reads."""

from __future__ import annotations

from django.conf import settings
from django.db.models import F, Value
from django.urls import reverse
from django.utils.module_loading import import_string

from circles.action.models import Action
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle, Membership
from circles.goal.models import Goal
from circles.outcome.models import AdverseOutcome
from circles.overview.meeting_strands import (
    Lines,
    add_totals,
    contact_lines,
    meeting_lines,
    review_lines,
    risk_lines,
    say_contact,
    say_meeting,
    say_review,
    say_risk,
)
from circles.overview.timeline import TimelineReader
from core.sight import note_words
from core.timeline import LineWords, Strand, TimelineLine, lines_of
from offenders.restriction.timeline import restriction_lines_of, say_restriction_line


def restriction_lines(reader: TimelineReader) -> Lines:
    """Restrictions in plain words. All who see the circle must know them."""
    return restriction_lines_of(reader.circle.core_member.restrictions.shown_to(reader.user))


def say_restriction(line: TimelineLine, reader: TimelineReader) -> LineWords:
    note_words([reader.circle.core_member])
    return say_restriction_line(line, reader.circle.core_member.get_absolute_url() if reader.leads else "")


def people_lines(reader: TimelineReader) -> Lines:
    memberships = Membership.objects.visible_to(reader.user).filter(circle=reader.circle)
    who = "volunteer__user__first_name"
    return [
        lines_of(memberships, at="joined_at", step="joined", words=who),
        lines_of(memberships, at="left_at", step="left", words=who),
    ]


def say_people(line: TimelineLine, reader: TimelineReader) -> LineWords:
    return LineWords(f"{line.words} {line.step}", "", reverse("circles:people", args=[reader.circle.reference]))


def goal_lines(reader: TimelineReader) -> Lines:
    goals = Goal.objects.visible_to(reader.user).filter(circle=reader.circle)
    return [
        lines_of(goals, at="opened_at", step="opened", words="words", who="opened_by__first_name"),
        lines_of(goals, at="ended_at", step="ended", words="words", who="ended_by__first_name"),
    ]


def say_goal(line: TimelineLine, reader: TimelineReader) -> LineWords:
    what = "A goal was opened" if line.step == "opened" else "A goal ended"
    return LineWords(what, line.words, reverse("circles:goals", args=[reader.circle.reference]))


def action_lines(reader: TimelineReader) -> Lines:
    actions = Action.objects.visible_to(reader.user).filter(circle=reader.circle)
    return [
        lines_of(actions, at="agreed_at", step="agreed", words="words", who="agreed_by__first_name"),
        lines_of(actions, at="settled_at", step=F("status"), words="words", who="settled_by__first_name"),
    ]


def say_action(line: TimelineLine, reader: TimelineReader) -> LineWords:
    what = {"agreed": "An action was agreed", "done": "An action was done", "dropped": "An action was dropped"}
    return LineWords(what[line.step], line.words, reverse("circles:actions", args=[reader.circle.reference]))


def outcome_lines(reader: TimelineReader) -> Lines:
    """Adverse outcomes, without entries that a later one corrects."""
    outcomes = AdverseOutcome.objects.visible_to(reader.user).not_corrected().filter(circle=reader.circle)
    return [
        lines_of(outcomes, at="event_on", step=F("source"), number="step", who="recorded_by__first_name", by_day=True)
    ]


def say_outcome(line: TimelineLine, reader: TimelineReader) -> LineWords:
    step, source = AdverseOutcome.Step(line.number).label, AdverseOutcome.Source(line.step).label.lower()
    url = reverse("circles:outcomes", args=[reader.circle.reference])
    return LineWords(step, f"Known from: {source}", url, timed=False, marked=line.number > AdverseOutcome.Step.NONE)


IN_OTHER_STRANDS = [
    CircleEvent.Kind.MEETING,
    CircleEvent.Kind.REVIEW,
    CircleEvent.Kind.RISK_REVIEW,
    CircleEvent.Kind.JOINED,
    CircleEvent.Kind.LEFT,
]
"""Events that the strand of their own record shows."""


def life_lines(reader: TimelineReader) -> Lines:
    """The circle's own events: its stages, place and agreement. Notes are for those who may change members."""
    story = CircleEvent.objects.filter(circle=reader.circle).exclude(kind__in=IN_OTHER_STRANDS)
    note = F("note") if reader.may.change_members else Value("")
    return [lines_of(story, at="at", step=F("to_status"), title="what", words=note, who="by__first_name")]


def say_life(line: TimelineLine, reader: TimelineReader) -> LineWords:
    """A change of stage names the new stage. Any other event has its own sentence."""
    if not line.step:
        return LineWords(line.title, line.words)
    stage = str(Circle.Status(line.step).label)
    return LineWords(f"The circle: {stage[:1].lower()}{stage[1:]}", line.words)


STRANDS: tuple[Strand[TimelineReader], ...] = (
    Strand("meeting", "Meetings", meeting_lines, say_meeting),
    Strand("contact", "Between meetings", contact_lines, say_contact),
    Strand("review", "Reviews", review_lines, say_review),
    Strand("risk", "Risk reviews", risk_lines, say_risk, prepare=add_totals),
    Strand("restriction", "Restrictions", restriction_lines, say_restriction),
    Strand("person", "Joining and leaving", people_lines, say_people),
    Strand("goal", "Goals", goal_lines, say_goal),
    Strand("action", "Actions", action_lines, say_action),
    Strand("outcome", "Outcomes", outcome_lines, say_outcome),
    Strand("life", "The circle itself", life_lines, say_life),
)


def strands_for(reader: TimelineReader) -> list[Strand[TimelineReader]]:
    """The strands this reader may see. For volunteers, outcomes do not exist (domain.md 1.12)."""
    from_above: list[Strand[TimelineReader]] = [import_string(name) for name in settings.TIMELINE_STRANDS]
    own = [strand for strand in STRANDS if strand.name != "outcome" or reader.may.see_outcomes]
    return [*own[:1], *from_above, *own[1:]]
