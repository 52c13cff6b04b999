"""The pages of safeguarding referrals: the register, starting a referral, its own page and its acts."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from concerns.concern.old_pages import with_story_mark
from concerns.low_level.views import named_low_level_of
from concerns.referral import operations
from concerns.referral.access import ReferralAccess
from concerns.referral.forms import ChasedForm, DecidedForm, MadeForm, NotReferredForm, ReferralFilter, ReferralForm
from concerns.referral.models import SafeguardingReferral
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

WORK = ReferralAccess.work_referral
Status, before = SafeguardingReferral.Status, SafeguardingReferral.LIFECYCLE.states_before

ACTS = acts_by_name(
    RecordAct("make", "I have referred it", WORK, operations.make_referral, before(Status.REFERRED), MadeForm),
    RecordAct("decide", "They have decided", WORK, operations.decide_referral, before(Status.DECIDED), DecidedForm),
    RecordAct("chase", "I have chased them", WORK, operations.chase_referral, SafeguardingReferral.CHASED, ChasedForm),
    RecordAct(
        "not_made",
        "Decide not to refer",
        WORK,
        operations.decide_not_to_refer,
        before(Status.NOT_REFERRED),
        NotReferredForm,
    ),
)
"""Every act, in its order on the page. Each is offered where its operation takes it."""


@require_safe
def referrals(request: SignedInRequest) -> HttpResponse:
    """The register. Referrals that wait come first, the soonest due on top; then those that are decided."""
    may = ReferralAccess(request.user)
    may.require(ReferralAccess.list_referrals)
    chosen = ReferralFilter(request.GET)
    referrals = SafeguardingReferral.objects.visible_to(request.user).filter(**chosen.asked)
    page = Paginator(referrals.order_by("due_at", "-recorded_at", "pk"), PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {"page": page, "form": chosen, "may": may, "now": timezone.now()}
    return TemplateResponse(request, "concerns/referral/referrals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest) -> HttpResponse:
    """Start a referral. The address may name the record from which it comes."""
    ReferralAccess(request.user).require(ReferralAccess.start_referral)
    concern, low_level = named_concern_of(request), named_low_level_of(request)
    initial = operations.facts_from_record(concern=concern, low_level=low_level, at=timezone.now())
    form = ReferralForm(request.POST or None, by=request.user, initial=initial, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            referral = operations.start_referral(
                concern=concern, low_level=low_level, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return redirect(referral)
    context = {"form": form, "concern": concern, "low_level": low_level}
    return TemplateResponse(request, "concerns/referral/start_referral.html", context)


def open_referral(request: SignedInRequest, reference: str) -> SafeguardingReferral:
    """The referral of this reference. Raises NotSeen."""
    rows = SafeguardingReferral.objects.visible_to(request.user).select_related(
        "concern", "low_level", "about", "recorded_by", "referred_by"
    )
    referral = only_row_of(with_story_mark(rows).filter(reference=reference))
    if referral is None:
        raise NotSeen(SafeguardingReferral.audit_kind, reference)
    note_sight(referral)
    return referral


@require_safe
def referral(request: SignedInRequest, reference: str) -> HttpResponse:
    """One referral, its clock and its acts."""
    referral = open_referral(request, reference)
    return _show_referral(request, referral)


def _show_referral(
    request: SignedInRequest, referral: SafeguardingReferral, trouble: Trouble = NO_TROUBLE
) -> HttpResponse:
    may = ReferralAccess(request.user, referral)
    context = {
        "referral": referral,
        "acts": offered_acts(ACTS, referral.status, may, trouble),
        "trouble": trouble,
        "events": referral.events.select_related("by").order_by("at", "pk"),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "concerns/referral/referral.html", context, status=trouble.status)


@taken_from_any_page(OWN_PAGE_TELLS)
@require_POST
def act_on(request: SignedInRequest, reference: str, act: str) -> HttpResponse:
    """Do one of the acts on a referral."""
    referral = open_referral(request, reference)
    may = ReferralAccess(request.user, referral)
    return do_act(
        request, ACTS[act], referral, may, lambda trouble: _show_referral(request, referral, trouble), referral
    )
