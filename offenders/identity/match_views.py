"""The list of records that may be about one person, and the page to settle one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from core.errors import NotSeen
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of
from core.sight import note_words
from offenders.identity.access import FindingAccess
from offenders.identity.forms import SettleForm
from offenders.identity.match_operations import settle_match
from offenders.identity.matching import pairs_of
from offenders.identity.models import IdentityMatch

PAGE_LENGTH = 25


def identity_matches(request: SignedInRequest) -> HttpResponse:
    """The pairs that nobody has settled yet, the oldest first."""
    FindingAccess(request.user).require(FindingAccess.settle_match)
    matches = IdentityMatch.objects.visible_to(request.user).unsettled().order_by("found_at", "pk")
    page = Paginator(matches, PAGE_LENGTH).get_page(request.GET.get("page"))
    pairs = pairs_of(page.object_list, request.user)
    note_words(record for pair in pairs for record in (pair.first, pair.second))
    context = {"page": page, "pairs": pairs}
    return TemplateResponse(request, "offenders/identity/matches.html", context)


@taken_from_any_page("the operation says who has settled it already")
def settle(request: SignedInRequest, match: int) -> HttpResponse:
    """Ask whether two records are about one person, and write the answer down."""
    record = only_row_of(IdentityMatch.objects.visible_to(request.user).filter(pk=match))
    if record is None:
        raise NotSeen(IdentityMatch.audit_kind, str(match))
    FindingAccess(request.user).require(FindingAccess.settle_match)
    [pair] = pairs_of([record], request.user)
    note_words([pair.first, pair.second])
    form = SettleForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            settle_match(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("offenders:identity_matches")
    return TemplateResponse(request, "offenders/identity/settle.html", {"pair": pair, "form": form})
