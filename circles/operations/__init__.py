"""What can be done to a circle, its meetings and their minutes."""

from circles.operations.chasing import chase_minutes, take_over_minutes
from circles.operations.circle import add_volunteer, close_circle, end_membership, open_circle, set_known_as
from circles.operations.contact import add_contact, note_called, remove_contact
from circles.operations.correction import correct_minutes
from circles.operations.meeting import plan_meetings, plan_next_meetings, start_log, take_minutes
from circles.operations.minutes import (
    add_addendum,
    approve_minutes,
    note_concern_raised,
    note_worry_sent,
    return_minutes,
    save_attendance,
    save_minutes,
    submit_minutes,
    what_is_missing,
)
from circles.operations.tags import describe_risk, save_tags
from circles.operations.taxonomy import add_tag, rename_tag, restore_tag, retire_tag
from circles.operations.two_hands import note_presence, save_page
from circles.operations.version import give_assent

__all__ = [
    "add_addendum",
    "add_contact",
    "add_tag",
    "add_volunteer",
    "approve_minutes",
    "chase_minutes",
    "close_circle",
    "correct_minutes",
    "describe_risk",
    "end_membership",
    "give_assent",
    "note_called",
    "note_concern_raised",
    "note_presence",
    "note_worry_sent",
    "open_circle",
    "plan_meetings",
    "plan_next_meetings",
    "remove_contact",
    "rename_tag",
    "restore_tag",
    "retire_tag",
    "return_minutes",
    "save_attendance",
    "save_minutes",
    "save_page",
    "save_tags",
    "set_known_as",
    "start_log",
    "submit_minutes",
    "take_minutes",
    "take_over_minutes",
    "what_is_missing",
]
