"""Pages that show the versions of the minutes and what changed, and that correct approved minutes."""

from __future__ import annotations

from collections.abc import Collection
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
from circles.minutes.sections import question_in_words
from circles.version.correction_operations import correct_minutes, open_answer
from circles.version.forms import CorrectionForm, OpenAnswerForm, correctable_answers_of
from circles.version.models import MinutesVersion
from circles.version.opening_models import AnswerOpening
from core.difference import Piece, pieces_of_both
from core.errors import NotSeen
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
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
    why = MeetingAccess(request.user, meeting).reason_of_sight
    note_sight(meeting, within=meeting.circle.reference, why=why)
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
        "changes": _changes_between(meeting, before, after, may, _opened_by(request, may)) if before else [],
        "may": may,
        "can_correct": may.correct and meeting.status == Meeting.Status.APPROVED,
    }
    return TemplateResponse(request, "circles/version/versions.html", context)


def _changes_between(
    meeting: Meeting, before: MinutesVersion, after: MinutesVersion, may: MeetingAccess, opened: Collection[str]
) -> list[AnswerChange]:
    """The questions with different answers, in the order of the log. Attendance comes last.

    Whoever only corrects sees the answers they opened, and nothing else.
    """
    inside = not may.only_corrects
    names = [
        name
        for name in after.answers
        if (inside if name in TAGS_AND_CONTACTS else may_read_answer(may, name, opened=opened))
    ]
    pairs = [
        (
            _question_of(name),
            _answer_text_of(name, before.answers.get(name)),
            _answer_text_of(name, after.answers.get(name)),
        )
        for name in names
    ]
    if inside and before.attendance != after.attendance:
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
    return question_in_words(name).capitalize()


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


def _opened_by(request: SignedInRequest, may: MeetingAccess) -> set[str]:
    """The answers of these minutes that this person has opened to correct. No query for anybody who corrects none."""
    if not may.correct:
        return set()
    openings = AnswerOpening.objects.visible_to(request.user).filter(meeting=may.meeting)
    return set(openings.in_force(timezone.now()).values_list("field", flat=True))


@taken_from_any_page("an opening is added, and replaces nothing")
def correct(request: SignedInRequest, reference: str) -> HttpResponse:
    """Choose the answer that is to be corrected, and say why. Only then is it shown."""
    latest = _open_versions(request, reference)[-1]
    MeetingAccess(request.user, latest.meeting).require(MeetingAccess.correct)
    form = OpenAnswerForm(request.POST or None, version=latest)
    if form.is_valid():
        with refusals_on(form):
            opening = open_answer(latest.meeting, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("circles:correct_answer", reference, opening.field)
    context = {"meeting": latest.meeting, "form": form, "choices": correctable_answers_of(latest)}
    return TemplateResponse(request, "circles/version/correct.html", context)


def correct_answer(request: SignedInRequest, reference: str, field: str) -> HttpResponse:
    """Correct the one answer that this person has opened. Without an opening, the reason is asked for first."""
    latest = _open_versions(request, reference)[-1]
    MeetingAccess(request.user, latest.meeting).require(MeetingAccess.correct)
    openings = AnswerOpening.objects.visible_to(request.user).filter(meeting=latest.meeting, field=field)
    opening = openings.in_force(timezone.now()).select_related("meeting").order_by("-pk").first()
    if opening is None:
        return redirect("circles:correct", reference)
    initial = {"words": latest.answers.get(field, "")}
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            correct_minutes(opening, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Corrected. Both versions are kept.")
            return redirect("circles:versions", reference)
    context = {"meeting": latest.meeting, "form": form, "opening": opening, "question": question_in_words(field)}
    return TemplateResponse(request, "circles/version/correct_answer.html", context)
