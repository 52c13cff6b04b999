"""What can be done to a circle, its meetings and their minutes."""

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
from circles.operations.review import (
    chase_absence,
    give_view,
    hold_review,
    invite_to_review,
    note_own_view,
    plan_review,
    plan_reviews,
    postpone_review,
)
from circles.operations.review_record import (
    close_review,
    copy_of_review,
    decide_review,
    share_review,
    write_review,
)

__all__ = [
    "add_addendum",
    "add_volunteer",
    "approve_minutes",
    "chase_absence",
    "close_circle",
    "close_review",
    "copy_of_review",
    "decide_review",
    "end_membership",
    "give_view",
    "hold_review",
    "invite_to_review",
    "note_own_view",
    "note_worry_sent",
    "open_circle",
    "plan_meetings",
    "plan_next_meetings",
    "plan_review",
    "plan_reviews",
    "postpone_review",
    "return_minutes",
    "save_attendance",
    "save_minutes",
    "set_known_as",
    "share_review",
    "start_log",
    "submit_minutes",
    "take_minutes",
    "what_is_missing",
    "write_review",
]
