"""The circle's tables."""

from circles.models.action import Action, ActionTap
from circles.models.circle import Circle, CircleEvent, Membership
from circles.models.goal import Goal, GoalTap
from circles.models.measure import Instrument, LifeFacts, Measure
from circles.models.meeting import Attendance, Meeting
from circles.models.minutes import Addendum, Minutes
from circles.models.outcome import AdverseOutcome

__all__ = [
    "Action",
    "ActionTap",
    "Addendum",
    "AdverseOutcome",
    "Attendance",
    "Circle",
    "CircleEvent",
    "Goal",
    "GoalTap",
    "Instrument",
    "LifeFacts",
    "Measure",
    "Meeting",
    "Membership",
    "Minutes",
]
