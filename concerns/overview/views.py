"""A concern's page, and the acts on it."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from audit.trail import count_lookers
from audit.trail import looks_at as lookers
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.concern.old_pages import guard_old_page, refusal_without_form
from concerns.disclosure.access import AskingAccess
from concerns.engine.outlook import SideClock, clocks_of
from concerns.engine.plan import Plans
from concerns.handling.call_views import calls_and_reports_of, on_call_number_for
from concerns.handling.link_models import ConcernLink
from concerns.handling.opener import open_concern
from concerns.overview.acts import ACTS, PageAct, act_form_of, page_acts_of
from concerns.overview.triage_views import proposal_of, show_triage
from concerns.referral.access import ReferralAccess
from concerns.register.act_views import OWN_PAGE_TELLS
from core.errors import Refused
from core.forms import Form, refusals_on
from core.old_pages import taken_from_any_page
from core.sight import note_words
from offenders.restriction.models import Restriction

PAGE_LENGTH = 50


@require_safe
def concern_page(request: SignedInRequest, reference: str) -> HttpResponse:
    concern = open_concern(request, reference)
    may = ConcernAccess(request.user, concern)
    if not may.read_story:
        return redirect("concerns:receipt", concern.reference)
    return show(request, concern, may)


def show(
    request: SignedInRequest,
    concern: Concern,
    may: ConcernAccess,
    *,
    failed: str = "",
    form: Form | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Show the page. A refused form is shown as it was sent, so that nothing typed is lost."""
    plans, now = Plans([concern]), timezone.now()
    events = list(concern.events.select_related("by").order_by("at", "pk"))
    proposal = proposal_of(concern)
    acts = [
        (act, form if act.name == failed else act_form_of(act, concern, may, plans, now))
        for act in page_acts_of(concern, may, proposal, now)
        if not act.is_rare
    ]
    clocks = clocks_of(concern, plans, now) if concern.is_open else []
    shown = {
        "concern": concern,
        "may": may,
        "acts": acts,
        "sorting": [act for act in page_acts_of(concern, may, proposal, now) if act.is_rare],
        "proposal": proposal,
        "links": _related_concerns_of(concern, request.user) if concern.has_others else [],
        "failed": failed,
        "refusal": refusal,
        "clocks": clocks,
        "mine": _own_clock_of(clocks, may),
        "holidays_changed": concern.is_open and plans.holidays_changed_since(concern),
        "author": _author_text_of(concern, may),
        "restrictions": _restrictions_of(concern, request.user, now),
        "whom": _whom_link_of(concern, may),
        "events": events,
        "told": calls_and_reports_of(concern),
        "number": on_call_number_for(concern),
        **_links_to_start_of(concern, may),
        "looked": count_lookers(Concern.audit_kind, concern.reference, besides=request.user) + 1,
    }
    return TemplateResponse(request, "concerns/overview/concern.html", shown, status=422 if refusal or failed else 200)


def _restrictions_of(concern: Concern, user: User, at: datetime) -> QuerySet[Restriction]:
    """The restrictions in force today. They are words of the core member's record, so the sight of it is noted."""
    note_words([concern.circle.core_member])
    return concern.circle.restrictions_in_force(timezone.localdate(at)).shown_to(user)


def _whom_link_of(concern: Concern, may: ConcernAccess) -> str:
    """The address that shows whom the concern is about; empty for who may not, and where no name is written down."""
    shown = concern.is_open and may.reveal_identity and concern.circle.core_member.identity_id is not None
    return reverse("concerns:identity", args=[concern.reference]) if shown else ""


def _links_to_start_of(concern: Concern, may: ConcernAccess) -> dict[str, bool]:
    """Which other things this person may start from here: a referral, a request to the lead agency."""
    return {
        "keeps_registers": may.share and ReferralAccess(may.by).start_referral,
        "asks_disclosure": may.share and AskingAccess(may.by, concern.circle).ask_disclosure,
    }


def _related_concerns_of(concern: Concern, reader: User) -> list[tuple[Concern, str]]:
    """The concerns linked or joined to this one that the reader may see, each with its relation in words."""
    links = ConcernLink.objects.visible_to(reader).of(concern).select_related("first", "second")
    linked = [(link.other(concern), f"Linked: {link.why}") for link in links]
    seen = Concern.objects.visible_to(reader)
    joined = [
        (each, "Joined to this one" if each.merged_into_id == concern.pk else "Goes on as this one")
        for each in seen.filter(Q(merged_into=concern) | Q(merged_here=concern)).distinct()
    ]
    return [*joined, *linked]


