"""Loads goals, actions and measures, and says which evening was written on paper."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from circles.action.models import Action
from circles.action.operations import agree_action
from circles.circle.models import Circle
from circles.goal.models import Goal, GoalTap
from circles.goal.operations import end_goal, open_goal
from circles.measure.models import Point, Questionnaire
from circles.measure.operations import record_measures
from circles.meeting.models import Meeting
from circles.outcome.models import AdverseOutcome
from circles.outcome.operations import KnownOutcome, record_outcome
from core.worktime import LONDON
from embedded.evening import write_evening

HIS_WORDS = [
    (Goal.Aim.SUPPORT, "I want one evening a week that I look forward to.", "He said so at the second meeting."),
    (Goal.Aim.MAINTENANCE, "I want to tell somebody before I am low, not after.", "From his plan with probation."),
    (Goal.Aim.MONITORING, "I want you to ask me straight about my telephone.", "He asked for it himself."),
]
"""What a core member might want, which of the three it serves, and why it was opened."""

REACHED = ("I want to find the library and get a card.", "Reached: he has the card and goes on Saturdays.")
ACTIONS = [
    ("Look up the walking group’s times.", Action.Owner.VOLUNTEER, 5),
    ("Ask the practitioner about the evening course.", Action.Owner.COORDINATOR, 9),
    ("Bring the letter about the flat.", Action.Owner.CORE_MEMBER, 12),
]
REACHED_AFTER = timedelta(days=40)
FACTS = {"employment": "seeking", "accommodation": "short", "activity": "sometimes"}
FIRST, WARNED, TONIGHT = "C-0142", "C-0117", "C-0150"
PAPER_EVENING = ("C-0133", 2)
WHY_ON_PAPER = "Written on paper in the prison, where no telephones are allowed; typed in at home."


def open_goals(circle: Circle, *, by: User, now: datetime) -> list[Goal]:
    """Open three goals; in a circle that is old enough, also one that was reached."""
    at = datetime.combine(circle.started_on, circle.meets_at, LONDON) + timedelta(hours=1)
    held = [open_goal(circle, aim=aim, words=words, reason=why, by=by, at=at) for aim, words, why in HIS_WORDS]
    if at + REACHED_AFTER > now:
        return held
    words, why = REACHED
    reached = open_goal(circle, aim=Goal.Aim.SUPPORT, words=words, reason="It came up at once.", by=by, at=at)
    end_goal(reached, reason=why, by=by, at=at + REACHED_AFTER)
    return held


def tap_goals(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Tap each goal's progress for one evening. The taps are the same every time the demo is loaded."""
    ways = ["same", "forward", "forward", "none", "same", "back", "forward"]
    goals = enumerate(Goal.objects.open_at(meeting))
    taps: dict[Action | Goal, str] = {
        goal: GoalTap.Way(ways[(meeting.number * (place + 2) + place) % len(ways)]) for place, goal in goals
    }
    write_evening(meeting, taps=taps, by=by, at=at)


def time_and_late_reason_of(meeting: Meeting, at: datetime) -> tuple[datetime, str]:
    """When the minutes were typed in, and why so late. Only the evening in prison, written on paper, has a reason."""
    if (meeting.circle.reference, meeting.number) == PAPER_EVENING:
        return meeting.minutes_due_at + timedelta(hours=5), WHY_ON_PAPER
    return at, ""


def load_goals(circle: Circle, *, by: User, at: datetime) -> None:
    """Load a circle's measures at the start, its actions, and for one circle an outcome."""
    asked_at = datetime.combine(circle.started_on, circle.meets_at, LONDON) + timedelta(days=20)
    if asked_at < at:
        totals = {each: (each.lowest + each.highest) // 2 for each in Questionnaire.objects.all()}
        record_measures(
            circle, point=Point.START, totals=totals, facts=FACTS, taken_on=asked_at.date(), by=by, at=asked_at
        )
    if circle.reference in {FIRST, TONIGHT}:
        _agree_actions(circle, by=by, at=at - timedelta(days=6))
    if circle.reference == WARNED:
        day = (at - timedelta(days=12)).date()
        known = KnownOutcome(
            AdverseOutcome.Step.WARNING, day, day, AdverseOutcome.Source.PRACTITIONER, circle_raised_it=True
        )
        record_outcome(circle, known=known, by=by, at=at - timedelta(days=11))


def _agree_actions(circle: Circle, *, by: User, at: datetime) -> None:
    """Agree one action for each kind of owner. The volunteer's is overdue by now."""
    volunteer = circle.memberships.order_by("pk")[0].volunteer
    for words, owner, days in ACTIONS:
        agree_action(
            circle,
            words=words,
            owner=owner,
            due_on=(at + timedelta(days=days)).date(),
            by=by,
            at=at,
            volunteer=volunteer if owner == Action.Owner.VOLUNTEER else None,
        )
