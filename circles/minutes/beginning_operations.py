"""Say who takes the minutes of a meeting, and open its log."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.access import CircleAccess
from circles.circle.models import Membership
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from core.errors import Refused
from volunteers.volunteer.models import Volunteer

OPENS_BEFORE = timedelta(hours=1)
"""The log can be opened an hour before the meeting."""


@transaction.atomic
def take_minutes(meeting: Meeting, *, volunteer: Volunteer, by: User, at: datetime) -> Meeting:
    """Change who takes the minutes. The draft goes with them."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    MeetingAccess(by, meeting).require(MeetingAccess.write_minutes)
    if meeting.is_called_off:
        raise Refused("This meeting was called off: nobody takes its minutes.")
    if meeting.is_settled:
        raise Refused("These minutes were sent already.")
    if not Membership.objects.current().filter(circle=meeting.circle, volunteer=volunteer).exists():
        raise Refused("Choose somebody who belongs to this circle.", field="volunteer")
    meeting.minute_taker = volunteer
    meeting.save(update_fields=["minute_taker"])
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="minute-taker changed")
    return meeting


@transaction.atomic
def start_log(meeting: Meeting, *, by: User, at: datetime) -> Minutes:
    """Open a meeting's log, or return to it. There is one draft, the same on every device."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    CircleAccess(by, meeting.circle).require(CircleAccess.write_minutes)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is not None:
        return minutes
    if meeting.is_called_off:
        raise Refused("This meeting was called off. If you met all the same, tell the coordinator.")
    if meeting.planned_at > at + OPENS_BEFORE:
        raise Refused("This meeting has not happened yet. Its log opens an hour before it starts.")
    minutes = Minutes.objects.create(meeting=meeting, begun_at=at, begun_by=by, saved_at=at, saved_by=by)
    meeting.move(Meeting.Status.DRAFT, by=by, at=at)
    write_entry(Act.COLLECTED, meeting, by=by, at=at, within=meeting.circle.reference)
    return minutes
