"""Save answers and attendance in the log of a meeting, and send it to the coordinator as minutes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.telling import coordinators_now
from circles.contact.operations import ask_for_call
from circles.forcing_answer.models import forcing_answers_of
from circles.forcing_answer.operations import note_passed_on, update_forcing_answers
from circles.meeting.access import MeetingAccess
from circles.meeting.chasing import stop_chasing
from circles.meeting.locking import lock_meeting
from circles.meeting.models import Attendance, Meeting, is_short
from circles.minutes.drafting import lock_draft, note_saving
from circles.minutes.models import Minutes
from circles.minutes.operations import _tell_people
from circles.minutes.questions import (
    asked_fields,
    fields_that_ask_for_a_concern,
    forcing_questions,
    missing_answers,
)
from circles.minutes.sections import MissingAnswer
from circles.minutes.visit import OUT_OF_ORDER, first_time_out_of_order
from circles.taxonomy.models import MinutesTag
from circles.version.operations import ask_for_assent, keep_version
from core.errors import Refused
from volunteers.volunteer.models import Volunteer

Answers = dict[str, Any]
"""Answers by the name of their field in the minutes; only fields that the table of questions asks."""


def write_answers(
    minutes: Minutes, *, answers: Answers, also: Iterable[str] = (), by: User, at: datetime, hand: str = ""
) -> None:
    """Write these answers into a draft whose meeting is locked. `also` names what else changed: taps and tags."""
    unknown = set(answers) - set(asked_fields())
    if unknown:
        raise ValueError(f"not fields of the log: {sorted(unknown)}")
    changed = [name for name, value in answers.items() if getattr(minutes, name) != value]
    forced_before = bool(forcing_answers_of(minutes))
    for name, value in answers.items():
        setattr(minutes, name, value)
    wrong = first_time_out_of_order(minutes.times)
    if wrong is not None:
        raise Refused(OUT_OF_ORDER[wrong], field=wrong)
    note_saving(minutes, by=by, at=at, changed=[*changed, *also], hand=hand, fields=answers)
    may_force = forced_before or bool(forcing_answers_of(minutes))
    if may_force and fields_that_ask_for_a_concern() & set(changed):
        update_forcing_answers(minutes, by=by, at=at)


@transaction.atomic
def note_worry_sent(meeting: Meeting, *, worry: str, reference: str, by: User, at: datetime) -> None:
    """Note in the draft that its worry was sent as a concern, so that it is not asked for again.

    Does nothing when the minutes are not a draft: a concern never waits for the minutes.
    """
    meeting = lock_meeting(meeting)
    if meeting.status != Meeting.Status.DRAFT or not MeetingAccess(by, meeting).write_minutes:
        return
    minutes = meeting.minutes
    minutes.worry, minutes.worry_words, minutes.worry_sent_as = worry, "", reference
    minutes.saved_at, minutes.saved_by = at, by
    minutes.save(update_fields=["worry", "worry_words", "worry_sent_as", "saved_at", "saved_by"])
    note_passed_on(minutes, fields=["worry"], reference=reference, by=by, at=at)


@transaction.atomic
def note_concern_raised(
    meeting: Meeting, *, reference: str, answers: Iterable[str] = (), by: User, at: datetime
) -> None:
    """Note in the draft that a concern was raised from this meeting, and which of its answers it is about.

    Does nothing when the minutes are not a draft, or were never begun: a concern never waits for the minutes.
    """
    meeting = lock_meeting(meeting)
    if meeting.status != Meeting.Status.DRAFT or not MeetingAccess(by, meeting).write_minutes:
        return
    minutes = meeting.minutes
    minutes.concern_raised_as = reference
    minutes.saved_at, minutes.saved_by = at, by
    minutes.save(update_fields=["concern_raised_as", "saved_at", "saved_by"])
    note_passed_on(minutes, fields=answers, reference=reference, by=by, at=at)


def tap_name_of(volunteer: Volunteer | None) -> str:
    """The name of the row of taps for a volunteer, or for the core member (None)."""
    return f"came-{volunteer.reference if volunteer else 'him'}"


def write_attendance(
    meeting: Meeting, *, volunteer: Volunteer | None, came: Attendance.Came
) -> tuple[Attendance, bool]:
    """Write one tap into a draft whose meeting is locked. Returns the row, and whether it changed."""
    if volunteer is not None and came not in Attendance.OF_VOLUNTEERS:
        raise Refused("Only the core member can be noted as leaving early. For a volunteer, choose came, late or no.")
    who = volunteer.pk if volunteer else None
    there = next((row for row in meeting.attendance.all() if row.volunteer_id == who), None)
    there = there or Attendance(meeting=meeting, volunteer=volunteer)
    changed = there.came != came
    there.came = came
    there.save()
    return there, changed


def missing_answers_of(meeting: Meeting) -> list[MissingAnswer]:
    """What must still be answered before the minutes can be sent, in the order of the log."""
    minutes = meeting.minutes
    unsent = {answer.field for answer in minutes.waiting_answers}
    forcing = forcing_questions().items()
    missing = [MissingAnswer(field, question.forces_a_concern) for field, question in forcing if field in unsent]
    missing += [MissingAnswer(field, words) for field, words in missing_answers(minutes)]
    if minutes.contact == Minutes.YesNo.YES and not minutes.contacts.exists():
        missing.append(MissingAnswer("contacts", "List each contact between meetings."))
    incomplete = [factor.tag.name for factor in MinutesTag.objects.picked_in(minutes) if factor.is_incomplete]
    missing += [MissingAnswer("risks", f"Say what was seen of “{name}”, and how you know.") for name in incomplete]
    return missing + _missing_attendance_of(meeting)


def _missing_attendance_of(meeting: Meeting) -> list[MissingAnswer]:
    """What is missing about who came and, if he was late, how late and why (domain.md 1.7)."""
    minutes, missing = meeting.minutes, []
    came = {row.volunteer_id: row.came for row in meeting.attendance.all()}
    if None not in came:
        missing.append(MissingAnswer("attendance", "Say whether he came."))
    if came.get(None) == Attendance.Came.LATE and minutes.his_minutes_late is None:
        missing.append(MissingAnswer("his_minutes_late", "Say how many minutes late he was."))
    if came.get(None) == Attendance.Came.LATE and not minutes.his_coming_words.strip():
        missing.append(MissingAnswer("his_coming_words", "Say why he was late."))
    if not any(how != Attendance.Came.NO for who, how in came.items() if who is not None):
        missing.append(MissingAnswer("attendance", "Say which volunteers came."))
    return missing


@transaction.atomic
def submit_minutes(meeting: Meeting, *, by: User, at: datetime, late_reason: str = "") -> Meeting:
    """Send the minutes to the coordinator. Late minutes need a reason, and are flagged."""
    meeting = lock_draft(meeting, by=by)
    for missing in missing_answers_of(meeting):
        raise Refused(missing.words, field=missing.field)
    late_reason = late_reason.strip() or meeting.minutes.late_reason
    if at > meeting.minutes_due_at and not late_reason:
        raise Refused("Say why these minutes come after their 48 hours. Then you can send them.", "late_reason")
    meeting.minutes.returned_because, meeting.minutes.late_reason = "", late_reason
    meeting.minutes.save(update_fields=["returned_because", "late_reason"])
    meeting.submitted_at, meeting.submitted_by = at, by
    meeting.move(Meeting.Status.SUBMITTED, by=by, at=at, note=_flags_of(meeting, at))
    stop_chasing(meeting, at=at)
    ask_for_call(meeting, by=by, at=at)
    ask_for_assent(keep_version(meeting, by=by, at=at), at=at)
    _tell_people(meeting, coordinators_now(meeting.circle, at=at), f"submitted:{at.timestamp():.0f}", at=at)
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="minutes sent")
    return meeting


def _flags_of(meeting: Meeting, at: datetime) -> str:
    """What the coordinator should notice about these minutes: sent late, too few volunteers."""
    short = is_short({row.volunteer_id: row.came for row in meeting.attendance.all()})
    flags = {"Late.": at > meeting.minutes_due_at, "Fewer than two volunteers were with him.": short}
    return " ".join(words for words, holds in flags.items() if holds)
