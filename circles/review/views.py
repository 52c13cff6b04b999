"""A circle's reviews: the list, one review, inviting, putting off, and the views given before it."""

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
from circles.review.copy import Copy, Reader
from circles.review.forms import InviteForm, OwnViewForm, PostponeForm, ViewForm
from circles.review.models import Review
from circles.review.opener import open_review
from circles.review.view_models import ReviewView
from core.forms import refusals_on
from core.worktime import LONDON

PAGE_LENGTH = 25
SHARED = {Review.Status.SHARED, Review.Status.CLOSED}
COLLECTING = {Review.Status.INVITED, Review.Status.HELD}
RECORDED = {Review.Status.WRITTEN, *SHARED}


def reviews(request: SignedInRequest, reference: str) -> HttpResponse:
    """A circle's reviews, the latest first."""
    circle = open_circle(request, reference)
    listed = Review.objects.visible_to(request.user).filter(circle=circle).order_by("-number")
    page = Paginator(listed, PAGE_LENGTH).get_page(request.GET.get("page"))
    shown = {
        "circle": circle,
        "may": CircleAccess(request.user, circle),
        "tab": "reviews",
        "part": "reviews",
        "page": page,
    }
    return TemplateResponse(request, "circles/review/reviews.html", shown)


def review(request: SignedInRequest, reference: str) -> HttpResponse:
    """One review, as far as this person may read it: the circle's people, or an agency by invitation."""
    record = open_review(request, reference)
    may = ReviewAccess(request.user, record)
    inside = Circle.objects.visible_to(request.user).contains(record.circle)
    readable = may.run_review or record.status in SHARED
    shown = {
        "review": record,
        "circle": record.circle,
        "may": may,
        "tab": "reviews",
        "part": "reviews",
        "layout": "layouts/circle.html" if inside else "layouts/page.html",
        "inside": inside,
        "parts": parts_for(record, may, inside=inside, readable=readable),
        "views": views_for(record, may),
        "people": record.people.select_related("user").order_by("pk") if may.run_review else [],
        "to_chase": list(record.people.to_chase()) if may.run_review else [],
        "printable": record.status in (RECORDED if may.run_review else SHARED),
        "collecting": record.status in COLLECTING,
        "begun": record.planned_for is not None and record.planned_for <= timezone.now(),
    }
    return TemplateResponse(request, "circles/review/review.html", shown)


def parts_for(record: Review, may: ReviewAccess, *, inside: bool, readable: bool) -> list[object]:
    """The record once it may be read; before that the agenda for the circle, its headings for an agency."""
    inner = Copy.WHOLE if may.run_review else Copy.INNER
    reader = Reader(record, inner if inside else Copy.OUTER)
    if readable and record.held_at:
        return [*reader.record()]
    return [*reader.agenda()] if inside else [part.title for part in reader.agenda()]


def views_for(record: Review, may: ReviewAccess) -> list[ReviewView]:
    """Everybody's for who runs the review; a volunteer's own until then."""
    views = ReviewView.objects.visible_to(may.by).filter(review=record).select_related("person")
    mine = views if may.read_views else views.filter(person=may.by)
    return list(mine.order_by("given_at", "pk"))


def page_of(
    request: SignedInRequest, record: Review, form: object, heading: str, submit: str, **more: object
) -> HttpResponse:
    """A review's form, drawn."""
    shown = {"review": record, "circle": record.circle, "form": form, "heading": heading, "submit": submit, **more}
    return TemplateResponse(request, "circles/review/review_form.html", shown)


def invite(request: SignedInRequest, reference: str) -> HttpResponse:
    """Invite people, which assembles the agenda."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(ReviewAccess.run_review)
    first = {
        "day": record.due_on,
        "time": record.circle.meets_at,
        "place_code": record.circle.place_code,
        "chair": record.chair or record.circle.coordinator.full_name,
    }
    form = InviteForm(request.POST or None, initial=first, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            operations.invite_to_review(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "People are invited, and the agenda is assembled from the record.")
            return redirect(record)
    return page_of(request, record, form, f"Invite people to review {record.number}", "Invite")


def postpone(request: SignedInRequest, reference: str) -> HttpResponse:
    """Put the review off, with the reason."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(ReviewAccess.run_review)
    form = PostponeForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            operations.postpone_review(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The review is put off. Invite people again when there is a day.")
            return redirect(record)
    return page_of(request, record, form, f"Put off review {record.number}", "Put off")


def give_view(request: SignedInRequest, reference: str) -> HttpResponse:
    """A volunteer's own view."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(ReviewAccess.give_view)
    mine = ReviewView.objects.visible_to(request.user).filter(review=record, person=request.user).first()
    form = ViewForm(request.POST or None, initial={"words": mine.words if mine else ""})
    if form.is_valid():
        with refusals_on(form):
            operations.give_view(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Your view is kept for the review. You can change it until it is written.")
            return redirect(record)
    return page_of(request, record, form, f"Your view for review {record.number}", "Keep")


def own_view(request: SignedInRequest, reference: str) -> HttpResponse:
    """The core member's own view, typed for him."""
    record = open_review(request, reference)
    ReviewAccess(request.user, record).require(ReviewAccess.run_review)
    his = ReviewView.objects.visible_to(request.user).filter(review=record, person=None).first()
    form = OwnViewForm(request.POST or None, initial={"how": his.how, "words": his.words} if his else None)
    if form.is_valid():
        with refusals_on(form):
            operations.note_own_view(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "His view is kept for the review.")
            return redirect(record)
    return page_of(request, record, form, f"The core member’s own view for review {record.number}", "Keep")


def local_day_and_time(record: Review) -> dict[str, object]:
    """What a form about the day it was held starts with."""
    planned = record.planned_for.astimezone(LONDON) if record.planned_for else None
    return {"day": planned.date(), "time": planned.time()} if planned else {}
