"""The pages of serious incidents: the register, writing one down, the decision and the report."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from concerns.concern.old_pages import with_story_mark
from concerns.incident import operations
from concerns.incident.access import IncidentAccess
from concerns.incident.forms import IncidentDecisionForm, IncidentFilter, IncidentForm, ReportedForm
from concerns.incident.models import SeriousIncident
from concerns.register.act_views import (
    NO_TROUBLE,
    OWN_PAGE_TELLS,
    RecordAct,
    Trouble,
    acts_by_name,
    do_act,
    offered_acts,
)
from concerns.register.opener import PAGE_LENGTH, named_concern_of
from core.errors import NotSeen
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of
from core.sight import note_sight

Status, before = SeriousIncident.Status, SeriousIncident.LIFECYCLE.states_before
DECIDE = IncidentAccess.decide_incident

ACTS = acts_by_name(
    RecordAct(
        "to_report",
        "It is to be reported",
        DECIDE,
        operations.decide_to_report,
        before(Status.TO_REPORT),
        IncidentDecisionForm,
    ),
    RecordAct(
        "not_reported",
        "It is not reported",
        DECIDE,
        operations.decide_not_to_report,
        before(Status.NOT_REPORTED),
        IncidentDecisionForm,
    ),
    RecordAct(
        "reported",
        "I have reported it",
        IncidentAccess.report_incident,
        operations.report_incident,
        before(Status.REPORTED),
        ReportedForm,
    ),
)
"""Every act, in its order on the page. Each is offered where its operation takes it."""


@require_safe
def incidents(request: SignedInRequest) -> HttpResponse:
    """The register. Incidents that wait come first, the soonest due on top."""
    may = IncidentAccess(request.user)
    may.require(IncidentAccess.list_incidents)
    chosen = IncidentFilter(request.GET)
    incidents = SeriousIncident.objects.visible_to(request.user).filter(**chosen.asked)
    page = Paginator(incidents.order_by("due_at", "-recorded_at", "pk"), PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {"page": page, "form": chosen, "directs": not may.keeps, "now": timezone.now()}
    return TemplateResponse(request, "concerns/incident/incidents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """Write down an incident that may have to be reported."""
    IncidentAccess(request.user).require(IncidentAccess.add_incident)
    concern = named_concern_of(request)
    initial: dict[str, Any] = {"known_at": timezone.now()}
    if concern is not None:
        initial |= {"what": concern.words, "known_at": concern.received_at, "about": concern.about}
    form = IncidentForm(request.POST or None, by=request.user, initial=initial, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            made = operations.add_incident(concern=concern, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect(made)
    return TemplateResponse(request, "concerns/incident/add_incident.html", {"form": form, "concern": concern})


def open_incident(request: SignedInRequest, reference: str) -> SeriousIncident:
    """The incident of this reference. Raises NotSeen."""
    rows = SeriousIncident.objects.visible_to(request.user).select_related(
        "concern", "about", "recorded_by", "decided_by"
    )
    incident = only_row_of(with_story_mark(rows).filter(reference=reference))
    if incident is None:
        raise NotSeen(SeriousIncident.audit_kind, reference)
    note_sight(incident)
    return incident


@require_safe
def incident(request: SignedInRequest, reference: str) -> HttpResponse:
    """One incident, its clock and its acts."""
    incident = open_incident(request, reference)
    return _show_incident(request, incident)


def _show_incident(request: SignedInRequest, incident: SeriousIncident, trouble: Trouble = NO_TROUBLE) -> HttpResponse:
    may = IncidentAccess(request.user, incident)
    context = {
        "incident": incident,
        "acts": offered_acts(ACTS, incident.status, may, trouble),
        "trouble": trouble,
        "may": may,
        "events": incident.events.select_related("by").order_by("at", "pk"),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "concerns/incident/incident.html", context, status=trouble.status)


@taken_from_any_page(OWN_PAGE_TELLS)
@require_POST
def act_on(request: SignedInRequest, reference: str, act: str) -> HttpResponse:
    incident = open_incident(request, reference)
    may = IncidentAccess(request.user, incident)
    return do_act(
        request, ACTS[act], incident, may, lambda trouble: _show_incident(request, incident, trouble), incident
    )
