"""The page of somebody on a panel: what they need to read, and their view."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.errors import NotSeen
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of
from core.sight import note_sight
from offenders.panel import operations
from offenders.panel.access import SeatAccess
from offenders.panel.forms import ViewForm
from offenders.panel.models import Seat
from offenders.panel.papers import papers_for


@require_http_methods(["GET", "HEAD", "POST"])
@taken_from_any_page("it is one’s own view, and compares what the page loaded")
def panel_seat(request: SignedInRequest, reference: str) -> HttpResponse:
    """Read the papers of one referral, and give a view."""
    rows = Seat.objects.visible_to(request.user).select_related("referral", "referral__area", "person")
    seat = only_row_of(rows.filter(reference=reference))
    if seat is None:
        raise NotSeen(Seat.audit_kind, reference)
    may = SeatAccess(request.user, seat)
    if request.method == "POST":
        may.require(SeatAccess.give_view)
    note_sight(seat.referral, why="on the panel")
    first = {"view": seat.view, "conditions": seat.conditions, "reasons": seat.reasons}
    form = ViewForm(request.POST or None, initial=first)
    if form.is_valid():
        with refusals_on(form):
            operations.give_view(seat, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Your view is kept. You may change it until the panel has decided.")
            return redirect("home")
    context = {"seat": seat, "referral": seat.referral, "papers": papers_for(seat), "form": form, "may": may}
    return TemplateResponse(request, "offenders/panel/seat.html", context)
