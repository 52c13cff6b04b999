"""The pages of leave: a person's own, the leave they cover, and for managers everybody's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.proof import fresh_proof
from accounts.requests import SignedInRequest
from alerts.leave.access import LeaveAccess
from alerts.leave.forms import LeaveForm
from alerts.leave.gap import gaps_around, gaps_in
from alerts.leave.models import Leave
from alerts.leave.operations import cancel_leave, plan_leave
from core.errors import NotSeen
from core.forms import refusals_as_messages, refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of


@require_safe
def leave(request: SignedInRequest) -> HttpResponse:
    """The leave of now and of the time to come, with its gaps in cover."""
    visible = Leave.objects.visible_to(request.user).not_cancelled().filter(ends_at__gt=timezone.now())
    leaves = list(visible.select_related("person", "deputy").order_by("starts_at", "pk"))
    gaps = gaps_in(leaves)
    context = {
        "leave": [(leave, [gap.sentence for gap in gaps if gap.leave == leave]) for leave in leaves],
        "may": LeaveAccess(request.user, request.user),
    }
    return TemplateResponse(request, "alerts/leave/leave.html", context)


@fresh_proof
def plan(request: SignedInRequest, reference: str) -> HttpResponse:
    """Plan this person's leave: their own, or as a manager anybody's."""
    person: User | None = only_row_of(User.objects.visible_to(request.user).filter(reference=reference))
    if person is None:
        raise NotSeen(User.audit_kind, reference)
    LeaveAccess(request.user, person).require(LeaveAccess.plan)
    form = LeaveForm(request.POST or None, person=person, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            leave = plan_leave(person, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The leave is planned.")
            for gap in gaps_around(leave):
                messages.warning(request, gap.sentence)
            return redirect("alerts:leave")
    return TemplateResponse(request, "alerts/leave/plan_leave.html", {"form": form, "person": person})


@taken_from_any_page("leave is called off once, and is not changed before")
@require_POST
@fresh_proof
def cancel(request: SignedInRequest, number: int) -> HttpResponse:
    """Call off leave, or end it early."""
    leave = only_row_of(Leave.objects.visible_to(request.user).filter(pk=number))
    if leave is None:
        raise NotSeen(Leave.audit_kind, str(number))
    with refusals_as_messages(request):
        cancel_leave(leave, by=request.user, at=timezone.now())
        messages.success(request, "The leave is called off.")
    return redirect("alerts:leave")
