"""Print the log on paper, and find its meeting again by the code on the sheet (domain.md 0, fact 19)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from core.errors import Refused
from core.references import ALPHABET, check_letter_for
from core.rows import only_row_of

LENGTH = 7
"""Letters and figures of a code, without its M."""


@transaction.atomic
def print_log(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Note in the trail that an empty sheet was printed. Raises Refused once the minutes are sent."""
    MeetingAccess(by, meeting).require(MeetingAccess.print_log)
    if meeting.submitted_at is not None:
        raise Refused("These minutes were sent already, so no empty sheet is needed.")
    write_entry(Act.EXPORTED, meeting, by=by, at=at, within=meeting.circle.reference, note="log on paper")


def meeting_of_code(typed: str, *, by: User) -> Meeting:
    """The meeting with this code, which may be typed with or without M, spaces and hyphens. Raises Refused."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    body = letters.removeprefix("M") if len(letters) > LENGTH else letters
    readable = bool(body) and set(body) <= set(ALPHABET)
    if not readable or len(body) < LENGTH or check_letter_for(body[:-1]) != body[-1]:
        raise Refused(
            "A letter or figure of this code is not right. Compare it with the top of the sheet and type it again.",
            field="code",
        )
    meeting = only_row_of(Meeting.objects.visible_to(by).filter(reference=f"M-{body}"))
    if meeting is None:
        raise Refused("None of your meetings has this code. Ask your coordinator to type the sheet in.", field="code")
    return meeting
