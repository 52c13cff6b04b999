"""Every act a concern's page offers: its form, its operation, where it posts, in which states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from concerns.access import ConcernAccess
from concerns.forms.triage import (
    CaseForm,
    HoldForm,
    LinkForm,
    MergeForm,
    MoveForm,
    NothingNeededForm,
    ReopenForm,
    TriageForm,
    WatchForm,
)
from concerns.forms.working import (
    AcknowledgeForm,
    ActionForm,
    AnswerForm,
    ErrorForm,
    FeedbackForm,
    UntilForm,
    WithholdForm,
)
from concerns.models import Concern, EndProposal, Side
from concerns.operations import (
    acknowledge_concern,
    agree_to_end,
    answer_concern,
    claim_concern,
    close_concern,
    decline_to_end,
    give_feedback,
    hold_concern,
    link_concerns,
    mark_raised_in_error,
    merge_concern,
    move_to_queue,
    need_no_action,
    pass_to_queue,
    record_action,
    release_claim,
    release_hold,
    reopen_concern,
    triage_concern,
    watch_in_circle,
    withhold_feedback,
)
from concerns.operations.promise import LONGEST_PROMISE
from core.forms import Form


@dataclass
class Act:
    """One act on the page. `sorts` puts it under “Triage”, below the acts of every day."""

    name: str
    leave: str
    operation: Callable[..., Any]
    form: type[Form] | None = None
    states: tuple[str, ...] = field(default_factory=tuple)
    words: str = ""
    sorts: bool = False


FRESH = ("raised", "acknowledged")
SORTED = ("triaged", "monitored")
IN_HAND = ("acknowledged", *SORTED)
OPEN = ("raised", *IN_HAND, "answered")

ACTS = {
    each.name: each
    for each in [
        Act("agree", "agree_to_end", agree_to_end, None, OPEN, "Agree"),
        Act("decline", "agree_to_end", decline_to_end, None, OPEN, "Say no"),
        Act("acknowledge", "acknowledge", acknowledge_concern, AcknowledgeForm, OPEN, "I am dealing with it until…"),
        Act("release_hold", "hold", release_hold, None, OPEN, "They answered: go on"),
        Act("claim", "claim", claim_concern, None, ("raised", *IN_HAND), "I am reading this"),
        Act("release", "claim", release_claim, None, ("raised", *IN_HAND), "I am no longer reading this"),
        Act("action", "record_action", record_action, ActionForm, (*IN_HAND, "answered"), "Record what was done"),
        Act("answer", "answer", answer_concern, AnswerForm, IN_HAND, "Record the answer"),
        Act("feedback", "give_feedback", give_feedback, FeedbackForm, (*IN_HAND, "answered"),
            "Tell the volunteer what came of it"),
        Act("withhold", "give_feedback", withhold_feedback, WithholdForm, (*IN_HAND, "answered"),
            "The volunteer can be told nothing", sorts=True),
        Act("close", "close", close_concern, None, ("answered",), "Finish"),
        Act("triage", "triage", triage_concern, TriageForm, IN_HAND, "How urgent it is", sorts=True),
        Act("pass_on", "pass_on", pass_to_queue, None, ("raised", *IN_HAND), "Pass it to the area's queue", sorts=True),
        Act("hold", "hold", hold_concern, HoldForm, (*IN_HAND, "answered"), "Wait for somebody", sorts=True),
        Act("watch", "triage", watch_in_circle, WatchForm, ("triaged",), "Watch it in the circle", sorts=True),
        Act("no_action", "triage", need_no_action, NothingNeededForm, SORTED, "Nothing is needed", sorts=True),
        Act("move", "move_queue", move_to_queue, MoveForm, ("raised", *IN_HAND), "Move it to another queue", sorts=True),
        Act("link", "link", link_concerns, LinkForm, (*OPEN, "closed"), "Link it to another concern", sorts=True),
        Act("merge", "merge", merge_concern, MergeForm, FRESH, "Join it to another concern", sorts=True),
        Act("in_error", "mark_raised_in_error", mark_raised_in_error, ErrorForm, FRESH, "It was raised in error", sorts=True),
        Act("reopen", "reopen", reopen_concern, ReopenForm, ("answered", "closed"), "Take it up again", sorts=True),
    ]
}  # fmt: skip
"""In the order of the page; the states are those the lifecycle lets the act be done in."""


def made(act: Act, found: Concern, by: User, at: datetime, latest: datetime, data: Any = None) -> Form | None:
    """The act's form, promises with the times the level allows."""
    if act.form is None:
        return None
    if issubclass(act.form, HoldForm | WatchForm):
        return act.form(data, at=at, latest=at + LONGEST_PROMISE, prefix=act.name)
    if issubclass(act.form, UntilForm):
        return act.form(data, at=at, latest=latest, prefix=act.name)
    if issubclass(act.form, CaseForm):
        return act.form(data, concern=found, by=by, at=at, prefix=act.name)
    return act.form(data, at=at, prefix=act.name)


def offered(found: Concern, may: ConcernAccess, proposal: EndProposal | None, at: datetime) -> list[Act]:
    """The acts this person may do now."""
    left_out = unfit(found, may, proposal, at)
    return [
        act
        for act in ACTS.values()
        if found.status in act.states and act.name not in left_out and getattr(may, act.leave)
    ]


def unfit(found: Concern, may: ConcernAccess, proposal: EndProposal | None, at: datetime) -> set[str]:
    """Acts the state allows, and the moment does not."""
    out: set[str] = set()
    if found.queued_at is not None or found.queue_id is None:
        out.add("pass_on")
    if found.queued_at is not None:
        out.add("no_action")
    if found.feedback_settled:
        out.add("withhold")
    if found.status == Concern.Status.ANSWERED and may.side == Side.AGENCY:
        out |= {"acknowledge", "action", "hold", "release_hold"}
    on_hold = any(hold.side == may.side and hold.stands(at) for hold in found.holds.all())
    out.add("hold" if on_hold else "release_hold")
    if proposal is None:
        out |= {"agree", "decline"}
    else:
        out |= {"in_error", "no_action"}
        if proposal.proposed_by_id == may.by.pk:
            out.add("agree")
    return out
