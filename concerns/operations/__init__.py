"""What can be done to a concern, a queue, and the clocks that chase them."""

from concerns.operations.calendar import add_holiday, approve_ladder, extend_holidays, propose_ladder, remove_holiday
from concerns.operations.clock import sweep
from concerns.operations.concern import (
    answer_concern,
    close_concern,
    give_feedback,
    note_seen,
    pass_to_queue,
    record_action,
    withhold_feedback,
)
from concerns.operations.disclosure import (
    ask_disclosure,
    chase_disclosure,
    confirm_undertaking,
    put_to_agency,
    record_agency_disclosed,
    record_agency_refused,
    record_self_disclosed,
)
from concerns.operations.drill import answer_drill, start_drill
from concerns.operations.escalation import run_due
from concerns.operations.handover import hand_over, take_handover
from concerns.operations.hold import hold_concern, release_hold
from concerns.operations.incident import add_incident, decide_not_to_report, decide_to_report, report_incident
from concerns.operations.link import link_concerns
from concerns.operations.low_level import record_low_level, review_month
from concerns.operations.merge import merge_concern
from concerns.operations.move import move_to_queue
from concerns.operations.pattern import name_subject, note_pattern_seen
from concerns.operations.promise import acknowledge_concern, claim_concern, release_claim
from concerns.operations.queue import grant_queue, make_queue, revoke_queue
from concerns.operations.raising import discard_draft, raise_concern, same_sent_lately, save_draft
from concerns.operations.reconcile import reconcile
from concerns.operations.referral import (
    chase_referral,
    decide_not_to_refer,
    decide_referral,
    make_referral,
    start_referral,
)
from concerns.operations.register_clock import tell_of_late
from concerns.operations.reopen import reopen_concern
from concerns.operations.rota import agree_to_shift, cancel_shift, gaps, plan_shift, refuse_shift
from concerns.operations.second_person import agree_to_end, decline_to_end, mark_raised_in_error, need_no_action
from concerns.operations.share import (
    approve_share,
    chase_share,
    decide_not_to_share,
    propose_share,
    recall_share,
    record_failure,
    send_share,
)
from concerns.operations.share_paper import paper_of_share
from concerns.operations.share_recipient import Written
from concerns.operations.share_reply import (
    acknowledge_share,
    note_opened,
    read_replies,
    receive_share,
    write_reply,
)
from concerns.operations.triage import triage_concern, watch_in_circle
from concerns.operations.voice import record_call, record_own_report

__all__ = [
    "Written",
    "acknowledge_concern",
    "acknowledge_share",
    "add_holiday",
    "add_incident",
    "agree_to_end",
    "agree_to_shift",
    "answer_concern",
    "answer_drill",
    "approve_ladder",
    "approve_share",
    "ask_disclosure",
    "cancel_shift",
    "chase_disclosure",
    "chase_referral",
    "chase_share",
    "claim_concern",
    "close_concern",
    "confirm_undertaking",
    "decide_not_to_refer",
    "decide_not_to_report",
    "decide_not_to_share",
    "decide_referral",
    "decide_to_report",
    "decline_to_end",
    "discard_draft",
    "extend_holidays",
    "gaps",
    "give_feedback",
    "grant_queue",
    "hand_over",
    "hold_concern",
    "link_concerns",
    "make_queue",
    "make_referral",
    "mark_raised_in_error",
    "merge_concern",
    "move_to_queue",
    "name_subject",
    "need_no_action",
    "note_opened",
    "note_pattern_seen",
    "note_seen",
    "paper_of_share",
    "pass_to_queue",
    "plan_shift",
    "propose_ladder",
    "propose_share",
    "put_to_agency",
    "raise_concern",
    "read_replies",
    "recall_share",
    "receive_share",
    "reconcile",
    "record_action",
    "record_agency_disclosed",
    "record_agency_refused",
    "record_call",
    "record_failure",
    "record_low_level",
    "record_own_report",
    "record_self_disclosed",
    "refuse_shift",
    "release_claim",
    "release_hold",
    "remove_holiday",
    "reopen_concern",
    "report_incident",
    "review_month",
    "revoke_queue",
    "run_due",
    "same_sent_lately",
    "save_draft",
    "send_share",
    "start_drill",
    "start_referral",
    "sweep",
    "take_handover",
    "tell_of_late",
    "triage_concern",
    "watch_in_circle",
    "withhold_feedback",
    "write_reply",
]
