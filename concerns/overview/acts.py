"""Every act that a concern's page offers: its form, its operation, and the states in which it is offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict

from concerns.choices import Level
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.engine.ceiling import LONGEST_PROMISE, latest_end_of_hold, latest_end_of_promise
from concerns.engine.outlook import fetched_step
from concerns.engine.plan import Plans
from concerns.handling.forms import (
    AcknowledgeForm,
    ActionForm,
    AnswerForm,
    ErrorForm,
    FeedbackForm,
    OwnActionForm,
    UntilForm,
    WithholdForm,
)
from concerns.handling.hold_operations import hold_concern, release_hold
from concerns.handling.link_operations import link_concerns
from concerns.handling.merge_operations import merge_concern
from concerns.handling.models import EndProposal
from concerns.handling.move_operations import move_to_queue
from concerns.handling.operations import (
    answer_concern,
    close_concern,
    give_feedback,
    pass_to_queue,
    record_action,
    withhold_feedback,
)
from concerns.handling.promise_operations import acknowledge_concern, claim_concern, promise_of_another, release_claim
from concerns.handling.reopen_operations import reopen_concern
from concerns.handling.second_person_operations import (
    agree_to_end,
    decline_to_end,
    mark_raised_in_error,
    record_no_action_needed,
)
from concerns.handling.triage_forms import (
    ConcernForm,
    HoldConcernForm,
    LinkForm,
    MergeForm,
    MoveForm,
    NothingNeededForm,
    ReopenForm,
    TriageForm,
    WatchForm,
)
from concerns.handling.triage_operations import triage_concern, watch_in_circle
from core.access import Act
from core.errors import Refused
from core.forms import Form
from core.sight import note_story


@dataclass
class PageAct:
    """One act on the page. `is_rare` puts it on the page “Triage”, away from the everyday acts."""

    name: str
    permission: Act[ConcernAccess]
    operation: Callable[..., Any]
    form: type[Form] | None = None
    states: tuple[str, ...] = field(default_factory=tuple)
    words: str = ""
    is_rare: bool = False
    takes_over: bool = False
    """Whether the concern then belongs to the person who does this, instead of a colleague."""
    adds: bool = False
    """Whether an old page may do it: it replaces nothing that a colleague did, or asks about that itself."""
    read: Callable[[Concern, QueryDict], dict[str, Any]] = field(default=lambda *_: {})
    """What the page showed when its button was pressed, for an act that needs to know."""


def _read_proposal(concern: Concern, sent: QueryDict) -> dict[str, Any]:
    """The proposal that was on the page. Raises Refused where the page showed none."""
    key = sent.get("proposal", "")
    proposals = concern.end_proposals.all()
    proposal = next((proposal for proposal in proposals if str(proposal.pk) == key), None)
    if proposal is None:
        raise Refused("Open the concern again, and read what is proposed.")
    return {"proposal": proposal}


FRESH = ("raised", "acknowledged")
SORTED = ("triaged", "monitored")
IN_HAND = ("acknowledged", *SORTED)
OPEN = ("raised", *IN_HAND, "answered")

ACTS = {
    act.name: act
    for act in [
        PageAct("agree", ConcernAccess.agree_to_end, agree_to_end, None, OPEN, "Agree", read=_read_proposal),
        PageAct("decline", ConcernAccess.agree_to_end, decline_to_end, None, OPEN, "Say no", read=_read_proposal),
        PageAct(
            "acknowledge",
            ConcernAccess.acknowledge,
            acknowledge_concern,
            AcknowledgeForm,
            OPEN,
            "I am dealing with it until…",
            takes_over=True,
            adds=True,
        ),
        PageAct("release_hold", ConcernAccess.hold, release_hold, None, OPEN, "They answered: go on"),
        PageAct(
            "claim", ConcernAccess.claim, claim_concern, None, ("raised", *IN_HAND), "I am reading this", adds=True
        ),
        PageAct(
            "release",
            ConcernAccess.claim,
            release_claim,
            None,
            ("raised", *IN_HAND),
            "I am no longer reading this",
            adds=True,
        ),
        PageAct(
            "action",
            ConcernAccess.record_action,
            record_action,
            ActionForm,
            (*IN_HAND, "answered"),
            "Record what was done",
            takes_over=True,
            adds=True,
        ),
        PageAct("answer", ConcernAccess.answer, answer_concern, AnswerForm, IN_HAND, "Record the answer"),
        PageAct(
            "feedback",
            ConcernAccess.give_feedback,
            give_feedback,
            FeedbackForm,
            (*IN_HAND, "answered"),
            "Tell the volunteer what came of it",
        ),
        PageAct(
            "withhold",
            ConcernAccess.give_feedback,
            withhold_feedback,
            WithholdForm,
            (*IN_HAND, "answered"),
            "The volunteer can be told nothing",
            is_rare=True,
        ),
        PageAct("close", ConcernAccess.close, close_concern, None, ("answered",), "Finish"),
        PageAct("triage", ConcernAccess.triage, triage_concern, TriageForm, IN_HAND, "How urgent it is", is_rare=True),
        PageAct(
            "pass_on",
            ConcernAccess.pass_on,
            pass_to_queue,
            None,
            ("raised", *IN_HAND),
            "Pass it to the area's queue",
            is_rare=True,
        ),
        PageAct(
            "hold",
            ConcernAccess.hold,
            hold_concern,
            HoldConcernForm,
            (*IN_HAND, "answered"),
            "Wait for somebody",
            is_rare=True,
        ),
        PageAct(
            "watch",
            ConcernAccess.watch,
            watch_in_circle,
            WatchForm,
            ("triaged",),
            "Watch it in the circle",
            is_rare=True,
            takes_over=True,
        ),
        PageAct(
            "no_action",
            ConcernAccess.triage,
            record_no_action_needed,
            NothingNeededForm,
            SORTED,
            "Nothing is needed",
            is_rare=True,
        ),
        PageAct(
            "move",
            ConcernAccess.move_queue,
            move_to_queue,
            MoveForm,
            ("raised", *IN_HAND),
            "Move it to another queue",
            is_rare=True,
        ),
        PageAct(
            "link",
            ConcernAccess.link,
            link_concerns,
            LinkForm,
            (*OPEN, "closed"),
            "Link it to another concern",
            is_rare=True,
        ),
        PageAct(
            "merge", ConcernAccess.merge, merge_concern, MergeForm, FRESH, "Join it to another concern", is_rare=True
        ),
        PageAct(
            "in_error",
            ConcernAccess.mark_raised_in_error,
            mark_raised_in_error,
            ErrorForm,
            FRESH,
            "It was raised in error",
            is_rare=True,
        ),
        PageAct(
            "reopen",
            ConcernAccess.reopen,
            reopen_concern,
            ReopenForm,
            ("answered", "closed"),
            "Take it up again",
            is_rare=True,
        ),
    ]
}
"""In the order of the page. The states are those in which the lifecycle allows the act."""


def act_form_of(
    act: PageAct, concern: Concern, may: ConcernAccess, plans: Plans, at: datetime, data: Any = None
) -> Form | None:
    """The act's form. A promise has the times to choose from, and the colleague who has the concern now."""
    if act.form is None:
        return None
    if act.operation is record_action and may.is_author:
        return OwnActionForm(data, prefix=act.name)
    if issubclass(act.form, UntilForm):
        latest = _latest_moment_of(act, concern, may, plans, at)
        step = fetched_step(concern, may.side)
        held = promise_of_another(concern, step, by=may.by, at=at) if act.takes_over else None
        return act.form(data, at=at, latest=latest, held=held, prefix=act.name)
    if issubclass(act.form, ConcernForm):
        return act.form(data, concern=concern, by=may.by, at=at, prefix=act.name)
    return act.form(data, at=at, prefix=act.name)


