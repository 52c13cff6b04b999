"""What can be done to a concern, a queue, and the clocks that chase them."""

from concerns.operations.concern import (
    answer_concern,
    close_concern,
    give_feedback,
    mark_raised_in_error,
    note_seen,
    pass_to_queue,
    record_action,
)
from concerns.operations.escalation import run_due, sweep
from concerns.operations.promise import acknowledge_concern, claim_concern, release_claim
from concerns.operations.queue import grant_queue, make_queue, plan_shift, revoke_queue
from concerns.operations.raising import raise_concern, save_draft
from concerns.operations.reconcile import reconcile
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

__all__ = [
    "acknowledge_concern",
    "acknowledge_share",
    "answer_concern",
    "approve_share",
    "chase_share",
    "claim_concern",
    "close_concern",
    "decide_not_to_share",
    "give_feedback",
    "grant_queue",
    "make_queue",
    "mark_raised_in_error",
    "note_seen",
    "pass_to_queue",
    "plan_shift",
    "propose_share",
    "raise_concern",
    "recall_share",
    "reconcile",
    "record_action",
    "record_failure",
    "release_claim",
    "revoke_queue",
    "run_due",
    "save_draft",
    "send_share",
    "sweep",
]
