"""Cancel a meeting, put it back, say that it was not held, or move it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.event_models import CircleEvent
from circles.circle.telling import tell_members
from circles.meeting.access import MeetingAccess
from circles.meeting.chasing import stop_chasing
from circles.meeting.locking import lock_meeting
from circles.meeting.models import Meeting
from circles.schedule.models import Variation
from circles.schedule.operations import check_moment, day_text_of, lock_to_schedule
from core.errors import Refused


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, why_not: Meeting.WhyNot, words: str, by: User, at: datetime) -> Meeting:
    """Cancel a meeting that is still to come, with one of the three reasons and words (domain.md 7.5)."""
    meeting = lock_meeting(meeting)
    MeetingAccess(by, meeting).require(MeetingAccess.schedule)
    if meeting.status == Meeting.Status.PLANNED and meeting.planned_at <= at:
        raise Refused("This meeting’s time has come. Say that it was not held instead.")
    return _call_off(meeting, Meeting.Status.CANCELLED, why_not, words, by=by, at=at)


@transaction.atomic
def note_not_held(meeting: Meeting, *, why_not: Meeting.WhyNot, words: str, by: User, at: datetime) -> Meeting:
    """Say that a meeting whose time has come was not held. What was written stays, and no minutes are due.

    Raises Refused while an answer that must be passed on has not been sent.
    """
    meeting = lock_meeting(meeting)
    MeetingAccess(by, meeting).require(MeetingAccess.call_off)
    if meeting.planned_at > at:
        raise Refused("This meeting has not happened yet. Ask the coordinator to cancel it.")
    minutes = getattr(meeting, "minutes", None)
    if minutes is not None and minutes.forcing_answers.still_open().exists():
        raise Refused("The log holds something that must be passed on and has not been sent. Send it first.")
    return _call_off(meeting, Meeting.Status.NOT_HELD, why_not, words, by=by, at=at)


def _call_off(
    meeting: Meeting, to: Meeting.Status, why_not: Meeting.WhyNot, words: str, *, by: User, at: datetime
) -> Meeting:
    """Write a cancelled or not held meeting, and tell its members."""
    if why_not not in Meeting.WhyNot.values:
        raise Refused("Choose one of the three reasons.", field="why_not")
    if not words.strip():
        raise Refused("Say in a few words what happened.", field="words")
    meeting.why_not, meeting.why_not_words = Meeting.WhyNot(why_not), words.strip()
    meeting.called_off_at, meeting.called_off_by = at, by
    meeting.revision += 1
    meeting.move(to, by=by, at=at, note=Meeting.WhyNot(why_not).label)
    stop_chasing(meeting, at=at, why="there are no minutes to write")
    _tell_members_of(meeting, f"{to}-{meeting.revision}", by=by, at=at)
    note = "cancelled" if to == Meeting.Status.CANCELLED else "not held"
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note=note)
    return meeting


@transaction.atomic
def restore_meeting(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Put back a meeting that was cancelled by mistake, with its day, time, place and minute-taker."""
    meeting = lock_meeting(meeting)
    circle = lock_to_schedule(meeting.circle, by=by)
    MeetingAccess(by, meeting).require(MeetingAccess.schedule)
    if meeting.status != Meeting.Status.CANCELLED:
        raise Refused("Only a cancelled meeting can be put back. This one is not cancelled.")
    if meeting.planned_at <= at:
        raise Refused("The time of this meeting has passed, so it cannot be put back.")
    check_moment(circle, meeting.planned_at, at, but=meeting.slot_at)
    meeting.why_not, meeting.why_not_words = "", ""
    meeting.called_off_at = meeting.called_off_by = None
    meeting.restored_at, meeting.restored_by = at, by
    meeting.revision += 1
    meeting.move(Meeting.Status.PLANNED, by=by, at=at, note="put back after it was cancelled")
    _tell_members_of(meeting, f"restored-{meeting.revision}", by=by, at=at)
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=circle.reference, note="put back")
    return meeting


@transaction.atomic
def move_meeting(
    meeting: Meeting, *, planned_at: datetime, place_code: str, words: str, by: User, at: datetime
) -> Meeting:
    """Move a coming meeting to another day, time or place. The minute-taker stays the same."""
    meeting = lock_meeting(meeting)
    MeetingAccess(by, meeting).require(MeetingAccess.schedule)
    place_code = place_code.upper() or meeting.place_code
    if meeting.status != Meeting.Status.PLANNED or meeting.planned_at <= at:
        raise Refused("Only a meeting that is still to come can be moved.")
    if (planned_at, place_code) == (meeting.planned_at, meeting.place_code):
        raise Refused("That is when and where it is now. Change the day, the time or the place.", field="day")
    if planned_at != meeting.planned_at:
        check_moment(meeting.circle, planned_at, at, but=meeting.slot_at)
    before, meeting.planned_at, meeting.place_code = meeting.planned_at, planned_at, place_code
    meeting.moved_at, meeting.moved_by = at, by
    meeting.revision += 1
    meeting.save(update_fields=["planned_at", "place_code", "moved_at", "moved_by", "revision"])
    _save_variation(meeting, words.strip(), by=by, at=at)
    what = f"Meeting {meeting.number} of {day_text_of(before)} moves to {day_text_of(planned_at)}"
    CircleEvent.objects.create(
        circle=meeting.circle, at=at, by=by, kind=CircleEvent.Kind.MEETING, what=what, note=words.strip()
    )
    _tell_members_of(meeting, f"moved-{meeting.revision}", by=by, at=at)
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="moved")
    return meeting


def _save_variation(meeting: Meeting, words: str, *, by: User, at: datetime) -> None:
    """Save the move as an exception to the circle's rhythm. An extra meeting is not part of the rhythm."""
    if meeting.slot_at is None:
        return
    variation = Variation.objects.filter(circle=meeting.circle, slot_at=meeting.slot_at).first()
    variation = variation or Variation(circle=meeting.circle, slot_at=meeting.slot_at)
    variation.kind, variation.moved_to = Variation.Kind.MOVED, meeting.planned_at
    variation.place_code, variation.words = meeting.place_code, words
    variation.made_at, variation.made_by = at, by
    variation.save()


def _tell_members_of(meeting: Meeting, what: str, *, by: User, at: datetime) -> None:
    link = meeting.get_absolute_url()
    tell_members(meeting.circle, key=f"{meeting.reference}:{what}", link=link, by=by, at=at)
