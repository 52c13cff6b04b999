"""The page to add what a concern names, and the pages of patterns."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from circles.circle.models import Circle
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.handling.opener import open_concern
from concerns.pattern.access import PatternAccess
from concerns.pattern.forms import NameSubjectForm, SeenForm
from concerns.pattern.models import Named, Pattern
from concerns.pattern.operations import concerns_alike, name_subject, note_pattern_seen
from core.errors import NotSeen
from core.forms import refusals_as_messages, refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of
from core.sight import note_sight, note_story

PAGE_LENGTH = 25


@dataclass(frozen=True)
class PatternRow:
    """One concern of a pattern, and whether this reader may open it and see its circle."""

    concern: Concern
    may_open: bool
    may_see_circle: bool


def open_pattern(request: SignedInRequest, reference: str) -> Pattern:
    """The pattern of this reference. Raises NotSeen. No concern in it counts as opened."""
    patterns = Pattern.objects.visible_to(request.user).select_related("seen_by")
    marked = patterns.annotate(story_mark=story_mark(Pattern.audit_kind))
    pattern = only_row_of(marked.filter(reference=reference))
    if pattern is None:
        raise NotSeen(Pattern.audit_kind, reference)
    note_sight(pattern)
    note_story(pattern)
    return pattern


@taken_from_any_page("a name is added to the others")
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: SignedInRequest, reference: str) -> HttpResponse:
    """Add a place, a vehicle or a name online. What is typed is compared and not stored."""
    concern = open_concern(request, reference)
    ConcernAccess(request.user, concern).require(ConcernAccess.name_subject)
    form = NameSubjectForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            name_subject(concern, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Added. It will be compared with other concerns.")
            return redirect("concerns:name_subject", concern.reference)
    kinds = set(concern.mentions.values_list("kind", flat=True))
    kept = [f"a {kind.label.lower()}" for kind in Named if kind in kinds]
    shown = {"concern": concern, "form": form, "kept": kept, "raised_it": concern.raised_by_id == request.user.pk}
    return TemplateResponse(request, "concerns/pattern/name_subject.html", shown)


@require_safe
def patterns(request: SignedInRequest) -> HttpResponse:
    """Every pattern; those that nobody has looked at come first."""
    PatternAccess(request.user).require(PatternAccess.read_patterns)
    found = Pattern.objects.visible_to(request.user).select_related("seen_by")
    page = Paginator(found.order_by(F("seen_at").desc(nulls_first=True), "-grew_at"), PAGE_LENGTH).get_page(
        request.GET.get("page")
    )
    return TemplateResponse(request, "concerns/pattern/patterns.html", {"page": page})


@require_safe
def pattern(request: SignedInRequest, reference: str) -> HttpResponse:
    """One pattern: how many concerns, when, and how urgent. Whoever may open a concern elsewhere may open it here."""
    found = open_pattern(request, reference)
    alike = concerns_alike(found.kind, found.index)
    keys = [each.pk for each in alike]
    opens = set(Concern.objects.visible_to(request.user).filter(pk__in=keys).values_list("pk", flat=True))
    circles = {each.circle_id for each in alike}
    sees = set(Circle.objects.visible_to(request.user).filter(pk__in=circles).values_list("pk", flat=True))
    shown = {
        "pattern": found,
        "alike": [PatternRow(each, each.pk in opens, each.circle_id in sees) for each in alike],
        "heading": _heading_of(found, len(alike)),
    }
    return TemplateResponse(request, "concerns/pattern/pattern.html", shown)


NUMBERS = {3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}


def _heading_of(found: Pattern, count: int) -> str:
    if not count:
        return f"No concerns name this {found.get_kind_display().lower()} any more"
    return (
        f"{NUMBERS.get(count, count)} concerns from different circles name the same {found.get_kind_display().lower()}"
    )


@require_POST
def seen(request: SignedInRequest, reference: str) -> HttpResponse:
    """“I have looked at it”: the pattern counts as seen, as the page showed it."""
    found = open_pattern(request, reference)
    with refusals_as_messages(request):
        note_pattern_seen(found, as_of=SeenForm(request.POST).as_of, by=request.user, at=timezone.now())
        return redirect("concerns:patterns")
    return redirect(found)
