"""Raising a concern because of an answer in the log."""

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
from concerns.raising.forcing_answer_operations import KINDS_OF_ANSWER, add_answer_to_concern, settled_answers_of
from core.errors import NotSeen
from core.forms import refusals_as_messages
from core.old_pages import taken_from_any_page
from core.typed import line_of


def answer_in_log(request: SignedInRequest, meeting: Meeting) -> ForcingAnswer | None:
    """The log's answer that the form was opened for, if it still waits and this person writes that log."""
    field = line_of(request.GET.get("answer", "") or request.POST.get("answer", ""))
    if not field or not MeetingAccess(request.user, meeting).write_minutes:
        return None
    return (
        ForcingAnswer.objects.visible_to(request.user)
        .still_open()
        .filter(minutes__meeting=meeting, field=field)
        .first()
    )


def log_context_of(request: SignedInRequest) -> dict[str, Any]:
    """What the first question shows, and adds to its links, when somebody comes from a log."""
    reference = request.GET.get("meeting", "")
    meeting = find_meeting(request, reference) if reference else None
    answer = answer_in_log(request, meeting) if meeting is not None else None
    parameters = {"meeting": reference} if reference else {}
    own_concerns: list[Concern] = []
    if meeting is not None and answer is not None:
        parameters["answer"] = answer.field
        own = Concern.objects.visible_to(request.user).filter(raised_by=request.user, meeting=meeting, about=None)
        still_open = own.filter(status__in=Concern.OPEN).exclude(status=Concern.Status.ANSWERED)
        own_concerns = list(still_open.order_by("pk"))
    from_log = f"?{urlencode(parameters)}" if parameters else ""
    return {"answer": answer, "own_concerns": own_concerns, "from_log": from_log}


def initial_kinds_of(answer: ForcingAnswer | None) -> dict[str, Any]:
    """The kinds that are ticked when the form opens, because the log says so."""
    return {"kinds": [kind.value for kind in KINDS_OF_ANSWER[answer.field][:1]]} if answer is not None else {}


def note_in_log(meeting: Meeting, concern: Concern, *, asked: ForcingAnswer | None, by: User, at: datetime) -> None:
    """Write in the log which of its answers this concern settles."""
    note_concern_raised(meeting, reference=concern.reference, answers=settled_answers_of(concern, asked), by=by, at=at)


@taken_from_any_page("an answer is added to the concern")
@require_POST
def add_log_answer(request: SignedInRequest, reference: str) -> HttpResponse:
    """Add the log's answer to a concern that its author sent from the same log."""
    concern = open_concern(request, reference)
    answer = answer_in_log(request, concern.meeting) if concern.meeting is not None else None
    if answer is None:
        raise NotSeen("answer of the log", reference)
    with refusals_as_messages(request):
        add_answer_to_concern(concern, answer=answer, by=request.user, at=timezone.now())
        messages.success(request, f"Added to {concern.reference}.")
    return redirect("circles:log", answer.minutes.meeting.reference)
