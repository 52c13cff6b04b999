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
from concerns.operations.drill import answer_drill, start_drill
from concerns.operations.escalation import run_due, sweep
from concerns.operations.promise import acknowledge_concern, claim_concern, release_claim
from concerns.operations.queue import grant_queue, make_queue, revoke_queue
from concerns.operations.raising import raise_concern, save_draft
from concerns.operations.reconcile import reconcile
from concerns.operations.rota import cancel_shift, gaps, plan_shift

__all__ = [
    "acknowledge_concern",
    "answer_concern",
    "answer_drill",
    "cancel_shift",
    "claim_concern",
    "close_concern",
    "gaps",
    "give_feedback",
    "grant_queue",
    "make_queue",
    "mark_raised_in_error",
    "note_seen",
    "pass_to_queue",
    "plan_shift",
    "raise_concern",
    "reconcile",
    "record_action",
    "release_claim",
    "revoke_queue",
    "run_due",
    "save_draft",
    "start_drill",
    "sweep",
]
