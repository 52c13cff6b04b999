"""Taking a concern on: a claim for a quarter of an hour, or a promise until a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import recorded
from concerns.access import ConcernAccess
from concerns.models import Acknowledgement, Concern, EscalationStep, Hold, Side
from concerns.operations.escalation import next_round, stop_side
from concerns.operations.plan import SidePlan, plan_for
from core.errors import Refused
from core.templatetags.ui import said

ACTION = "Action"
"""How an action is called in the story."""

CLAIM_LASTS = timedelta(minutes=15)
LONGEST_PROMISE = timedelta(days=14)
"""After a first action; a volunteer hears at least "no news yet" every 14 days (domain.md 3.9)."""


@transaction.atomic
def claim_concern(concern: Concern, *, by: User, at: datetime) -> Concern:
    """Say to the others in the queue: I am reading this. Ends by itself; stops no clock."""
    concern = lock(concern)
    ConcernAccess(by, concern).require("claim")
    refuse_ended(concern)
    claimed = concern.claimed_by
    stands = claimed is not None and concern.claimed_until is not None and concern.claimed_until > at
    if claimed is not None and stands and claimed != by and ConcernAccess(claimed, concern).claim:
        raise Refused(
            f"{claimed.full_name} is reading this now. If it cannot wait, press “I am dealing with it” yourself."
        )
    concern.claimed_by, concern.claimed_until = by, at + CLAIM_LASTS
    concern.save(update_fields=["claimed_by", "claimed_until"])
    recorded(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="claimed")
    return concern


@transaction.atomic
def release_claim(concern: Concern, *, by: User, at: datetime) -> Concern:
    """Give a claim back before it ends."""
    concern = lock(concern)
    ConcernAccess(by, concern).require("claim")
    if concern.claimed_by != by:
        raise Refused("You have not claimed this concern.")
    concern.claimed_by = concern.claimed_until = None
    concern.save(update_fields=["claimed_by", "claimed_until"])
    recorded(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="claim released")
    return concern


@transaction.atomic
def acknowledge_concern(concern: Concern, *, until: datetime, plan: str = "", by: User, at: datetime) -> Concern:
    """Promise: I have it until then. Stops this side's ladder, which resumes where it stood if the time passes.

    `until` must lie in the future and within the time the level allows for a first action.
    """
    concern = lock(concern)
    may = ConcernAccess(by, concern)
    may.require("acknowledge")
    refuse_ended(concern)
    refuse_answered(concern, may.side)
    check_promise(concern, may.side, until, at=at)
    if concern.status == Concern.Status.RAISED:
        concern.move(Concern.Status.ACKNOWLEDGED, by=by, at=at)
    concern.claimed_by = concern.claimed_until = None
    concern.save(update_fields=["claimed_by", "claimed_until"])
    promise(concern, may.side, until=until, plan=plan, by=by, at=at)
    spare_the_agency(concern, may.side, at=at)
    recorded(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="acknowledged")
    return concern


def promise(concern: Concern, side: Side, *, until: datetime, plan: str, by: User, at: datetime) -> Acknowledgement:
    """Write the promise and the step that resumes the ladder when it passes."""
    stood = stop_side(concern, side, at=at, why="stopped by an acknowledgement")
    end_hold(concern, side, by=by, at=at)
    given = Acknowledgement.objects.create(concern=concern, side=side, by=by, at=at, until=until, plan=plan)
    EscalationStep.objects.create(
        concern=concern,
        side=side,
        round=next_round(concern, side),
        rung=stood.rung if stood else 0,
        due_at=until,
        promise=given,
    )
    concern.note(f"Has it until {said(until)}", by=by, at=at, detail=plan.strip())
    return given


def end_hold(concern: Concern, side: Side, *, by: User, at: datetime) -> None:
    """A hold of this side ends, because something else sets its clock now."""
    Hold.objects.standing(at).filter(concern=concern, side=side).update(released_at=at, released_by=by)


def spare_the_agency(concern: Concern, side: Side, *, at: datetime) -> None:
    """A coordinator who takes a lesser concern on in time keeps it from the queue (escalation.md 3)."""
    if side == Side.CHARITY and concern.queued_at is None:
        stop_side(concern, Side.AGENCY, at=at, why="stopped by an acknowledgement")


def latest_promise(plan: SidePlan, *, acted: bool, at: datetime) -> datetime:
    """How far a promise may reach: the level's time for a first action; once one is recorded, a fortnight."""
    if acted:
        return at + LONGEST_PROMISE
    return plan.latest_first_promise(at)


def check_promise(concern: Concern, side: Side, until: datetime, *, at: datetime, acted: bool = False) -> None:
    """Refuse a promise in the past, or one longer than the level allows; `acted` when a first action is this one."""
    if until <= at:
        raise Refused("Choose a time later than now.", field="until")
    acted = acted or concern.events.filter(what=ACTION).exists()
    latest = latest_promise(plan_for(concern, side), acted=acted, at=at)
    if until > latest:
        raise Refused(f"Choose a time no later than {said(latest)}.", field="until")


def refuse_answered(concern: Concern, side: Side) -> None:
    """The agencies' clock ends with their answer; nobody starts it again by a promise."""
    if side == Side.AGENCY and concern.status == Concern.Status.ANSWERED:
        raise Refused("This concern is answered. If there is something new, tell the coordinator.")


def refuse_ended(concern: Concern) -> None:
    if not concern.is_open:
        raise Refused("This concern is finished. If there is something new, raise a new concern.")


def lock(concern: Concern) -> Concern:
    """The concern's row, locked, as it is now."""
    return Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
