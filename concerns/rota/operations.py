"""Plan, agree to, refuse and call off shifts on call; and find the gaps of the next fortnight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.access import people_with_role
from accounts.models import Change, User
from accounts.operations import note_change
from alerts.message.models import Urgency, Wording
from alerts.mobile.models import Mobile
from alerts.outbox.operations import queue_alert
from concerns.rota.access import VOUCHES, RotaAccess
from concerns.rota.models import OnCallShift
from core.errors import Refused
from core.telephones import LONGEST, mobile_of, stored_number_of
from core.typed import line_of

LOOKS_AHEAD = timedelta(days=14)
LONGEST_SHIFT = timedelta(days=31)
"""A number that would be shown for longer must be looked at again by then."""


@dataclass(frozen=True)
class RotaGap:
    """A time in which nobody is on call. The number that is always answered is shown then."""

    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def plan_shift(
    person: User, *, telephone: str, starts_at: datetime, ends_at: datetime, by: User, at: datetime
) -> OnCallShift:
    """Plan a shift. While it lasts, every volunteer page shows its number. Shifts may overlap.

    It waits until everybody who must has agreed (see OnCallShift).
    """
    RotaAccess(by).require(RotaAccess.plan_shift)
    if ends_at <= starts_at:
        raise Refused("The shift must end after it begins. Choose a later end.", "ends_at")
    if ends_at <= at:
        raise Refused("That shift is over already. Choose an end in the future.", "ends_at")
    if ends_at - starts_at > LONGEST_SHIFT:
        raise Refused("A shift lasts 31 days at most. Choose an earlier end, and plan the next one too.", "ends_at")
    telephone = line_of(telephone)
    if stored_number_of(telephone) is None or len(telephone) > LONGEST:
        raise Refused("Write the number as it is dialled, such as 01632 960 123.", "telephone")
    own = _is_proved(person, telephone)
    shift = OnCallShift(
        person=person,
        telephone=telephone,
        starts_at=starts_at,
        ends_at=ends_at,
        asked_at=at,
        planned_by=by,
        own_number=own,
        known_number=own or _is_always_answered(telephone),
    )
    note = f"number ending {telephone[-3:]}"
    if shift.wants_person or shift.wants_second:
        shift.save()
        note_change(person, Change.SHIFT_ASKED, by=by, at=at, note=note)
        _ask_to_agree(shift, at=at)
    else:
        shift.stands_from = at
        shift.save()
        note_change(person, Change.SHIFT_PLANNED, by=by, at=at, note=note)
    return shift


def _is_proved(person: User, telephone: str) -> bool:
    """Whether this is the mobile number that the person verified with a code."""
    mobile = Mobile.objects.verified().filter(person=person).first()
    return mobile is not None and mobile.number == mobile_of(telephone)


def _is_always_answered(telephone: str) -> bool:
    """Whether this is the number that the installer chose for times when nobody is on call."""
    return stored_number_of(telephone) == stored_number_of(settings.ON_CALL_TELEPHONE)


def _ask_to_agree(shift: OnCallShift, *, at: datetime) -> None:
    """Alert the person on call, and those who may agree to the number, that a shift waits for them."""
    asked = {shift.person.pk: shift.person} if shift.wants_person else {}
    if shift.wants_second:
        vouching = [person for role in VOUCHES for person in people_with_role(role)]
        asked |= {person.pk: person for person in vouching if person.pk != shift.planned_by_id}
    queue_alert(
        key=f"shift:{shift.pk}",
        to=asked.values(),
        urgency=Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        link=reverse("concerns:rota"),
        at=at,
    )


def _lock_waiting_shift(shift: OnCallShift, *, at: datetime) -> OnCallShift:
    found = OnCallShift.objects.select_for_update(of=("self",)).waiting(at).filter(pk=shift.pk).first()
    if found is None:
        raise Refused("This shift waits no longer: somebody agreed or refused, or its time is over.")
    return found


@transaction.atomic
def agree_to_shift(shift: OnCallShift, *, by: User, at: datetime) -> OnCallShift:
    """Agree to be on call, or to the number. When everybody who must has agreed, the shift stands."""
    shift = _lock_waiting_shift(shift, at=at)
    may = RotaAccess(by, shift)
    may.require(RotaAccess.agree_to_shift)
    if may.is_mine:
        shift.confirmed_at = at
    if may.vouches:
        shift.agreed_at, shift.agreed_by = at, by
    stands = not shift.wants_person and not shift.wants_second
    shift.stands_from = at if stands else None
    shift.save(update_fields=["confirmed_at", "agreed_at", "agreed_by", "stands_from"])
    note_change(shift.person, Change.SHIFT_PLANNED if stands else Change.SHIFT_AGREED, by=by, at=at)
    return shift


@transaction.atomic
def refuse_shift(shift: OnCallShift, *, by: User, at: datetime) -> OnCallShift:
    """Say no to a shift that waits. Its number is never shown, and the person who planned it is told."""
    shift = _lock_waiting_shift(shift, at=at)
    RotaAccess(by, shift).require(RotaAccess.refuse_shift)
    record_call_off(shift, by=by, at=at)
    note_change(shift.person, Change.SHIFT_REFUSED, by=by, at=at)
    queue_alert(
        key=f"shift:{shift.pk}:refused",
        to=[shift.planned_by],
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        link=reverse("concerns:rota"),
        at=at,
    )
    return shift


@transaction.atomic
def cancel_shift(shift: OnCallShift, *, by: User, at: datetime) -> OnCallShift:
    """Call off a shift that has not begun, or end it now. Its gap is on the rota at once."""
    shift = OnCallShift.objects.select_for_update(of=("self",)).get(pk=shift.pk)
    RotaAccess(by, shift).require(RotaAccess.plan_shift)
    if shift.cancelled_at is not None or shift.ends_at <= at:
        raise Refused("This shift is over already.")
    record_call_off(shift, by=by, at=at)
    note_change(shift.person, Change.SHIFT_CANCELLED, by=by, at=at)
    return shift


def record_call_off(shift: OnCallShift, *, by: User, at: datetime) -> None:
    shift.cancelled_at, shift.cancelled_by = at, by
    shift.save(update_fields=["cancelled_at", "cancelled_by"])


def gaps_on_call(*, at: datetime, ahead: timedelta = LOOKS_AHEAD) -> list[RotaGap]:
    """The times from now on in which nobody is on call, in order. A person who cannot sign in does not count."""
    ends = at + ahead
    shifts = OnCallShift.objects.agreed().filter(ends_at__gt=at, starts_at__lt=ends, person__is_active=True)
    gaps, covered_until = [], at
    for starts_at, ends_at in shifts.order_by("starts_at", "pk").values_list("starts_at", "ends_at"):
        if starts_at > covered_until:
            gaps.append(RotaGap(covered_until, starts_at))
        covered_until = max(covered_until, ends_at)
    if covered_until < ends:
        gaps.append(RotaGap(covered_until, ends))
    return gaps
