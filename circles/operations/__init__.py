"""What can be done to a circle, its meetings and their minutes."""

from circles.operations.action import agree_action, settle_action, tap_action
from circles.operations.agreement import publish_agreement, record_briefing, record_his_signature, sign_agreement
from circles.operations.calling_off import cancel_meeting, move_meeting, note_not_held, restore_meeting
from circles.operations.chasing import chase_minutes, take_over_minutes
from circles.operations.circle import add_volunteer, end_membership, open_circle, set_known_as
from circles.operations.consensus import answer_prompts, open_consensus, save_agreed, sign_off_review
from circles.operations.contact import add_contact, note_called, remove_contact
from circles.operations.correction import correct_minutes
from circles.operations.feed import find_feed, make_feed, note_wrong_token, read_feed, revoke_feed, whose_token
from circles.operations.forcing_answer import note_passed_on_by_the_service
from circles.operations.goal import end_goal, open_goal, tap_goal
from circles.operations.instrument import load_instrument
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
from circles.operations.measure import record_measures
from circles.operations.meeting import start_log, take_minutes
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
from circles.operations.outcome import correct_outcome, record_outcome
from circles.operations.paper import meeting_of_code, print_log
from circles.operations.rating import save_rating, send_rating
from circles.operations.register import add_sharing_agreement, change_programme, set_sharing_aside
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
from circles.operations.review_record import close_review, copy_of_review, decide_review, share_review, write_review
from circles.operations.risk import miss_review, plan_risk_reviews
from circles.operations.schedule import leave_out_slot, move_slot, plan_meetings, plan_next_meetings, put_back_slot
from circles.operations.sharing import NOT_APPROVED, acknowledge_minutes, set_resend_aside, share_minutes
from circles.operations.sharing_paper import paper_of_minutes
from circles.operations.swap import decline_minutes, offer_minutes, swap_minutes, withdraw_offer
from circles.operations.tags import describe_risk, save_tags
from circles.operations.taps import save_taps
from circles.operations.taxonomy import add_tag, rename_tag, restore_tag, retire_tag
from circles.operations.travel import give_travel
from circles.operations.two_hands import note_presence, save_page
from circles.operations.venue import add_venue, assess_venue, change_venue, choose_venue
from circles.operations.version import give_assent

__all__ = [
    "NOT_APPROVED",
    "abandon_circle",
    "acknowledge_minutes",
    "add_addendum",
    "add_contact",
    "add_sharing_agreement",
    "add_tag",
    "add_venue",
    "add_volunteer",
    "agree_action",
    "answer_prompts",
    "approve_minutes",
    "assess_venue",
    "begin_ending",
    "cancel_meeting",
    "change_programme",
    "change_venue",
    "chase_absence",
    "chase_minutes",
    "choose_venue",
    "close_circle",
    "close_review",
    "copy_of_review",
    "correct_minutes",
    "correct_outcome",
    "decide_review",
    "decline_minutes",
    "describe_risk",
    "end_goal",
    "end_membership",
    "find_feed",
    "give_assent",
    "give_travel",
    "give_view",
    "go_fortnightly",
    "go_weekly",
    "hold_review",
    "invite_to_review",
    "leave_out_slot",
    "load_instrument",
    "make_feed",
    "match_circle",
    "meeting_of_code",
    "miss_review",
    "move_end",
    "move_meeting",
    "move_slot",
    "note_called",
    "note_concern_raised",
    "note_not_held",
    "note_own_view",
    "note_passed_on_by_the_service",
    "note_presence",
    "note_worry_sent",
    "note_wrong_token",
    "offer_minutes",
    "open_circle",
    "open_consensus",
    "open_goal",
    "paper_of_minutes",
    "pause_circle",
    "plan_meetings",
    "plan_next_meetings",
    "plan_review",
    "plan_reviews",
    "plan_risk_reviews",
    "postpone_review",
    "prepare_circle",
    "print_log",
    "propose_circle",
    "publish_agreement",
    "put_back_slot",
    "read_feed",
    "record_briefing",
    "record_his_signature",
    "record_measures",
    "record_outcome",
    "remove_contact",
    "rename_tag",
    "restore_meeting",
    "restore_tag",
    "resume_circle",
    "retire_tag",
    "return_minutes",
    "revoke_feed",
    "save_agreed",
    "save_attendance",
    "save_minutes",
    "save_page",
    "save_rating",
    "save_tags",
    "save_taps",
    "send_rating",
    "set_known_as",
    "set_resend_aside",
    "set_sharing_aside",
    "settle_action",
    "share_minutes",
    "share_review",
    "sign_agreement",
    "sign_off_review",
    "start_log",
    "start_weekly",
    "submit_minutes",
    "swap_minutes",
    "take_minutes",
    "take_over_minutes",
    "tap_action",
    "tap_goal",
    "what_is_missing",
    "whose_token",
    "withdraw_offer",
    "write_review",
]
