"""Lock a meeting’s row, before anything of the meeting changes."""

from __future__ import annotations

from circles.meeting.models import Meeting


def lock_meeting(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("circle").get(pk=meeting.pk)
