"""Ask another volunteer to take the minutes in one's place, and answer or withdraw such a request."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
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
    """Ask another volunteer of the circle to take a turn. The asker takes their next turn in return.

    An earlier request for the same meeting is withdrawn.
    """
    _lock_rota(meeting)
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    MeetingAccess(by, meeting).require(MeetingAccess.offer_minutes)
    giver = meeting.minute_taker
    if giver is None or meeting.status != Meeting.Status.PLANNED or meeting.planned_at <= at:
        raise Refused("Only the minutes of a meeting that is still to come can be swapped.")
    if to == giver or not Membership.objects.current().filter(circle=meeting.circle, volunteer=to).exists():
        raise Refused("Ask somebody else who belongs to this circle.")
    for earlier in meeting.swaps.select_for_update().filter(status=Swap.Status.OFFERED):
        _settle_swap(earlier, Swap.Status.WITHDRAWN, by=by, at=at)
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
    _tell_volunteer(swap, to.user, Wording.SOMETHING_NEEDS_YOU, at=at)
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="minutes offered")
    return swap


@transaction.atomic
def swap_minutes(swap: Swap, *, by: User, at: datetime) -> Swap:
    """Take the minutes as asked. The turn in return goes to whoever asked, if it is still possible."""
    swap = _lock_swap(swap)
    SwapAccess(by, swap).require(SwapAccess.answer)
    if not Swap.objects.open_at(at).filter(pk=swap.pk).exists():
        raise Refused("This was settled already, or the meeting has changed. There is nothing more to do.")
    meeting, in_return = swap.meeting, swap.in_return
    meeting.minute_taker = swap.taker
    meeting.save(update_fields=["minute_taker"])
    can_give_back = (
        in_return is not None
        and in_return.minute_taker_id == swap.taker_id
        and in_return.status == Meeting.Status.PLANNED
    )
    if in_return is not None and can_give_back and in_return.planned_at > at:
        in_return.minute_taker = swap.giver
        in_return.save(update_fields=["minute_taker"])
    _settle_swap(swap, Swap.Status.ACCEPTED, by=by, at=at)
    _tell_volunteer(swap, swap.giver.user, Wording.THERE_IS_NEWS, at=at)
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="minutes swapped")
    return swap


@transaction.atomic
def decline_minutes(swap: Swap, *, by: User, at: datetime) -> Swap:
    """Say no. The turn stays where it is, and whoever asked is told."""
    swap = _lock_swap(swap)
    SwapAccess(by, swap).require(SwapAccess.answer)
    _settle_swap(swap, Swap.Status.DECLINED, by=by, at=at)
    _tell_volunteer(swap, swap.giver.user, Wording.THERE_IS_NEWS, at=at)
    write_entry(Act.ALTERED, swap.meeting, by=by, at=at, within=swap.meeting.circle.reference, note="swap declined")
    return swap


@transaction.atomic
def withdraw_offer(swap: Swap, *, by: User, at: datetime) -> Swap:
    """Withdraw the request and take the minutes oneself."""
    swap = _lock_swap(swap)
    SwapAccess(by, swap).require(SwapAccess.withdraw)
    _settle_swap(swap, Swap.Status.WITHDRAWN, by=by, at=at)
    write_entry(Act.ALTERED, swap.meeting, by=by, at=at, within=swap.meeting.circle.reference, note="swap withdrawn")
    return swap


def _lock_swap(swap: Swap) -> Swap:
    """Lock the swap and its meetings."""
    _lock_rota(swap.meeting)
    swap = Swap.objects.select_for_update(of=("self",)).get(pk=swap.pk)
    list(Meeting.objects.select_for_update(of=("self",)).filter(pk__in=[swap.meeting_id, swap.in_return_id]))
    return Swap.objects.select_related("meeting__circle", "in_return", "giver__user", "taker__user").get(pk=swap.pk)


def _lock_rota(meeting: Meeting) -> None:
    """Lock the circle first, so that nobody plans, mends or swaps its rota meanwhile."""
    Circle.objects.select_for_update(of=("self",)).get(pk=meeting.circle_id)


def _settle_swap(swap: Swap, to: Swap.Status, *, by: User, at: datetime) -> Swap:
    swap.answered_at, swap.answered_by = at, by
    swap.move(to, by=by, at=at)
    return swap


def _tell_volunteer(swap: Swap, person: User, wording: Wording, *, at: datetime) -> None:
    queue_alert(
        key=f"{swap.reference}:{swap.status}",
        to=[person],
        urgency=Urgency.ROUTINE,
        wording=wording,
        about=swap.meeting.circle.core_member_id,
        link=swap.meeting.circle.get_absolute_url(),
        at=at,
    )
    nudge()
