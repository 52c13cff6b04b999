"""Pages after a review: who came, decisions, what was said, sharing, finishing, and its two copies on paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.forms import ConfirmForm
from circles.redaction.forms import by_hand_of
from circles.review import operations
from circles.review.access import COPIES, ReviewAccess
from circles.review.copy import Copy, CopyWriter
from circles.review.forms import ChaseAbsenceForm, DecideForm, HoldReviewForm, ShareReviewForm, WriteReviewForm
from circles.review.opener import open_review
from circles.review.record_operations import close_review, copy_of_review, decide_review, share_review, write_review
from circles.review.views import form_page_of, local_day_and_time
from core.forms import refusals_as_messages, refusals_on


def hold(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record when it was held and who came."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(ReviewAccess.run_review)
    form = HoldReviewForm(
        request.POST or None,
        review=record,
        initial={"chair": record.chair, **local_day_and_time(record)},
        at=timezone.now(),
    )
    if form.is_valid():
        with refusals_on(form):
            operations.hold_review(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Recorded. Next: what was decided, and what was said.")
            return redirect(record)
    return form_page_of(request, record, form, f"Who came to review {record.number}", "Record")


def chase(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record that an agency which did not come was asked why."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(ReviewAccess.run_review)
    form = ChaseAbsenceForm(request.POST or None, review=record)
    if form.is_valid():
        with refusals_on(form):
            operations.chase_absence(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Recorded.")
            return redirect(record)
    return form_page_of(request, record, form, "Ask why an agency did not come", "Record")


AT_ONCE = (
    "The circle changes as soon as this is recorded: how often it meets, its planned end, or that it ends. Mentoring is "
    "only written down. A decision is not taken back; another one can follow it."
)


def decide(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record one decision and its reason."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(ReviewAccess.run_review)
    form = DecideForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            decide_review(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The decision is recorded.")
            return redirect(record)
    return form_page_of(
        request,
        record,
        form,
        f"What review {record.number} decided",
        "Record the decision and change the circle",
        note=AT_ONCE,
    )


def write(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write what was said. The service adds the rest from the record."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(ReviewAccess.run_review)
    form = WriteReviewForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            write_review(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The review is written. Read both copies before you share it.")
            return redirect(record)
    return form_page_of(request, record, form, f"Write review {record.number}", "Save the review")


def share(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the outer circle's copy and the names left out of it, then share both copies."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(ReviewAccess.run_review)
    typed = request.POST if request.method == "POST" else None
    writer = CopyWriter(record, Copy.OUTER, by_hand=by_hand_of(typed))
    parts = writer.record()
    form = ShareReviewForm(typed, names=writer.names)
    if form.is_valid():
        with refusals_on(form):
            share_review(record, by_hand=form.by_hand(), by=request.user, at=timezone.now())
            messages.success(request, "Shared. Everybody with an account has been told.")
            return redirect(record)
    heading = f"Share review {record.number} with everybody invited"
    return form_page_of(request, record, form, heading, "Share the review", parts=parts, names=writer.names)


def close(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask once more, then finish the review."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(ReviewAccess.run_review)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            close_review(record, by=request.user, at=timezone.now())
            messages.success(request, "The review is finished. The service plans the next one.")
            return redirect(record)
    return form_page_of(request, record, form, f"Finish review {record.number}", "Finish the review")


def inner_copy(request: SignedInRequest, reference: str) -> HttpResponse:
    """The copy for the core member and the volunteers."""
    return _download_copy(request, reference, Copy.INNER)


def outer_copy(request: SignedInRequest, reference: str) -> HttpResponse:
    """The copy for the agencies."""
    return _download_copy(request, reference, Copy.OUTER)


def _download_copy(request: SignedInRequest, reference: str, copy: Copy) -> HttpResponse:
    """Answer with a copy as a PDF. A refusal is shown on the review's page."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(COPIES[copy])
    with refusals_as_messages(request):
        printed = copy_of_review(record, copy=copy, by=request.user, at=timezone.now())
        response = HttpResponse(printed, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{record.reference}-{copy.value}.pdf"'
        response["Cache-Control"] = "no-store"
        return response
    return redirect(record)
