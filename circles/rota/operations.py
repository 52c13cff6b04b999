"""Asking somebody to take the minutes in one's place, and answering, each with one tap."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import recorded
from circles.circle.models import Circle, Membership
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.rota.access import SwapAccess
from circles.rota.models import Swap
from core.errors import Refused
from core.references import unused_reference
from volunteers.volunteer.models import Volunteer


@transaction.atomic
def offer_minutes(meeting: Meeting, *, to: Volunteer, by: User, at: datetime) -> Swap:
    """Ask another volunteer of the circle to take one's turn; their next turn is taken in return."""
    lock_rota(meeting)
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    MeetingAccess(by, meeting).require(MeetingAccess.offer_minutes)
    giver = meeting.minute_taker
    if giver is None or meeting.status != Meeting.Status.PLANNED or meeting.planned_at <= at:
        raise Refused("Only the minutes of a meeting that is still to come can be swapped.")
    if to == giver or not Membership.objects.current().filter(circle=meeting.circle, volunteer=to).exists():
        raise Refused("Ask somebody else who belongs to this circle.")
    for earlier in meeting.swaps.select_for_update().filter(status=Swap.Status.OFFERED):
        settle(earlier, Swap.Status.WITHDRAWN, by=by, at=at)
    coming = meeting.circle.meetings.filter(planned_at__gt=at, status=Meeting.Status.PLANNED, minute_taker=to)
    swap = Swap.objects.create(
        reference=unused_reference(Swap, "W"),
        meeting=meeting,
        giver=giver,
        taker=to,
        in_return=coming.order_by("planned_at").first(),
        offered_at=at,
        offered_by=by,
    )
    tell(swap, to.user, Wording.SOMETHING_NEEDS_YOU, at=at)
    recorded(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="minutes offered")
    return swap


@transaction.atomic
def swap_minutes(swap: Swap, *, by: User, at: datetime) -> Swap:
    """Take the minutes as asked; one's own next turn goes to whoever asked, if it still can."""
    swap = lock(swap)
    SwapAccess(by, swap).require(SwapAccess.answer)
    if not Swap.objects.standing(at).filter(pk=swap.pk).exists():
        raise Refused("This was settled already, or the meeting has changed. There is nothing more to do.")
    meeting, back = swap.meeting, swap.in_return
    meeting.minute_taker = swap.taker
    meeting.save(update_fields=["minute_taker"])
    still = back is not None and back.minute_taker_id == swap.taker_id and back.status == Meeting.Status.PLANNED
    if back is not None and still and back.planned_at > at:
        back.minute_taker = swap.giver
        back.save(update_fields=["minute_taker"])
    settle(swap, Swap.Status.ACCEPTED, by=by, at=at)
    tell(swap, swap.giver.user, Wording.THERE_IS_NEWS, at=at)
    recorded(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="minutes swapped")
    return swap


@transaction.atomic
def decline_minutes(swap: Swap, *, by: User, at: datetime) -> Swap:
    """Not this time: the turn stays where it is, and whoever asked is told."""
    swap = lock(swap)
    SwapAccess(by, swap).require(SwapAccess.answer)
    settle(swap, Swap.Status.DECLINED, by=by, at=at)
    tell(swap, swap.giver.user, Wording.THERE_IS_NEWS, at=at)
    recorded(Act.ALTERED, swap.meeting, by=by, at=at, within=swap.meeting.circle.reference, note="swap declined")
    return swap


@transaction.atomic
def withdraw_offer(swap: Swap, *, by: User, at: datetime) -> Swap:
    """Take the minutes oneself after all."""
    swap = lock(swap)
    SwapAccess(by, swap).require(SwapAccess.withdraw)
    settle(swap, Swap.Status.WITHDRAWN, by=by, at=at)
    recorded(Act.ALTERED, swap.meeting, by=by, at=at, within=swap.meeting.circle.reference, note="swap withdrawn")
    return swap


def lock(swap: Swap) -> Swap:
    """The swap and its meetings, locked."""
    lock_rota(swap.meeting)
    swap = Swap.objects.select_for_update(of=("self",)).get(pk=swap.pk)
    list(Meeting.objects.select_for_update(of=("self",)).filter(pk__in=[swap.meeting_id, swap.in_return_id]))
    return Swap.objects.select_related("meeting__circle", "in_return", "giver__user", "taker__user").get(pk=swap.pk)


def lock_rota(meeting: Meeting) -> None:
    """The circle is locked first: nobody plans, mends or swaps the same rota meanwhile."""
    Circle.objects.select_for_update(of=("self",)).get(pk=meeting.circle_id)


def settle(swap: Swap, to: Swap.Status, *, by: User, at: datetime) -> Swap:
    swap.answered_at, swap.answered_by = at, by
    swap.move(to, by=by, at=at)
    return swap


def tell(swap: Swap, person: User, wording: Wording, *, at: datetime) -> None:
    queue_alert(
        key=f"{swap.reference}:{swap.status}",
        to=[person],
        urgency=Urgency.ROUTINE,
        wording=wording,
        link=swap.meeting.circle.get_absolute_url(),
        at=at,
    )
    nudge()
