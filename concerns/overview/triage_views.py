"""The triage page of a concern: the acts that are needed less often, on a page of their own."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.engine.plan import Plans
from concerns.handling.models import EndProposal
from concerns.handling.opener import open_concern
from concerns.overview.acts import act_form_of, page_acts_of
from core.forms import Form


def proposal_of(concern: Concern) -> EndProposal | None:
    """The proposal that waits for a second person, if there is one."""
    return concern.end_proposals.waiting().select_related("proposed_by").first() if concern.has_proposal else None


@require_safe
def sorting(request: SignedInRequest, reference: str) -> HttpResponse:
    """The triage page, for those who work the concern."""
    concern = open_concern(request, reference)
    may = ConcernAccess(request.user, concern)
    may.require(ConcernAccess.read_story)
    return show_triage(request, concern, may)


def show_triage(
    request: SignedInRequest,
    concern: Concern,
    may: ConcernAccess,
    *,
    failed: str = "",
    form: Form | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Show the page. A refused form is shown as it was sent."""
    plans, now = Plans([concern]), timezone.now()
    acts = [
        (act, form if act.name == failed else act_form_of(act, concern, may, plans, now))
        for act in page_acts_of(concern, may, proposal_of(concern), now)
        if act.is_rare
    ]
    shown = {"concern": concern, "may": may, "acts": acts, "failed": failed, "refusal": refusal}
    return TemplateResponse(request, "concerns/overview/sorting.html", shown, status=422 if refusal or failed else 200)
