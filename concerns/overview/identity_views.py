"""The page on which an officer who handles a concern sees whom it is about."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.proof import fresh_second_factor
from accounts.requests import SignedInRequest
from accounts.views.submitted import allow_repeats
from concerns.concern.access import ConcernAccess
from concerns.handling.opener import open_concern
from core.errors import Refused
from core.forms import refusals_on
from offenders.core_member.forms import ConfirmForm
from offenders.identity.holder_views import page_with_name
from offenders.identity.operations import Reason, reveal_identity


@allow_repeats("to show a name again changes nothing, and leaves a line of its own")
@fresh_second_factor
def identity(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask for a second factor, then show whom the concern is about. The reason is the concern."""
    concern = open_concern(request, reference)
    ConcernAccess(request.user, concern).require(ConcernAccess.reveal_identity)
    record = concern.circle.core_member
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            if not concern.is_open:
                raise Refused("This concern is closed. Take it up again, or ask the coordinator who it was about.")
            particulars = reveal_identity(
                record, by=request.user, at=timezone.now(), reason=Reason.CONCERN, through=concern.reference
            )
            return page_with_name(request, record, particulars, back=concern.get_absolute_url())
    by_agency = request.user.works_for_an_agency
    context = {"concern": concern, "core_member": record, "form": form, "by_agency": by_agency}
    return TemplateResponse(request, "concerns/overview/whom_it_is_about.html", context)
