"""Note how long a volunteer travelled."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.hours.models import LONGEST_JOURNEY, Travel
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Attendance, Meeting
from core.errors import Refused


@transaction.atomic
def give_travel(meeting: Meeting, *, minutes: int, by: User, at: datetime) -> Travel:
    """Note how many minutes one travelled to this meeting, there and back. It is remembered for the next ones."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    MeetingAccess(by, meeting).require(MeetingAccess.give_travel)
    attendance = meeting.attendance.filter(volunteer__user=by).exclude(came=Attendance.Came.NO).first()
    if attendance is None or attendance.volunteer is None:
        raise Refused("The minutes do not say that you came. Ask whoever wrote them to put it right.")
    if not 0 <= minutes <= LONGEST_JOURNEY:
        raise Refused("Give the minutes there and back, at most eight hours.", field="minutes")
    travel = Travel.objects.filter(meeting=meeting, volunteer=attendance.volunteer).first()
    travel = travel or Travel(meeting=meeting, volunteer=attendance.volunteer)
    travel.minutes, travel.given_at, travel.given_by = minutes, at, by
    travel.save()
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="travel")
    return travel
