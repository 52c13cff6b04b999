"""Plan leave with a deputy, and call it off."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Change, User
from accounts.operations import note_change
from alerts.leave.access import LeaveAccess, deputies_for
from alerts.leave.gap import tell_of_gaps
from alerts.leave.models import Leave
from core.errors import Refused
from core.templatetags.ui import moment_in_full


@transaction.atomic
def plan_leave(
    person: User, *, starts_at: datetime, ends_at: datetime, deputy: User | None, by: User, at: datetime
) -> Leave:
    """Plan a person's leave. The deputy gets their alerts; without a deputy, the next people on the ladder do."""
    person = User.objects.select_for_update().get(pk=person.pk)
    LeaveAccess(by, person).require(LeaveAccess.plan)
    if ends_at <= starts_at:
        raise Refused("The leave must end after it begins. Choose a later end.", "ends_at")
    if ends_at <= at:
        raise Refused("That leave is over already. Choose an end in the future.", "ends_at")
    if deputy is not None and not deputies_for(person).filter(pk=deputy.pk).exists():
        raise Refused(
            "This person may not be told the same things. Choose somebody with the same duty, or of the same team.",
            "deputy",
        )
    if Leave.objects.not_cancelled().filter(person=person, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise Refused("There is leave in that time already. Call it off first, or choose other times.", "starts_at")
    leave = Leave.objects.create(
        person=person, deputy=deputy, starts_at=starts_at, ends_at=ends_at, planned_at=at, planned_by=by
    )
    note_leave(leave, Change.LEAVE_PLANNED, Change.COVER_PLANNED, by=by, at=at)
    tell_of_gaps(leave, by=by, at=at)
    return leave


@transaction.atomic
def cancel_leave(leave: Leave, *, by: User, at: datetime) -> Leave:
    """Call off leave that has not begun, or end it early. The deputy's cover ends now."""
    leave = Leave.objects.select_for_update(of=("self",)).select_related("person", "deputy").get(pk=leave.pk)
    if not LeaveAccess(by, leave.person).plan:
        raise PermissionDenied("You may not call off this leave. Ask a manager.")
    if leave.cancelled_at is not None or leave.ends_at <= at:
        raise Refused("This leave is over already.")
    leave.cancelled_at, leave.cancelled_by = at, by
    leave.save(update_fields=["cancelled_at", "cancelled_by"])
    note_leave(leave, Change.LEAVE_CANCELLED, Change.COVER_CANCELLED, by=by, at=at)
    return leave


def note_leave(leave: Leave, for_person: Change, for_deputy: Change, *, by: User, at: datetime) -> None:
    """Write a change for the person, and one for the deputy, because cover changes what the deputy sees."""
    times = f"{moment_in_full(leave.starts_at)} to {moment_in_full(leave.ends_at)}"
    deputy = leave.deputy
    note_change(leave.person, for_person, by=by, at=at, recipient=deputy.reference if deputy else "", note=times)
    if deputy is not None:
        note_change(deputy, for_deputy, by=by, at=at, recipient=leave.person.reference, note=times)
