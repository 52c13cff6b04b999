"""Keep each version of the minutes, and collect the assents of those who were there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from circles.circle.telling import coordinators_now
from circles.contact.models import Contact
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Attendance, Meeting
from circles.minutes.models import Minutes
from circles.taxonomy.models import MinutesTag
from circles.version.models import Assent, MinutesVersion
from core.errors import Refused
from volunteers.volunteer.models import Volunteer

NOT_WRITTEN_BY_HAND = {
    "id",
    "meeting",
    "field_versions",
    "returned_because",
    "begun_at",
    "begun_by",
    "saved_at",
    "saved_by",
}
"""Fields of the minutes that nobody wrote: they are about the writing."""


def _fields_of_log() -> list[str]:
    """The fields of the minutes that somebody wrote, in order."""
    return [field.name for field in Minutes._meta.local_fields if field.name not in NOT_WRITTEN_BY_HAND]


def keep_version(
    meeting: Meeting, *, by: User, at: datetime, kind: MinutesVersion.Kind = MinutesVersion.Kind.SENT, reason: str = ""
) -> MinutesVersion:
    """Keep a version of the minutes as they are now. Lock the meeting first."""
    minutes = Minutes.objects.get(meeting=meeting)
    answers: dict[str, Any] = {name: getattr(minutes, name) for name in _fields_of_log()}
    answers |= _tags_and_contacts_text_of(minutes)
    there = meeting.attendance.select_related("volunteer").order_by("pk")
    latest = MinutesVersion.objects.latest_of(meeting)
    return MinutesVersion.objects.create(
        meeting=meeting,
        number=1 if latest is None else latest.number + 1,
        kind=kind,
        answers=answers,
        attendance={row.volunteer.reference if row.volunteer else "": row.came for row in there},
        reason=reason,
        written_at=at,
        written_by=by,
    )


def _tags_and_contacts_text_of(minutes: Minutes) -> dict[str, list[str]]:
    """Tags and contacts as text, so that renaming a tag later does not change what was sent."""
    lists: dict[str, list[str]] = {"topic": [], "risk": [], "protective": []}
    for minutes_tag in MinutesTag.objects.picked_in(minutes):
        parts = [
            minutes_tag.tag.name,
            minutes_tag.seen,
            minutes_tag.get_basis_display() if minutes_tag.basis else "",
            minutes_tag.opinion,
        ]
        lists[minutes_tag.tag.kind].append(": ".join(part for part in parts if part))
    contacts = [
        f"{contact.happened_on:%d %B %Y}, {contact.volunteer.user.first_name}, {contact.get_channel_display()}, "
        f"{contact.minutes_long} minutes, begun by {contact.get_begun_by_whom_display().lower()}: {contact.summary}"
        for contact in Contact.objects.listed_in(minutes)
    ]
    return lists | {"contacts": contacts}


def ask_for_assent(version: MinutesVersion, *, at: datetime) -> None:
    """Alert everybody else who was there, and belonged by that day, that the minutes wait for their answer."""
    meeting = version.meeting
    attendance = (
        meeting.attendance.exclude(came=Attendance.Came.NO)
        .exclude(volunteer=None)
        .exclude(volunteer__user=version.written_by)
    )
    queue_alert(
        key=f"{meeting.reference}:assent:{version.number}",
        to=[
            row.volunteer.user
            for row in attendance.select_related("volunteer__user")
            if row.volunteer and Meeting.objects.visible_to(row.volunteer.user).contains(meeting)
        ],
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        about=meeting.circle.core_member_id,
        link=meeting.get_absolute_url(),
        at=at,
    )


@transaction.atomic
def give_assent(meeting: Meeting, *, answer: str, words: str = "", by: User, at: datetime) -> Assent:
    """Agree with the minutes, or add a dissenting note that always stays with them."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    MeetingAccess(by, meeting).require(MeetingAccess.give_assent)
    version = MinutesVersion.objects.latest_of(meeting)
    if version is None or meeting.submitted_at is None:
        raise Refused("These minutes have not been sent yet. Write what you saw in the log itself.")
    if meeting.submitted_by == by:
        raise Refused("You sent these minutes yourself. Add a note if something is missing.")
    if at > version.assent_until:
        raise Refused("The 72 hours for this are over. Add a note to the minutes instead.")
    volunteer = Volunteer.objects.get(user=by)
    if Assent.objects.filter(version=version, volunteer=volunteer).exists():
        raise Refused("You have answered already. Add a note to the minutes if there is more.")
    words = words.strip()
    if answer == Assent.Answer.DISSENTS and not words:
        raise Refused("Write what you saw differently.", field="words")
    assent = Assent.objects.create(
        version=version, volunteer=volunteer, answer=answer, words=words, said_at=at, said_by=by
    )
    if assent.answer == Assent.Answer.DISSENTS:
        _tell_of_dissent(meeting, assent, at=at)
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note=f"minutes: {assent.answer}")
    return assent


def _tell_of_dissent(meeting: Meeting, assent: Assent, *, at: datetime) -> None:
    """Alert the coordinator, who reads a dissenting note before approving."""
    queue_alert(
        key=f"{meeting.reference}:dissent:{assent.pk}",
        to=coordinators_now(meeting.circle, at=at),
        urgency=Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        about=meeting.circle.core_member_id,
        link=meeting.get_absolute_url(),
        at=at,
    )
