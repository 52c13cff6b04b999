"""Third-party disclosure: asking the lead agency for one, and writing down what it decided. Never ours to decide."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess
from circles.circle.opener import open_circle
from concerns.concern.old_pages import with_story_mark
from concerns.disclosure import operations
from concerns.disclosure.access import AskingAccess, DisclosureAccess
from concerns.disclosure.forms import (
    AgencyDisclosedForm,
    AgencyRefusedForm,
    DisclosureChaseForm,
    DisclosureForm,
    PutForm,
    SelfDisclosedForm,
    UndertakingForm,
)
from concerns.disclosure.models import DisclosureRequest
from concerns.register.act_views import (
    NO_TROUBLE,
    OWN_PAGE_TELLS,
    RecordAct,
    Trouble,
    acts_by_name,
    do_act,
    offered_acts,
)
from concerns.register.opener import named_concern_of
from core.errors import NotSeen
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of
from core.sight import note_sight

WRITE = DisclosureAccess.write_decision
Status, before = DisclosureRequest.Status, DisclosureRequest.LIFECYCLE.states_before

ACTS = acts_by_name(
    RecordAct(
        "put",
        "The lead agency has it",
        DisclosureAccess.put,
        operations.put_to_agency,
        before(Status.WITH_AGENCY),
        PutForm,
    ),
    RecordAct(
        "disclosed",
        "The agency disclosed",
        WRITE,
        operations.record_agency_disclosed,
        before(Status.AGENCY_DISCLOSED),
        AgencyDisclosedForm,
    ),
    RecordAct(
        "refused",
        "The agency decided not to",
        WRITE,
        operations.record_agency_refused,
        before(Status.REFUSED),
        AgencyRefusedForm,
    ),
    RecordAct(
        "himself",
        "He told them himself",
        WRITE,
        operations.record_self_disclosed,
        before(Status.SELF_DISCLOSED),
        SelfDisclosedForm,
    ),
    RecordAct(
        "undertaking",
        "The undertaking is signed",
        WRITE,
        operations.confirm_undertaking,
        before(Status.DONE),
        UndertakingForm,
    ),
    RecordAct(
        "chase",
        "I have chased them",
        DisclosureAccess.put,
        operations.chase_disclosure,
        DisclosureRequest.CHASED,
        DisclosureChaseForm,
    ),
)
"""Every act, in its order on the page. None of them tells anybody outside."""


@require_safe
def disclosures(request: SignedInRequest, reference: str) -> HttpResponse:
    """What was asked of the lead agency about this circle's core member."""
    circle = open_circle(request, reference)
    AskingAccess(request.user, circle).require(AskingAccess.ask_disclosure)
    requests = DisclosureRequest.objects.visible_to(request.user).filter(circle=circle).order_by("-requested_at", "-pk")
    context = {
        "circle": circle,
        "may": CircleAccess(request.user, circle),
        "requests": requests,
        "tab": "concerns",
        "now": timezone.now(),
    }
    return TemplateResponse(request, "concerns/disclosure/disclosures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write the request; the address may name the concern it comes from."""
    circle = open_circle(request, reference)
    AskingAccess(request.user, circle).require(AskingAccess.ask_disclosure)
    concern = named_concern_of(request)
    form = DisclosureForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            made = operations.ask_disclosure(
                circle, concern=concern, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return redirect(made)
    context = {"circle": circle, "concern": concern, "form": form}
    return TemplateResponse(request, "concerns/disclosure/ask_disclosure.html", context)


def open_disclosure(request: SignedInRequest, reference: str) -> DisclosureRequest:
    """The request of this reference. Raises NotSeen."""
    rows = DisclosureRequest.objects.visible_to(request.user).select_related(
        "circle__core_member", "circle__coordinator", "concern__circle", "requested_by", "put_by", "decided_by"
    )
    disclosure_request = only_row_of(with_story_mark(rows).filter(reference=reference))
    if disclosure_request is None:
        raise NotSeen(DisclosureRequest.audit_kind, reference)
    why = DisclosureAccess(request.user, disclosure_request).reason_of_sight
    note_sight(disclosure_request, within=disclosure_request.filed_within, why=why)
    return disclosure_request


@require_safe
def disclosure(request: SignedInRequest, reference: str) -> HttpResponse:
    """One request: who needs to know, why, and what the lead agency decided."""
    disclosure_request = open_disclosure(request, reference)
    return _show_request(request, disclosure_request)


def _show_request(
    request: SignedInRequest, disclosure_request: DisclosureRequest, trouble: Trouble = NO_TROUBLE
) -> HttpResponse:
    may = DisclosureAccess(request.user, disclosure_request)
    context = {
        "asked": disclosure_request,
        "acts": offered_acts(ACTS, disclosure_request.status, may, trouble),
        "trouble": trouble,
        "events": disclosure_request.events.select_related("by").order_by("at", "pk"),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "concerns/disclosure/disclosure.html", context, status=trouble.status)


@taken_from_any_page(OWN_PAGE_TELLS)
@require_POST
def act_on(request: SignedInRequest, reference: str, act: str) -> HttpResponse:
    disclosure_request = open_disclosure(request, reference)
    may = DisclosureAccess(request.user, disclosure_request)
    return do_act(
        request,
        ACTS[act],
        disclosure_request,
        may,
        lambda trouble: _show_request(request, disclosure_request, trouble),
        disclosure_request,
    )
