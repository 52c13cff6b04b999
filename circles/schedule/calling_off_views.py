"""Pages on which a meeting is cancelled, put back, moved, or marked as not held."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.forms import ConfirmForm
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.meeting.opener import open_meeting
from circles.schedule.calling_off_operations import cancel_meeting, move_meeting, note_not_held, restore_meeting
from circles.schedule.forms import CallOffForm, MoveMeetingForm
from core.forms import refusals_on


def possible_changes_of(record: Meeting, may: MeetingAccess, at: datetime) -> dict[str, bool]:
    """Which of these acts the meeting's page offers now, for its template."""
    to_come = record.status == Meeting.Status.PLANNED and record.planned_at > at
    happened = Meeting.Status.NOT_HELD in record.moves and record.planned_at <= at
    back = record.status == Meeting.Status.CANCELLED and record.planned_at > at and record.circle.meets
    return {
        "can_move": to_come and may.schedule,
        "can_call_off": happened and may.call_off,
        "can_restore": back and may.schedule,
    }


def cancel(request: SignedInRequest, reference: str) -> HttpResponse:
    """Cancel a coming meeting."""
    record = open_meeting(request, reference)
    MeetingAccess(request.user, record).require(MeetingAccess.schedule)
    form = CallOffForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            cancel_meeting(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The meeting is cancelled. The volunteers are told to look.")
            return redirect(record)
    return TemplateResponse(
        request, "circles/schedule/cancel.html", {"meeting": record, "circle": record.circle, "form": form}
    )


def restore(request: SignedInRequest, reference: str) -> HttpResponse:
    """Put back a meeting that was cancelled by mistake."""
    record = open_meeting(request, reference)
    MeetingAccess(request.user, record).require(MeetingAccess.schedule)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            restore_meeting(record, by=request.user, at=timezone.now())
            messages.success(request, "The meeting is put back. The volunteers are told to look.")
            return redirect(record)
    return TemplateResponse(
        request, "circles/schedule/restore.html", {"meeting": record, "circle": record.circle, "form": form}
    )


def not_held(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say that a meeting whose time has come was not held."""
    record = open_meeting(request, reference)
    MeetingAccess(request.user, record).require(MeetingAccess.call_off)
    form = CallOffForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            note_not_held(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The meeting is marked as not held. No minutes are due.")
            return redirect(record)
    return TemplateResponse(
        request, "circles/schedule/not_held.html", {"meeting": record, "circle": record.circle, "form": form}
    )


def move(request: SignedInRequest, reference: str) -> HttpResponse:
    """Move a coming meeting to another day, time or place."""
    record = open_meeting(request, reference)
    MeetingAccess(request.user, record).require(MeetingAccess.schedule)
    form = MoveMeetingForm(request.POST or None, meeting=record, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            move_meeting(record, by=request.user, at=timezone.now(), **form.changes())
            messages.success(request, "The meeting is moved. The volunteers are told to look.")
            return redirect(record)
    return TemplateResponse(
        request, "circles/schedule/move.html", {"meeting": record, "circle": record.circle, "form": form}
    )
