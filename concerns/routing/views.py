"""The pages of the routing rules: their versions, the form to change a draft, and a preview."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from concerns.queue.models import Queue
from concerns.routing.access import RoutingAccess, queues_to_try
from concerns.routing.forms import PreviewForm, ProposeForm, RuleForm
from concerns.routing.models import RoutingRule, RoutingVersion
from concerns.routing.operations import (
    add_rule,
    approve_routing,
    decline_routing,
    draft_routing,
    first_route_of,
    propose_routing,
    remove_rule,
)
from core.errors import NotSeen
from core.forms import refusals_as_messages, refusals_on
from core.rows import only_row_of
from core.sight import note_sight, note_story


def _queues_for(request: SignedInRequest) -> list[Queue]:
    return list(queues_to_try(request.user).select_related("area").order_by("area__name"))


def open_version(request: SignedInRequest, reference: str) -> RoutingVersion:
    """A version of the rules, for those who may read them. Raises NotSeen."""
    RoutingAccess(request.user).require(RoutingAccess.read_routing)
    versions = RoutingVersion.objects.visible_to(request.user).select_related("proposed_by", "approved_by")
    version = only_row_of(
        versions.annotate(story_mark=story_mark(RoutingVersion.audit_kind)).filter(reference=reference)
    )
    if version is None:
        raise NotSeen(RoutingVersion.audit_kind, reference)
    note_sight(version)
    note_story(version)
    return version


@require_safe
def versions(request: SignedInRequest) -> HttpResponse:
    """Every version, the latest first."""
    may = RoutingAccess(request.user)
    may.require(RoutingAccess.read_routing)
    found = RoutingVersion.objects.visible_to(request.user).select_related("proposed_by", "approved_by")
    current = found.in_force(timezone.now())
    shown = {"versions": found.order_by("-number"), "may": may, "current": current}
    return TemplateResponse(request, "concerns/routing/routing_versions.html", shown)


@require_safe
def version(request: SignedInRequest, reference: str) -> HttpResponse:
    return _show_version(request, open_version(request, reference))


def _show_version(
    request: SignedInRequest, found: RoutingVersion, *, rule: RuleForm | None = None, propose: ProposeForm | None = None
) -> HttpResponse:
    """Show the rules, the preview, and for a draft the forms to change it."""
    queues = _queues_for(request)
    rules = list(RoutingRule.objects.visible_to(request.user).of(found))
    preview = PreviewForm(request.GET if "level" in request.GET else None, queues=queues)
    shown: dict[str, Any] = {
        "version": found,
        "rules": rules,
        "may": RoutingAccess(request.user),
        "preview": preview,
        "rule_form": rule or RuleForm(queues=queues, initial={"position": len(rules) + 1}),
        "propose_form": propose or ProposeForm(),
        "answer": first_route_of(rules, preview.facts()) if preview.is_bound and preview.is_valid() else None,
    }
    failed = any(form is not None and form.errors for form in (rule, propose))
    return TemplateResponse(request, "concerns/routing/routing_version.html", shown, status=422 if failed else 200)


@require_POST
def draft(request: SignedInRequest) -> HttpResponse:
    """Begin a new version."""
    RoutingAccess(request.user).require(RoutingAccess.propose_routing)
    with refusals_as_messages(request):
        return redirect(draft_routing(by=request.user, at=timezone.now()))
    return redirect("concerns:routing")


@require_POST
def rule(request: SignedInRequest, reference: str) -> HttpResponse:
    """Add a rule to a draft."""
    found = open_version(request, reference)
    RoutingAccess(request.user).require(RoutingAccess.propose_routing)
    form = RuleForm(request.POST, queues=_queues_for(request))
    if form.is_valid():
        with refusals_on(form):
            add_rule(found, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect(found)
    return _show_version(request, found, rule=form)


@require_POST
def propose(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask a second person."""
    found = open_version(request, reference)
    RoutingAccess(request.user).require(RoutingAccess.propose_routing)
    form = ProposeForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            propose_routing(found, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect(found)
    return _show_version(request, found, propose=form)


@require_POST
def decide(request: SignedInRequest, reference: str) -> HttpResponse:
    """Approve a version, decline it, or remove one of its rules."""
    found = open_version(request, reference)
    RoutingAccess(request.user).require(RoutingAccess.approve_routing)
    now, what = timezone.now(), request.POST.get("what", "")
    with refusals_as_messages(request):
        if what == "approve":
            approve_routing(found, by=request.user, at=now)
        elif what == "decline":
            decline_routing(found, by=request.user, at=now)
        elif what.isdecimal() and len(what) < 5:
            remove_rule(found, position=int(what), by=request.user, at=now)
    return redirect(found)
