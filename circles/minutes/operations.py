"""Approve minutes, return them to their writer, and add notes to them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from circles.meeting.access import MeetingAccess
from circles.meeting.locking import lock_meeting
from circles.meeting.models import Meeting
from circles.minutes.models import Addendum
from core.errors import Refused


@transaction.atomic
def return_minutes(meeting: Meeting, *, reason: str, by: User, at: datetime) -> Meeting:
    """Return the minutes to their writer, with the reason."""
    meeting = lock_meeting(meeting)
    MeetingAccess(by, meeting).require(MeetingAccess.approve)
    if meeting.status != Meeting.Status.SUBMITTED:
        raise Refused("These minutes are not waiting to be read, so there is nothing to return.")
    if not reason.strip():
        raise Refused("Say what is missing, so that the writer can add it.", field="reason")
    writer = meeting.submitted_by
    meeting.submitted_at = meeting.submitted_by = None
    meeting.move(Meeting.Status.DRAFT, by=by, at=at, note=reason.strip())
    meeting.minutes.returned_because = reason.strip()
    meeting.minutes.save(update_fields=["returned_because"])
    if writer is not None:
        _tell_people(meeting, [writer], f"returned:{at.timestamp():.0f}", at=at)
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="minutes returned")
    return meeting


@transaction.atomic
def approve_minutes(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Approve the minutes, which locks them. Later words are addenda."""
    meeting = lock_meeting(meeting)
    MeetingAccess(by, meeting).require(MeetingAccess.approve)
    if meeting.submitted_by == by:
        raise Refused("You sent these minutes, so somebody else must approve them. Ask a manager.")
    meeting.approved_at, meeting.approved_by = at, by
    meeting.move(Meeting.Status.APPROVED, by=by, at=at)
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="minutes approved")
    return meeting


@transaction.atomic
def add_addendum(meeting: Meeting, *, words: str, by: User, at: datetime) -> Addendum:
    """Add a note to minutes that were sent or approved."""
    meeting = lock_meeting(meeting)
    MeetingAccess(by, meeting).require(MeetingAccess.add_addendum)
    if meeting.is_called_off:
        raise Refused("This meeting was not held: there are no minutes to add to.")
    if meeting.status not in {Meeting.Status.SUBMITTED, Meeting.Status.APPROVED}:
        raise Refused("These minutes are still being written. Write it in the log.")
    if not words.strip():
        raise Refused("Write what you want to add.", field="words")
    addendum = Addendum.objects.create(meeting=meeting, words=words.strip(), added_at=at, added_by=by)
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="addendum")
    return addendum


def _tell_people(meeting: Meeting, people: list[User], what: str, *, at: datetime) -> None:
    queue_alert(
        key=f"{meeting.reference}:{what}",
        to=people,
        urgency=Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        about=meeting.circle.core_member_id,
        link=meeting.get_absolute_url(),
        at=at,
    )
    nudge()
