"""The page on which the data-protection lead searches the trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from audit.access import AuditAccess
from audit.forms import TrailForm
from audit.models import Entry
from audit.trail import TrailSearch
from core.references import possible_references_of
from core.sight import note_sight

PAGE_LENGTH = 50


@require_safe
def entries(request: SignedInRequest) -> HttpResponse:
    """Search the trail. The search is written into the trail too."""
    AuditAccess(request.user).require(AuditAccess.read_trail)
    form = TrailForm(request.GET or None, at=timezone.now())
    asked = form.cleaned_data if form.is_valid() else {}
    entries_found = _entries_matching(Entry.objects.visible_to(request.user), asked)
    page = Paginator(entries_found, PAGE_LENGTH).get_page(request.GET.get("page"))
    looked_for = asked.get("reference") or asked.get("person") or "everything"
    note_sight(TrailSearch(looked_for))
    return TemplateResponse(request, "audit/entries.html", {"form": form, "page": page})


def _entries_matching(entries_found: QuerySet[Entry], asked: dict[str, Any]) -> QuerySet[Entry]:
    """The entries that match the form, the newest first."""
    if asked.get("person"):
        entries_found = entries_found.filter(actor__reference__in=possible_references_of(asked["person"]))
    if asked.get("reference"):
        references = [asked["reference"], *possible_references_of(asked["reference"])]
        entries_found = entries_found.filter(
            Q(reference__in=references) | Q(within__in=references) | Q(shown__overlap=references)
        )
    if asked.get("act"):
        entries_found = entries_found.filter(act=asked["act"])
    if asked.get("since"):
        entries_found = entries_found.filter(at__date__gte=asked["since"])
    if asked.get("until"):
        entries_found = entries_found.filter(at__date__lt=asked["until"] + timedelta(days=1))
    return entries_found.select_related("actor", "actor__agency").order_by("-at", "-pk")
