"""What can be done to a circle, its meetings and their minutes."""

from circles.operations.calling_off import cancel_meeting, move_meeting, note_not_held
from circles.operations.circle import add_volunteer, close_circle, end_membership, open_circle, set_known_as
from circles.operations.meeting import start_log, take_minutes
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
from circles.operations.schedule import (
    leave_out_slot,
    move_slot,
    plan_meetings,
    plan_next_meetings,
    put_back_slot,
    set_rhythm,
)
from circles.operations.swap import decline_minutes, offer_minutes, swap_minutes, withdraw_offer

__all__ = [
    "add_addendum",
    "add_volunteer",
    "approve_minutes",
    "cancel_meeting",
    "close_circle",
    "decline_minutes",
    "end_membership",
    "leave_out_slot",
    "move_meeting",
    "move_slot",
    "note_not_held",
    "note_worry_sent",
    "offer_minutes",
    "open_circle",
    "plan_meetings",
    "plan_next_meetings",
    "put_back_slot",
    "return_minutes",
    "save_attendance",
    "save_minutes",
    "set_known_as",
    "set_rhythm",
    "start_log",
    "submit_minutes",
    "swap_minutes",
    "take_minutes",
    "what_is_missing",
    "withdraw_offer",
]
