"""Open and end a circle's goals, and tap how each goes (domain.md 1.2)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.access import CircleAccess
from circles.circle.models import Circle
from circles.goal.models import MOST_OPEN_GOALS, Goal, GoalTap
from circles.meeting.models import Meeting
from core.errors import Refused
from core.references import unused_reference
from core.rows import only_row_of
from core.templatetags.ui import moment_in_full


@transaction.atomic
def open_goal(circle: Circle, *, aim: Goal.Aim, words: str, reason: str, by: User, at: datetime) -> Goal:
    """Write down a goal in the core member's own words, and why now. At most six are open at a time."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    CircleAccess(by, circle).require(CircleAccess.change_goals)
    if circle.status in Circle.LIFECYCLE.ends:
        raise Refused("This circle has ended, so it takes no new goals.")
    if not words.strip():
        raise Refused("Write the goal in his own words.", field="words")
    if not reason.strip():
        raise Refused("Say why this goal is opened now.", field="reason")
    if circle.goals.filter(status=Goal.Status.OPEN).count() >= MOST_OPEN_GOALS:
        raise Refused(f"{MOST_OPEN_GOALS} goals are open already, which is the most. End one first, then open this.")
    goal = Goal.objects.create(
        reference=unused_reference(Goal, "G"),
        circle=circle,
        aim=aim,
        words=words.strip(),
        opened_at=at,
        opened_by=by,
        opened_because=reason.strip(),
    )
    write_entry(Act.COLLECTED, goal, by=by, at=at, within=circle.reference)
    return goal


@transaction.atomic
def end_goal(goal: Goal, *, reason: str, by: User, at: datetime) -> Goal:
    """End a goal, reached or not, with the reason. Its taps stay."""
    goal = Goal.objects.select_for_update(of=("self",)).get(pk=goal.pk)
    CircleAccess(by, goal.circle).require(CircleAccess.change_goals)
    if goal.ended_by is not None and goal.ended_at is not None:
        raise Refused(
            f"{goal.ended_by.first_name} ended this goal {moment_in_full(goal.ended_at)}: “{goal.ended_because}”. It stays "
            "ended, and nothing is left to do. If he works towards it again, open it as a new goal."
        )
    if not reason.strip():
        raise Refused("Say why this goal ends: reached, changed or let go.", field="reason")
    goal.ended_at, goal.ended_by, goal.ended_because = at, by, reason.strip()
    goal.move(Goal.Status.ENDED, by=by, at=at)
    write_entry(Act.ALTERED, goal, by=by, at=at, within=goal.circle.reference, note="goal ended")
    return goal


def goal_to_tap(meeting: Meeting, goal: Goal) -> Goal:
    """The goal with its tap at this meeting. Raises Refused unless it was open there."""
    known = only_row_of(Goal.objects.open_at(meeting).with_tap_at(meeting).filter(pk=goal.pk))
    if known is None:
        raise Refused("This goal was not open at that meeting. Open the page again to see those that were.")
    return known


def write_goal_tap(meeting: Meeting, *, goal: Goal, way: GoalTap.Way, by: User, at: datetime) -> GoalTap:
    """Write one tap about a goal that was open at this meeting into a draft whose meeting is locked."""
    tap = GoalTap(pk=goal.tap_key, meeting=meeting, goal=goal, way=way, set_at=at, set_by=by)
    tap.save()
    return tap
