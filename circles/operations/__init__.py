"""What can be done to a circle, its meetings and their minutes."""

from circles.operations.calling_off import cancel_meeting, move_meeting, note_not_held
from circles.operations.circle import add_volunteer, close_circle, end_membership, open_circle, set_known_as
from circles.operations.feed import find_feed, make_feed, note_read, note_wrong_token, revoke_feed, whose_token
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
from circles.operations.travel import give_travel

__all__ = [
    "add_addendum",
    "add_volunteer",
    "approve_minutes",
    "cancel_meeting",
    "close_circle",
    "decline_minutes",
    "end_membership",
    "find_feed",
    "give_travel",
    "leave_out_slot",
    "make_feed",
    "move_meeting",
    "move_slot",
    "note_not_held",
    "note_read",
    "note_worry_sent",
    "note_wrong_token",
    "offer_minutes",
    "open_circle",
    "plan_meetings",
    "plan_next_meetings",
    "put_back_slot",
    "return_minutes",
    "revoke_feed",
    "save_attendance",
    "save_minutes",
    "set_known_as",
    "set_rhythm",
    "start_log",
    "submit_minutes",
    "swap_minutes",
    "take_minutes",
    "what_is_missing",
    "whose_token",
    "withdraw_offer",
]
