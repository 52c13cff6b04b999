"""What can be done to a circle, its meetings and their minutes."""

from circles.operations.action import agree_action, settle_action, tap_action
from circles.operations.circle import add_volunteer, close_circle, end_membership, open_circle, set_known_as
from circles.operations.goal import end_goal, open_goal, tap_goal
from circles.operations.measure import record_measures
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
from circles.operations.outcome import correct_outcome, record_outcome
from circles.operations.paper import meeting_of_code, print_log

__all__ = [
    "add_addendum",
    "add_volunteer",
    "agree_action",
    "approve_minutes",
    "close_circle",
    "correct_outcome",
    "end_goal",
    "end_membership",
    "meeting_of_code",
    "note_worry_sent",
    "open_circle",
    "open_goal",
    "plan_meetings",
    "plan_next_meetings",
    "print_log",
    "record_measures",
    "record_outcome",
    "return_minutes",
    "save_attendance",
    "save_minutes",
    "set_known_as",
    "settle_action",
    "start_log",
    "submit_minutes",
    "take_minutes",
    "tap_action",
    "tap_goal",
    "what_is_missing",
]
