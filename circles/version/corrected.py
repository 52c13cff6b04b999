"""The minutes as one reads them, with the words of a correction in place of the approved ones."""

from __future__ import annotations

from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.minutes.sections import correctable_fields
from circles.version.models import MinutesVersion


def as_corrected(meeting: Meeting) -> Minutes:
    """The minutes as one reads them: with the words of a correction in place of the approved ones. Never saved."""
    minutes = meeting.minutes
    if meeting.status != Meeting.Status.APPROVED:
        return minutes
    correction = MinutesVersion.objects.order_by("number").correction_of(meeting)
    if correction is not None:
        for name in correctable_fields():
            setattr(minutes, name, correction.answers.get(name, ""))
    meeting.correction = correction
    return minutes