def _latest_moment_of(act: PageAct, concern: Concern, may: ConcernAccess, plans: Plans, at: datetime) -> datetime:
    """The latest moment that may be chosen for this act."""
    if act.operation is hold_concern:
        return latest_end_of_hold(concern, may.side, at=at)
    if act.operation is record_action:
        return at + LONGEST_PROMISE
    return latest_end_of_promise(concern, fetched_step(concern, may.side), plans.of(concern, may.side), at=at)


def page_acts_of(concern: Concern, may: ConcernAccess, proposal: EndProposal | None, at: datetime) -> list[PageAct]:
    """The acts this person may do now."""
    if may.read_story:
        note_story(concern)
    left_out = _acts_left_out_of(concern, may, proposal, at)
    return [
        act
        for act in ACTS.values()
        if concern.status in act.states and act.name not in left_out and may.allows(act.permission)
    ]


def _acts_left_out_of(concern: Concern, may: ConcernAccess, proposal: EndProposal | None, at: datetime) -> set[str]:
    """The names of acts that the state would allow, but that are not possible at this moment."""
    out: set[str] = set()
    if concern.queued_at is not None or concern.queue_id is None:
        out.add("pass_on")
    if concern.queued_at is not None:
        out.add("no_action")
    if concern.is_feedback_settled:
        out.add("withhold")
    if concern.status == Concern.Status.ANSWERED and not concern.needs_act_from(may.side):
        out |= {"acknowledge", "action", "hold", "release_hold"}
    if Level(concern.level).tells_agency_at_once:
        out.add("hold")
    on_hold = any(hold.side == may.side and hold.stands(at) for hold in concern.holds.all())
    out.add("hold" if on_hold else "release_hold")
    if proposal is None:
        out |= {"agree", "decline"}
    else:
        out |= {"in_error", "no_action"}
        if proposal.proposed_by_id == may.by.pk:
            out.add("agree")
    return out
