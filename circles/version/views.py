"""The kept versions of the minutes: what changed from one to the next, and the data-protection lead's correction."""

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
from circles.version.forms import CorrectionForm, choices
from circles.version.models import MinutesVersion
from core.difference import Piece, difference
from core.errors import NotSeen
from core.forms import refusals_on
from core.sight import note_sight

BESIDE = {
    "topic": "Topics",
    "risk": "Risk factors",
    "protective": "Protective factors",
    "contacts": "Contact between meetings",
}


@dataclass(frozen=True)
class Change:
    """One question, before and after."""

    question: str
    before: list[Piece]
    after: list[Piece]


def open_versions(request: SignedInRequest, reference: str) -> list[MinutesVersion]:
    """Every kept version of one meeting's minutes, the first first; its sight is noted. Raises NotSeen."""
    kept = MinutesVersion.objects.visible_to(request.user).filter(meeting__reference=reference)
    versions = list(kept.select_related("meeting__circle__coordinator", "written_by").order_by("number"))
    if not versions:
        raise NotSeen(Meeting.audit_kind, reference)
    meeting = versions[0].meeting
    note_sight(meeting, within=meeting.circle.reference)
    return versions


def versions(request: SignedInRequest, reference: str, number: int = 0) -> HttpResponse:
    """One version beside the one before it; the latest when no number is given."""
    kept = open_versions(request, reference)
    meeting = kept[0].meeting
    may = MeetingAccess(request.user, meeting)
    number = number or kept[-1].number
    if not 1 <= number <= len(kept):
        raise NotSeen("version of the minutes", f"{reference}/{number}")
    after, before = kept[number - 1], kept[number - 2] if number > 1 else None
    shown = {
        "meeting": meeting,
        "versions": kept,
        "before": before,
        "after": after,
        "changes": changes(meeting, before, after, may) if before else [],
        "may": may,
        "can_correct": may.correct and meeting.status == Meeting.Status.APPROVED,
    }
    return TemplateResponse(request, "circles/version/versions.html", shown)


def changes(meeting: Meeting, before: MinutesVersion, after: MinutesVersion, may: MeetingAccess) -> list[Change]:
    """The questions answered differently, in the order they are asked; who was there last."""
    names = [name for name in after.answers if name in BESIDE or may.correct or may_read_answer(may, name)]
    pairs = [
        (question_of(name), said(name, before.answers.get(name)), said(name, after.answers.get(name))) for name in names
    ]
    if before.attendance != after.attendance:
        there = people(meeting)
        pairs.append(("Who was there", attendance(before, there), attendance(after, there)))
    return [Change(question, *difference(old, new)) for question, old, new in pairs if old != new]


def question_of(name: str) -> str:
    if name in BESIDE:
        return BESIDE[name]
    question: Any = Minutes._meta.get_field(name)
    return str(question.verbose_name).capitalize()


def said(name: str, value: Any) -> str:
    """A kept answer as one reads it: a choice by its label."""
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    question: Any = None if name in BESIDE else Minutes._meta.get_field(name)
    labels = dict(getattr(question, "choices", None) or [])
    return str(labels.get(value, value or ""))


def people(meeting: Meeting) -> dict[str, str]:
    rows = meeting.attendance.select_related("volunteer__user")
    return {row.volunteer.reference if row.volunteer else "": first_name(meeting, row) for row in rows}


def first_name(meeting: Meeting, row: Attendance) -> str:
    return row.volunteer.user.first_name if row.volunteer else meeting.circle.known_as


def attendance(version: MinutesVersion, names: dict[str, str]) -> str:
    return "; ".join(
        f"{names.get(who, who)}: {Attendance.Came(came).label.lower()}" for who, came in version.attendance.items()
    )


def correct(request: SignedInRequest, reference: str) -> HttpResponse:
    """First which answer, then its new words and the reason."""
    latest = open_versions(request, reference)[-1]
    MeetingAccess(request.user, latest.meeting).require(MeetingAccess.correct)
    chosen = request.POST.get("field") or request.GET.get("field", "")
    initial = {"field": chosen, "words": latest.answers.get(chosen, "")}
    form = CorrectionForm(request.POST if request.method == "POST" else None, version=latest, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            correct_minutes(latest.meeting, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Corrected. Both versions are kept.")
            return redirect("circles:versions", reference)
    shown = {
        "meeting": latest.meeting,
        "form": form,
        "choices": choices(latest),
        "chosen": dict(choices(latest)).get(chosen),
    }
    return TemplateResponse(request, "circles/version/correct.html", shown)
