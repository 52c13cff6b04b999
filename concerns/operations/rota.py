"""The on-call rota: shifts, and the gaps in the fortnight to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from concerns.access import RotaAccess
from concerns.models import OnCallShift
from core.errors import Refused
from core.telephones import LONGEST, kept
from core.typed import line_of

LOOKS_AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Gap:
    """A stretch in which nobody is on call, and the number that is always answered shows."""

    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def plan_shift(
    person: User, *, telephone: str, starts_at: datetime, ends_at: datetime, by: User, at: datetime
) -> OnCallShift:
    """Put somebody on call; the number shows on every volunteer page while the shift lasts. Shifts may overlap."""
    RotaAccess(by).require("plan_shift")
    if ends_at <= starts_at:
        raise Refused("The shift must end after it begins. Choose a later end.", "ends_at")
    if ends_at <= at:
        raise Refused("That shift is over already. Choose an end in the future.", "ends_at")
    written = line_of(telephone)
    if kept(written) is None or len(written) > LONGEST:
        raise Refused("Write the number as it is dialled, such as 01632 960 123.", "telephone")
    return OnCallShift.objects.create(person=person, telephone=written, starts_at=starts_at, ends_at=ends_at)


@transaction.atomic
def cancel_shift(shift: OnCallShift, *, by: User, at: datetime) -> OnCallShift:
    """Call a shift off, or end it now. Its gap shows at once."""
    shift = OnCallShift.objects.select_for_update(of=("self",)).get(pk=shift.pk)
    RotaAccess(by).require("plan_shift")
    if shift.cancelled_at is not None or shift.ends_at <= at:
        raise Refused("This shift is over already.")
    shift.cancelled_at, shift.cancelled_by = at, by
    shift.save(update_fields=["cancelled_at", "cancelled_by"])
    return shift


def gaps(*, at: datetime, ahead: timedelta = LOOKS_AHEAD) -> list[Gap]:
    """When nobody is on call from now on, the first first; somebody who can no longer sign in covers nothing."""
    ends = at + ahead
    shifts = OnCallShift.objects.standing().filter(ends_at__gt=at, starts_at__lt=ends, person__is_active=True)
    found, covered_until = [], at
    for starts_at, ends_at in shifts.order_by("starts_at", "pk").values_list("starts_at", "ends_at"):
        if starts_at > covered_until:
            found.append(Gap(covered_until, starts_at))
        covered_until = max(covered_until, ends_at)
    if covered_until < ends:
        found.append(Gap(covered_until, ends))
    return found
