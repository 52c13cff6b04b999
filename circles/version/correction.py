"""The minutes as readers see them: corrected words replace the approved ones."""

from __future__ import annotations

from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.minutes.sections import correctable_fields
from circles.version.models import MinutesVersion


def corrected_minutes_of(meeting: Meeting) -> Minutes:
    """The minutes with corrected words in place of the approved ones. Do not save them.

    Also sets `meeting.correction`, None if there is none.
    """
    minutes = meeting.minutes
    if meeting.status != Meeting.Status.APPROVED:
        return minutes
    correction = MinutesVersion.objects.order_by("number").correction_of(meeting)
    if correction is not None:
        for name in correctable_fields():
            setattr(minutes, name, correction.answers.get(name, ""))
    meeting.correction = correction
    return minutes
