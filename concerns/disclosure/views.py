"""Third-party disclosure: asking the lead agency for one, and writing down what it decided. Never ours to decide."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from audit.old_pages import taken_from_any_page
from circles.circle.access import CircleAccess
from circles.circle.opener import open_circle
from concerns.concern.old_pages import with_mark
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
from concerns.register.act_views import FINE, TELLS, RecordAct, Trouble, by_name, do, offered
from concerns.register.opener import concern_behind
from core.errors import NotSeen
from core.forms import refusals_on
from core.rows import only_row_of
from core.sight import note_sight

WITH = ("with_agency",)
WRITE = DisclosureAccess.write_decision

ACTS = by_name(
    RecordAct("put", "The lead agency has it", DisclosureAccess.put, operations.put_to_agency, ("requested",), PutForm),
    RecordAct(
        "disclosed", "The agency disclosed", WRITE, operations.record_agency_disclosed, WITH, AgencyDisclosedForm
    ),
    RecordAct("refused", "The agency decided not to", WRITE, operations.record_agency_refused, WITH, AgencyRefusedForm),
    RecordAct("himself", "He told them himself", WRITE, operations.record_self_disclosed, WITH, SelfDisclosedForm),
    RecordAct(
        "undertaking",
        "The undertaking is signed",
        WRITE,
        operations.confirm_undertaking,
        ("agency_disclosed",),
        UndertakingForm,
    ),
    RecordAct(
        "chase",
        "I have chased them",
        DisclosureAccess.put,
        operations.chase_disclosure,
        (*WITH, "agency_disclosed"),
        DisclosureChaseForm,
    ),
)
"""Every act, in its order. None of them tells anybody outside."""


@require_safe
def disclosures(request: SignedInRequest, reference: str) -> HttpResponse:
    """What was asked of the lead agency about this circle's core member."""
    circle = open_circle(request, reference)
    AskingAccess(request.user, circle).require(AskingAccess.ask_disclosure)
    found = DisclosureRequest.objects.visible_to(request.user).filter(circle=circle).order_by("-requested_at", "-pk")
    shown = {
        "circle": circle,
        "may": CircleAccess(request.user, circle),
        "requests": found,
        "tab": "concerns",
        "now": timezone.now(),
    }
    return TemplateResponse(request, "concerns/disclosure/disclosures.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write the request; the address may name the concern it comes from."""
    circle = open_circle(request, reference)
    AskingAccess(request.user, circle).require(AskingAccess.ask_disclosure)
    concern = concern_behind(request)
    form = DisclosureForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            made = operations.ask_disclosure(
                circle, concern=concern, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return redirect(made)
    shown = {"circle": circle, "concern": concern, "form": form}
    return TemplateResponse(request, "concerns/disclosure/ask_disclosure.html", shown)


def open_disclosure(request: SignedInRequest, reference: str) -> DisclosureRequest:
    """The request of this reference. Raises NotSeen."""
    rows = DisclosureRequest.objects.visible_to(request.user).select_related(
        "circle__core_member", "concern__circle", "requested_by", "put_by", "decided_by"
    )
    found = only_row_of(with_mark(rows).filter(reference=reference))
    if found is None:
        raise NotSeen(DisclosureRequest.audit_kind, reference)
    note_sight(found, within=found.filed_within)
    return found


@require_safe
def disclosure(request: SignedInRequest, reference: str) -> HttpResponse:
    """One request: whom, why, and what the lead agency decided."""
    found = open_disclosure(request, reference)
    return show(request, found)


def show(request: SignedInRequest, found: DisclosureRequest, trouble: Trouble = FINE) -> HttpResponse:
    may = DisclosureAccess(request.user, found)
    shown = {
        "asked": found,
        "acts": offered(ACTS, found.status, may, trouble),
        "trouble": trouble,
        "events": found.events.select_related("by").order_by("at", "pk"),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "concerns/disclosure/disclosure.html", shown, status=trouble.status)


@taken_from_any_page(TELLS)
@require_POST
def act_on(request: SignedInRequest, reference: str, act: str) -> HttpResponse:
    found = open_disclosure(request, reference)
    may = DisclosureAccess(request.user, found)
    return do(request, ACTS[act], found, may, lambda trouble: show(request, found, trouble), found)