def _author_text_of(concern: Concern, may: ConcernAccess) -> str:
    """Who wrote it: what they are, never their name."""
    if may.is_author:
        return "You"
    if concern.raised_by_id == concern.circle.coordinator_id:
        return "The coordinator"
    return "A volunteer" if concern.by_volunteer else "Somebody at the charity"


def _own_clock_of(clocks: list[SideClock], may: ConcernAccess) -> SideClock | None:
    """The clock this person answers for."""
    return next((clock for clock in clocks if clock.side == may.side), None)


def _show_again(
    request: SignedInRequest,
    concern: Concern,
    may: ConcernAccess,
    page_act: PageAct,
    *,
    form: Any = None,
    refusal: str = "",
) -> HttpResponse:
    """Show the page of the act again, with what was typed and what is wrong."""
    if form is not None and page_act not in page_acts_of(concern, may, proposal_of(concern), timezone.now()):
        form, refusal = None, refusal_without_form(form)
    failed = page_act.name if form is not None else ""
    if page_act.is_rare:
        return show_triage(request, concern, may, failed=failed, form=form, refusal=refusal)
    return show(request, concern, may, failed=failed, form=form, refusal=refusal)


def _redirect_after_act(request: SignedInRequest, concern: Concern) -> HttpResponse:
    """Go back to the concern, or to the queues where the act gave it to others."""
    if Concern.objects.visible_to(request.user).filter(pk=concern.pk).exists():
        return redirect(concern)
    messages.success(request, "Done. It is with others now, and you no longer see it.")
    return redirect("concerns:queues")


def _renewed_form_of(
    request: SignedInRequest, concern: Concern, page_act: PageAct, refused: Form, at: datetime
) -> Form:
    """The form to show after a refusal: where somebody has changed the concern, the one that asks about that."""
    if not Concern.objects.visible_to(request.user).filter(pk=concern.pk).exists():
        return refused
    fresh = open_concern(request, concern.reference)
    again = act_form_of(page_act, fresh, ConcernAccess(request.user, fresh), Plans([fresh]), at, request.POST)
    return refused if again is None or again.is_valid() else again


@taken_from_any_page(OWN_PAGE_TELLS)
@require_POST
def act_on(request: SignedInRequest, reference: str, act: str) -> HttpResponse:
    """Do one act, or show the page again with what was typed and what is wrong."""
    page_act = ACTS[act]
    concern = open_concern(request, reference)
    may = ConcernAccess(request.user, concern)
    may.require(page_act.permission)
    now = timezone.now()
    form = act_form_of(page_act, concern, may, Plans([concern]), now, request.POST)
    if form is not None:
        if form.is_valid():
            with refusals_on(form), _require_new_page(request, concern, may, page_act):
                page_act.operation(concern, by=request.user, at=now, **form.cleaned_data)
            if form.is_valid():
                return _redirect_after_act(request, concern)
            form = _renewed_form_of(request, concern, page_act, form, now)
        fresh = Concern.objects.visible_to(request.user).filter(pk=concern.pk).exists()
        return _show_again(request, open_concern(request, reference) if fresh else concern, may, page_act, form=form)
    try:
        with _require_new_page(request, concern, may, page_act):
            page_act.operation(concern, by=request.user, at=now, **page_act.read(concern, request.POST))
    except Refused as refusal:
        return _show_again(request, concern, may, page_act, refusal=refusal.message)
    return redirect(concern)


def _require_new_page(
    request: SignedInRequest, concern: Concern, may: ConcernAccess, page_act: PageAct
) -> AbstractContextManager[None]:
    """Refuse an act that replaces something where somebody has changed the concern since the page was opened."""
    return nullcontext() if page_act.adds else guard_old_page(request, concern, may)


@require_safe
def who_looked(request: SignedInRequest, reference: str) -> HttpResponse:
    concern = open_concern(request, reference)
    may = ConcernAccess(request.user, concern)
    may.require(ConcernAccess.see_who_looked)
    page = Paginator(lookers(Concern.audit_kind, concern.reference), PAGE_LENGTH).get_page(request.GET.get("page"))
    shown = {"concern": concern, "may": may, "page": page}
    return TemplateResponse(request, "concerns/overview/who_looked.html", shown)
