"""List and remove contacts between meetings; ask for a call, and note that it was made."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from circles.circle.models import Membership
from circles.circle.telling import coordinators_now
from circles.contact.models import LONGEST_CONTACT, Contact, SupportCall
from circles.meeting.access import MeetingAccess
from circles.meeting.locking import lock_meeting
from circles.meeting.models import Meeting
from circles.minutes.drafting import lock_draft, note_saving
from circles.minutes.models import Minutes
from core.errors import Refused
from core.worktime import LONDON
from volunteers.volunteer.models import Volunteer


@transaction.atomic
def add_contact(
    meeting: Meeting,
    *,
    happened_on: date,
    volunteer: Volunteer,
    channel: str,
    begun_by_whom: str,
    minutes_long: int,
    summary: str = "",
    by: User,
    at: datetime,
) -> Contact:
    """List one contact with the core member since the last meeting."""
    meeting = lock_draft(meeting, by=by)
    if happened_on > at.astimezone(LONDON).date():
        raise Refused("That day has not come yet. Check the date.", field="happened_on")
    if (
        not Membership.objects.could_attend(meeting.planned_at)
        .filter(circle=meeting.circle, volunteer=volunteer)
        .exists()
    ):
        raise Refused("Choose a volunteer of this circle.", field="volunteer")
    if minutes_long > LONGEST_CONTACT:
        raise Refused("That is longer than half a day. Check how many minutes it was.", field="minutes_long")
    minutes = meeting.minutes
    contact = Contact.objects.create(
        minutes=minutes,
        happened_on=happened_on,
        volunteer=volunteer,
        channel=channel,
        begun_by_whom=begun_by_whom,
        minutes_long=minutes_long,
        summary=summary.strip(),
    )
    minutes.contact = Minutes.YesNo.YES
    minutes.save(update_fields=["contact"])
    note_saving(minutes, by=by, at=at)
    return contact


@transaction.atomic
def remove_contact(contact: Contact, *, by: User, at: datetime) -> None:
    """Remove a contact that was listed by mistake from the draft."""
    meeting = lock_draft(contact.minutes.meeting, by=by)
    contact.delete()
    note_saving(meeting.minutes, by=by, at=at)


def ask_for_call(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Tell the coordinator, once, if the minutes ask for a call. The meeting is locked; its minutes are being sent."""
    if meeting.minutes.support != Minutes.YesNo.YES:
        return
    _, is_new = SupportCall.objects.get_or_create(meeting=meeting, defaults={"asked_at": at, "asked_by": by})
    if is_new:
        queue_alert(
            key=f"{meeting.reference}:support",
            to=coordinators_now(meeting.circle, at=at),
            urgency=Urgency.URGENT,
            wording=Wording.SOMETHING_NEEDS_YOU,
            about=meeting.circle.core_member_id,
            link=meeting.get_absolute_url(),
            at=at,
        )


@transaction.atomic
def note_called(meeting: Meeting, *, by: User, at: datetime) -> SupportCall:
    """Note that the coordinator rang the volunteer."""
    meeting = lock_meeting(meeting)
    MeetingAccess(by, meeting).require(MeetingAccess.note_called)
    call = SupportCall.objects.filter(meeting=meeting).first()
    if call is None:
        raise Refused("Nobody asked for a call in these minutes.")
    if call.called_at is not None:
        raise Refused("Somebody has rung already.")
    call.called_at, call.called_by = at, by
    call.save(update_fields=["called_at", "called_by"])
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="volunteer rung")
    return call
