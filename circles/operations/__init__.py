"""What can be done to a circle, its meetings and their minutes."""

from circles.operations.chasing import chase_minutes, take_over_minutes
from circles.operations.circle import add_volunteer, close_circle, end_membership, open_circle, set_known_as
from circles.operations.meeting import plan_meetings, plan_next_meetings, start_log, take_minutes
from circles.operations.minutes import (
    add_addendum,
    approve_minutes,
    note_worry_sent,
    return_minutes,
    save_attendance,
    save_minutes,
    submit_minutes,
    what_is_missing,
)
from circles.operations.version import give_assent

__all__ = [
    "add_addendum",
    "add_volunteer",
    "approve_minutes",
    "chase_minutes",
    "close_circle",
    "end_membership",
    "give_assent",
    "note_worry_sent",
    "open_circle",
    "plan_meetings",
    "plan_next_meetings",
    "return_minutes",
    "save_attendance",
    "save_minutes",
    "set_known_as",
    "start_log",
    "submit_minutes",
    "take_minutes",
    "take_over_minutes",
    "what_is_missing",
]
