"""A concern that is raised because of an answer in the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from circles.forcing_answer.models import ForcingAnswer
from circles.log.operations import note_concern_raised
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.meeting.opener import find_meeting
from concerns.concern.models import Concern
from concerns.handling.opener import open_concern
from concerns.raising.forcing_answer_operations import ABOUT, add_answer_to_concern, answers_about
from core.errors import NotSeen, Refused
from core.typed import line_of


def answer_in_log(request: SignedInRequest, meeting: Meeting) -> ForcingAnswer | None:
    """The answer of this meeting's log that the form was opened for, if it still waits and this person writes there."""
    field = line_of(request.GET.get("answer", "") or request.POST.get("answer", ""))
    if not field or not MeetingAccess(request.user, meeting).write_minutes:
        return None
    return (
        ForcingAnswer.objects.visible_to(request.user)
        .still_open()
        .filter(minutes__meeting=meeting, field=field)
        .first()
    )


def asked_from_log(request: SignedInRequest) -> dict[str, Any]:
    """What the first question shows and hands on when somebody comes to it from a log."""
    reference = request.GET.get("meeting", "")
    meeting = find_meeting(request, reference) if reference else None
    answer = answer_in_log(request, meeting) if meeting is not None else None
    handed = {"meeting": reference} if reference else {}
    own: list[Concern] = []
    if meeting is not None and answer is not None:
        handed["answer"] = answer.field
        of_log = Concern.objects.visible_to(request.user).filter(raised_by=request.user, meeting=meeting, about=None)
        own = list(of_log.filter(status__in=Concern.OPEN).exclude(status=Concern.Status.ANSWERED).order_by("pk"))
    return {"answer": answer, "own_concerns": own, "from_log": f"?{urlencode(handed)}" if handed else ""}


def kinds_asked(answer: ForcingAnswer | None) -> dict[str, Any]:
    """What the form has ticked before somebody types, because the log says it."""
    return {"kinds": [kind.value for kind in ABOUT[answer.field][:1]]} if answer is not None else {}


def note_in_log(meeting: Meeting, concern: Concern, *, asked: ForcingAnswer | None, by: User, at: datetime) -> None:
    """Write in the log which of its answers this concern settles."""
    note_concern_raised(meeting, reference=concern.reference, answers=answers_about(concern, asked), by=by, at=at)


@require_POST
def said_already(request: SignedInRequest, reference: str) -> HttpResponse:
    """Add the log's answer to a concern that its author has sent from the same log."""
    concern = open_concern(request, reference)
    answer = answer_in_log(request, concern.meeting) if concern.meeting is not None else None
    if answer is None:
        raise NotSeen("answer of the log", reference)
    try:
        add_answer_to_concern(concern, answer=answer, by=request.user, at=timezone.now())
        messages.success(request, f"Added to {concern.reference}.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("circles:log", answer.minutes.meeting.reference)
