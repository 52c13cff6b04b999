"""What can be done to a concern, a queue, and the clocks that chase them."""

from concerns.operations.calendar import add_holiday, approve_ladder, propose_ladder, remove_holiday
from concerns.operations.concern import (
    answer_concern,
    close_concern,
    give_feedback,
    note_seen,
    pass_to_queue,
    record_action,
    withhold_feedback,
)
from concerns.operations.drill import answer_drill, start_drill
from concerns.operations.escalation import run_due, sweep
from concerns.operations.handover import hand_over, take_handover
from concerns.operations.hold import hold_concern, release_hold
from concerns.operations.link import link_concerns
from concerns.operations.merge import merge_concern
from concerns.operations.move import move_to_queue
from concerns.operations.pattern import name_subject, note_pattern_seen
from concerns.operations.promise import acknowledge_concern, claim_concern, release_claim
from concerns.operations.queue import grant_queue, make_queue, revoke_queue
from concerns.operations.raising import discard_draft, raise_concern, save_draft
from concerns.operations.reconcile import reconcile
from concerns.operations.reopen import reopen_concern
from concerns.operations.rota import cancel_shift, gaps, plan_shift
from concerns.operations.second_person import agree_to_end, decline_to_end, mark_raised_in_error, need_no_action
from concerns.operations.share import (
    acknowledge_share,
    approve_share,
    chase_share,
    decide_not_to_share,
    propose_share,
    recall_share,
    record_failure,
    send_share,
)
from concerns.operations.triage import triage_concern, watch_in_circle
from concerns.operations.voice import record_call, record_own_report

__all__ = [
    "acknowledge_concern",
    "acknowledge_share",
    "add_holiday",
    "agree_to_end",
    "answer_concern",
    "answer_drill",
    "approve_ladder",
    "approve_share",
    "cancel_shift",
    "chase_share",
    "claim_concern",
    "close_concern",
    "decide_not_to_share",
    "decline_to_end",
    "discard_draft",
    "gaps",
    "give_feedback",
    "grant_queue",
    "hand_over",
    "hold_concern",
    "link_concerns",
    "make_queue",
    "mark_raised_in_error",
    "merge_concern",
    "move_to_queue",
    "name_subject",
    "need_no_action",
    "note_pattern_seen",
    "note_seen",
    "pass_to_queue",
    "plan_shift",
    "propose_ladder",
    "propose_share",
    "raise_concern",
    "recall_share",
    "reconcile",
    "record_action",
    "record_call",
    "record_failure",
    "record_own_report",
    "release_claim",
    "release_hold",
    "remove_holiday",
    "reopen_concern",
    "revoke_queue",
    "run_due",
    "save_draft",
    "send_share",
    "start_drill",
    "sweep",
    "take_handover",
    "triage_concern",
    "watch_in_circle",
    "withhold_feedback",
]
