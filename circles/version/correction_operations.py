"""Open one answer of approved minutes, and correct it. Only the data-protection lead may (domain.md 7.5)."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from circles.circle.telling import coordinators_now
from circles.meeting.access import MeetingAccess
from circles.meeting.locking import lock_meeting
from circles.meeting.models import Meeting
from circles.minutes.models import LONGEST_ANSWER
from circles.minutes.sections import correctable_fields, question_in_words
from circles.version.models import MinutesVersion
from circles.version.opening_models import OPEN_FOR, AnswerOpening
from core.errors import Refused


@transaction.atomic
def open_answer(meeting: Meeting, *, field: str, reason: str, by: User, at: datetime) -> AnswerOpening:
    """Open one answer to correct it. Nothing else of the minutes is shown, and the trail has the reason."""
    meeting = lock_meeting(meeting)
    MeetingAccess(by, meeting).require(MeetingAccess.correct)
    if meeting.status != Meeting.Status.APPROVED:
        raise Refused("These minutes are not approved yet. Ask the coordinator to return them to their writer.")
    if field not in correctable_fields():
        raise Refused("Choose what is to be corrected.", field="field")
    if not reason.strip():
        raise Refused("Say why it is corrected, such as the request it answers.", field="reason")
    opening = AnswerOpening.objects.create(
        meeting=meeting, field=field, reason=reason.strip(), opened_at=at, opened_by=by
    )
    note = f"“{question_in_words(field)}”, to correct it: {opening.reason}"
    write_entry(Act.REVEALED, meeting, by=by, at=at, within=meeting.circle.reference, note=note)
    return opening


@transaction.atomic
def correct_minutes(opening: AnswerOpening, *, words: str, by: User, at: datetime) -> MinutesVersion:
    """Correct the answer that was opened. The approved version is kept; readers see the corrected one and the reason."""
    meeting = lock_meeting(opening.meeting)
    MeetingAccess(by, meeting).require(MeetingAccess.correct)
    if opening.opened_by_id != by.pk:
        raise PermissionDenied
    if at >= opening.opened_at + OPEN_FOR:
        raise Refused("It is a day since you opened this answer. Say again why it is corrected, then come back.")
    if len(words) > LONGEST_ANSWER:
        raise Refused("That is too long. Shorten it.", field="words")
    latest = MinutesVersion.objects.latest_of(meeting)
    if latest is None:
        raise Refused("These minutes were approved before versions were kept. Add a note to them instead.")
    if latest.answers.get(opening.field, "") == words.strip():
        raise Refused("That is what it says already.", field="words")
    version = MinutesVersion.objects.create(
        meeting=meeting,
        number=latest.number + 1,
        kind=MinutesVersion.Kind.CORRECTED,
        answers={**latest.answers, opening.field: words.strip()},
        attendance=latest.attendance,
        reason=opening.reason,
        written_at=at,
        written_by=by,
    )
    queue_alert(
        key=f"{meeting.reference}:corrected:{version.number}",
        to=coordinators_now(meeting.circle, at=at),
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        about=meeting.circle.core_member_id,
        link=meeting.get_absolute_url(),
        at=at,
    )
    nudge()
    note = f"minutes corrected, “{question_in_words(opening.field)}”: {opening.reason}"
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note=note)
    return version
