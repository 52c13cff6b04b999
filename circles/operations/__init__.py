"""What can be done to a circle, its meetings and their minutes."""

from circles.operations.circle import add_volunteer, close_circle, end_membership, open_circle, set_known_as
from circles.operations.consensus import answer_prompts, open_consensus, save_agreed, sign_off_review
from circles.operations.instrument import load_instrument
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
from circles.operations.rating import save_rating, send_rating
from circles.operations.risk import miss_review, plan_risk_reviews

__all__ = [
    "add_addendum",
    "add_volunteer",
    "answer_prompts",
    "approve_minutes",
    "close_circle",
    "end_membership",
    "load_instrument",
    "miss_review",
    "note_worry_sent",
    "open_circle",
    "open_consensus",
    "plan_meetings",
    "plan_next_meetings",
    "plan_risk_reviews",
    "return_minutes",
    "save_agreed",
    "save_attendance",
    "save_minutes",
    "save_rating",
    "send_rating",
    "set_known_as",
    "sign_off_review",
    "start_log",
    "submit_minutes",
    "take_minutes",
    "what_is_missing",
]
