"""Pages of a circle's reviews: the list, one review, inviting, postponing, and the views given before it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess
from circles.circle.models import Circle
from circles.circle.opener import open_circle
from circles.review import operations
from circles.review.access import ReviewAccess
from circles.review.copy import Copy, CopyWriter
from circles.review.forms import InviteToReviewForm, OwnReviewViewForm, PostponeForm, ReviewViewForm
from circles.review.models import Review
from circles.review.opener import open_review
from circles.review.view_models import ReviewView
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from core.worktime import LONDON

PAGE_LENGTH = 25
SHARED = {Review.Status.SHARED, Review.Status.CLOSED}
COLLECTING = {Review.Status.INVITED, Review.Status.HELD}
RECORDED = {Review.Status.WRITTEN, *SHARED}


def reviews(request: SignedInRequest, reference: str) -> HttpResponse:
    """List a circle's reviews, the latest first."""
    circle = open_circle(request, reference)
    listed = Review.objects.visible_to(request.user).filter(circle=circle).order_by("-number")
    page = Paginator(listed, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "circle": circle,
        "may": CircleAccess(request.user, circle),
        "tab": "reviews",
        "part": "reviews",
        "page": page,
    }
    return TemplateResponse(request, "circles/review/reviews.html", context)


def review(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show one review, as far as this person may read it: somebody of the circle, or an invited agency."""
    record = open_review(request, reference)
    may = ReviewAccess(request.user, record)
    inside = Circle.objects.visible_to(request.user).contains(record.circle)
    readable = may.run_review or record.status in SHARED
    context = {
        "review": record,
        "circle": record.circle,
        "may": may,
        "tab": "reviews",
        "part": "reviews",
        "layout": "layouts/circle.html" if inside else "layouts/page.html",
        "inside": inside,
        "parts": _parts_for(record, may, inside=inside, readable=readable),
        "views": _views_for(record, may),
        "people": record.people.select_related("user").order_by("pk") if may.run_review else [],
        "to_chase": list(record.people.to_chase()) if may.run_review else [],
        "printable": record.status in (RECORDED if may.run_review else SHARED),
        "collecting": record.status in COLLECTING,
        "begun": record.planned_for is not None and record.planned_for <= timezone.now(),
    }
    return TemplateResponse(request, "circles/review/review.html", context)


def _parts_for(record: Review, may: ReviewAccess, *, inside: bool, readable: bool) -> list[object]:
    """The parts to show: the record if it may be read, else the agenda; for an agency only its headings."""
    inner = Copy.WHOLE if may.run_review else Copy.INNER
    writer = CopyWriter(record, inner if inside else Copy.OUTER)
    if readable and record.held_at:
        return [*writer.record()]
    return [*writer.agenda()] if inside else [part.title for part in writer.agenda()]


def _views_for(record: Review, may: ReviewAccess) -> list[ReviewView]:
    """Everybody's views for whoever runs the review; for a volunteer only their own."""
    views = ReviewView.objects.visible_to(may.by).filter(review=record).select_related("person")
    mine = views if may.read_views else views.filter(person=may.by)
    return list(mine.order_by("given_at", "pk"))


def form_page_of(
    request: SignedInRequest, record: Review, form: object, heading: str, submit: str, **more: object
) -> HttpResponse:
    """The page of one of a review's forms."""
    context = {"review": record, "circle": record.circle, "form": form, "heading": heading, "submit": submit, **more}
    return TemplateResponse(request, "circles/review/review_form.html", context)


def invite(request: SignedInRequest, reference: str) -> HttpResponse:
    """Invite people, which also makes the agenda."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(ReviewAccess.run_review)
    initial = {
        "day": record.due_on,
        "time": record.circle.meets_at,
        "place_code": record.circle.place_code,
        "chair": record.chair or record.circle.coordinator.full_name,
    }
    form = InviteToReviewForm(request.POST or None, initial=initial, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            operations.invite_to_review(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "People are invited, and the agenda is made from the record.")
            return redirect(record)
    return form_page_of(request, record, form, f"Invite people to review {record.number}", "Invite people")


def postpone(request: SignedInRequest, reference: str) -> HttpResponse:
    """Postpone the review, with the reason."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(ReviewAccess.run_review)
    form = PostponeForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            operations.postpone_review(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The review is postponed. Invite people again when there is a day.")
            return redirect(record)
    return form_page_of(request, record, form, f"Postpone review {record.number}", "Postpone")


@taken_from_any_page("somebody's view is added to the others")
def give_view(request: SignedInRequest, reference: str) -> HttpResponse:
    """Give a volunteer's own view."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(ReviewAccess.give_view)
    mine = ReviewView.objects.visible_to(request.user).filter(review=record, person=request.user).first()
    form = ReviewViewForm(request.POST or None, initial={"words": mine.words if mine else ""})
    if form.is_valid():
        with refusals_on(form):
            operations.give_view(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(
                request, "Your view is saved for the review. You can change it until the review is written."
            )
            return redirect(record)
    return form_page_of(request, record, form, f"Your view for review {record.number}", "Save your view")


@taken_from_any_page("one's own view is added to the others")
def own_view(request: SignedInRequest, reference: str) -> HttpResponse:
    """Type in the core member's own view."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(ReviewAccess.run_review)
    his = ReviewView.objects.visible_to(request.user).filter(review=record, person=None).first()
    form = OwnReviewViewForm(request.POST or None, initial={"how": his.how, "words": his.words} if his else None)
    if form.is_valid():
        with refusals_on(form):
            operations.note_own_view(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "His view is saved for the review.")
            return redirect(record)
    return form_page_of(
        request, record, form, f"The core member’s own view for review {record.number}", "Save his view"
    )


def local_day_and_time(record: Review) -> dict[str, object]:
    """The planned day and time, to fill the form about when it was held."""
    planned = record.planned_for.astimezone(LONDON) if record.planned_for else None
    return {"day": planned.date(), "time": planned.time()} if planned else {}
