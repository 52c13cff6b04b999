"""Pages: make, replace and revoke my private calendar; and the calendar file, read without signing in."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from accounts.proof import fresh_proof
from accounts.requests import SignedInRequest
from accounts.views.submitted import allow_repeats
from circles.calendar import operations
from circles.calendar.access import FeedAccess
from circles.calendar.models import Feed

WRONG_NOTED_EVERY = 10
"""Seconds between two lines in the trail for the same wrong token, so that many tries do not fill the trail."""


@allow_repeats("each press makes a new address and ends the one before")
@fresh_proof
def my_calendar(request: SignedInRequest) -> HttpResponse:
    """Show whether I have a private calendar. A POST makes a new one and shows its address, this once."""
    FeedAccess(request.user).require(FeedAccess.keep_feed)
    address = ""
    if request.method == "POST":
        _, token = operations.make_feed(by=request.user, at=timezone.now())
        address = settings.SITE_ADDRESS + reverse("feed", args=[token])
    feed = Feed.objects.visible_to(request.user).in_use().first()
    return TemplateResponse(request, "circles/calendar/my_calendar.html", {"feed": feed, "address": address})


@require_POST
def revoke(request: SignedInRequest) -> HttpResponse:
    """Stop my private calendar."""
    FeedAccess(request.user).require(FeedAccess.keep_feed)
    operations.revoke_feed(by=request.user, at=timezone.now())
    messages.success(request, "Your private calendar is stopped. Its address no longer works.")
    return redirect("circles:my_calendar")


@require_safe
@login_not_required
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar file of this token. 304 if nothing has changed; 404 if the token is not in use."""
    now = timezone.now()
    open_feed = operations.find_feed(token)
    if open_feed is None:
        missed = operations.feed_reference_of(token)
        if cache.add(f"calendar-asked-for-in-vain-{missed}", "1", WRONG_NOTED_EVERY):
            operations.note_wrong_token(missed, at=now)
        return HttpResponseNotFound("There is no calendar here.\n", content_type="text/plain")
    body = operations.read_feed(open_feed, at=now)
    etag = f'"{sha256(body).hexdigest()}"'
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"], answer["ETag"] = "private, no-cache", etag
    answer["Content-Disposition"] = 'inline; filename="meetings.ics"'
    return get_conditional_response(request, etag=etag, response=answer) or answer
