"""Pages that show the versions of the minutes and what changed, and that correct approved minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Attendance, Meeting
from circles.minutes.models import Minutes
from circles.minutes.readers import may_read_answer
from circles.version.correction_operations import correct_minutes
from circles.version.forms import CorrectionForm, correctable_answers_of
from circles.version.models import MinutesVersion
from core.difference import Piece, pieces_of_both
from core.errors import NotSeen
from core.forms import refusals_on
from core.sight import note_sight

TAGS_AND_CONTACTS = {
    "topic": "Topics",
    "risk": "Risk factors",
    "protective": "Protective factors",
    "contacts": "Contact between meetings",
}


@dataclass(frozen=True)
class AnswerChange:
    """One question, with its answer before and after."""

    question: str
    before: list[Piece]
    after: list[Piece]


def _open_versions(request: SignedInRequest, reference: str) -> list[MinutesVersion]:
    """The versions of one meeting's minutes, oldest first, noted as looked at. Raises NotSeen."""
    readable = MinutesVersion.objects.visible_to(request.user).filter(meeting__reference=reference)
    versions = list(readable.select_related("meeting__circle__coordinator", "written_by").order_by("number"))
    if not versions:
        raise NotSeen(Meeting.audit_kind, reference)
    meeting = versions[0].meeting
    note_sight(meeting, within=meeting.circle.reference)
    return versions


def versions(request: SignedInRequest, reference: str, number: int = 0) -> HttpResponse:
    """Show one version, or the latest, with what changed since the one before it."""
    versions = _open_versions(request, reference)
    meeting = versions[0].meeting
    may = MeetingAccess(request.user, meeting)
    number = number or versions[-1].number
    if not 1 <= number <= len(versions):
        raise NotSeen("version of the minutes", f"{reference}/{number}")
    after, before = versions[number - 1], versions[number - 2] if number > 1 else None
    context = {
        "meeting": meeting,
        "versions": versions,
        "before": before,
        "after": after,
        "changes": _changes_between(meeting, before, after, may) if before else [],
        "may": may,
        "can_correct": may.correct and meeting.status == Meeting.Status.APPROVED,
    }
    return TemplateResponse(request, "circles/version/versions.html", context)


def _changes_between(
    meeting: Meeting, before: MinutesVersion, after: MinutesVersion, may: MeetingAccess
) -> list[AnswerChange]:
    """The questions with different answers, in the order of the log. Attendance comes last."""
    names = [name for name in after.answers if name in TAGS_AND_CONTACTS or may.correct or may_read_answer(may, name)]
    pairs = [
        (
            _question_of(name),
            _answer_text_of(name, before.answers.get(name)),
            _answer_text_of(name, after.answers.get(name)),
        )
        for name in names
    ]
    if before.attendance != after.attendance:
        names_by_reference = _names_by_reference_of(meeting)
        pairs.append(
            (
                "Who was there",
                _attendance_text_of(before, names_by_reference),
                _attendance_text_of(after, names_by_reference),
            )
        )
    return [AnswerChange(question, *pieces_of_both(old, new)) for question, old, new in pairs if old != new]


def _question_of(name: str) -> str:
    if name in TAGS_AND_CONTACTS:
        return TAGS_AND_CONTACTS[name]
    question: Any = Minutes._meta.get_field(name)
    return str(question.verbose_name).capitalize()


def _answer_text_of(name: str, value: Any) -> str:
    """A kept answer as text: a choice by its label."""
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    question: Any = None if name in TAGS_AND_CONTACTS else Minutes._meta.get_field(name)
    labels = dict(getattr(question, "choices", None) or [])
    return str(labels.get(value, value or ""))


def _names_by_reference_of(meeting: Meeting) -> dict[str, str]:
    rows = meeting.attendance.select_related("volunteer__user")
    return {row.volunteer.reference if row.volunteer else "": _first_name_of(meeting, row) for row in rows}


def _first_name_of(meeting: Meeting, row: Attendance) -> str:
    return row.volunteer.user.first_name if row.volunteer else meeting.circle.known_as


def _attendance_text_of(version: MinutesVersion, names: dict[str, str]) -> str:
    return "; ".join(
        f"{names.get(who, who)}: {Attendance.Came(came).label.lower()}" for who, came in version.attendance.items()
    )


def correct(request: SignedInRequest, reference: str) -> HttpResponse:
    """Choose an answer, then correct it with a reason."""
    latest = _open_versions(request, reference)[-1]
    MeetingAccess(request.user, latest.meeting).require(MeetingAccess.correct)
    field = request.POST.get("field") or request.GET.get("field", "")
    initial = {"field": field, "words": latest.answers.get(field, "")}
    form = CorrectionForm(request.POST if request.method == "POST" else None, version=latest, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            correct_minutes(latest.meeting, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Corrected. Both versions are kept.")
            return redirect("circles:versions", reference)
    context = {
        "meeting": latest.meeting,
        "form": form,
        "choices": correctable_answers_of(latest),
        "chosen": dict(correctable_answers_of(latest)).get(field),
    }
    return TemplateResponse(request, "circles/version/correct.html", context)
