"""The page of a circle's timeline."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from circles.circle.opener import open_circle
from circles.overview.strands import strands_for
from circles.overview.timeline import TimelineReader
from core.forms.timeline import TimelineForm
from core.timeline import entries_of, timeline_rows_of

PAGE_LENGTH = 40


@require_safe
def timeline(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the timeline, the newest entry first: all of it, or only the kinds and the days that were chosen."""
    circle = open_circle(request, reference)
    reader = TimelineReader(request.user, circle, at=timezone.now())
    strands = strands_for(reader)
    form = TimelineForm(request.GET, strands=strands, at=reader.at)
    rows = list(timeline_rows_of(reader, form.chosen_strands, **form.days))
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "circle": circle,
        "may": reader.may,
        "tab": "timeline",
        "form": form,
        "page": page,
        "entries": entries_of(page, reader, strands),
        "since": reader.since,
    }
    return TemplateResponse(request, "circles/overview/timeline.html", context)
