"""What can be done to a circle, its meetings and their minutes."""

from circles.operations.agreement import publish_agreement, record_briefing, record_his_signature, sign_agreement
from circles.operations.circle import add_volunteer, end_membership, open_circle, set_known_as
from circles.operations.life import (
    abandon_circle,
    begin_ending,
    close_circle,
    go_fortnightly,
    go_weekly,
    match_circle,
    move_end,
    pause_circle,
    prepare_circle,
    propose_circle,
    resume_circle,
    start_weekly,
)
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
from circles.operations.register import add_sharing_agreement, change_programme, set_sharing_aside
from circles.operations.venue import add_venue, assess_venue, change_venue, choose_venue

__all__ = [
    "abandon_circle",
    "add_addendum",
    "add_sharing_agreement",
    "add_venue",
    "add_volunteer",
    "approve_minutes",
    "assess_venue",
    "begin_ending",
    "change_programme",
    "change_venue",
    "choose_venue",
    "close_circle",
    "end_membership",
    "go_fortnightly",
    "go_weekly",
    "match_circle",
    "move_end",
    "note_worry_sent",
    "open_circle",
    "pause_circle",
    "plan_meetings",
    "plan_next_meetings",
    "prepare_circle",
    "propose_circle",
    "publish_agreement",
    "record_briefing",
    "record_his_signature",
    "resume_circle",
    "return_minutes",
    "save_attendance",
    "save_minutes",
    "set_known_as",
    "set_sharing_aside",
    "sign_agreement",
    "start_log",
    "start_weekly",
    "submit_minutes",
    "take_minutes",
    "what_is_missing",
]
