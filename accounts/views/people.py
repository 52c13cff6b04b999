"""Who can sign in: a list, a page a person, inviting, suspending, returning, leaving."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import AccountsAccess
from accounts.forms import InviteForm
from accounts.models import User
from accounts.operations import end_account, invite_person, return_person, suspend_person
from accounts.requests import SignedInRequest
from core.errors import NotSeen, Refused
from core.forms import refusals_on


def open_person(request: SignedInRequest, reference: str) -> User:
    """The account, if this person may see it."""
    seen = User.objects.visible_to(request.user).select_related("agency", "area")
    person = seen.prefetch_related("groups").filter(reference=reference).first()
    if person is None:
        raise NotSeen("person", reference)
    return person


@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    may = AccountsAccess(request.user)
    may.require("invite")
    everybody = User.objects.visible_to(request.user).select_related("agency").prefetch_related("groups")
    shown = {"people": everybody.order_by("full_name", "pk"), "may": may}
    return TemplateResponse(request, "accounts/people.html", shown)


@require_safe
def person(request: SignedInRequest, reference: str) -> HttpResponse:
    found = open_person(request, reference)
    may = AccountsAccess(request.user, found)
    return TemplateResponse(request, "accounts/person.html", {"person": found, "may": may})


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest) -> HttpResponse:
    """The link is shown once, to be given by hand or read out; it is never e-mailed with a name."""
    may = AccountsAccess(request.user)
    may.require("invite")
    form = InviteForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            invited = invite_person(by=request.user, at=timezone.now(), **form.cleaned_data)
            link = f"{settings.SITE_ADDRESS}{reverse('accounts:invitation', args=[invited.token])}"
            shown = {"invitation": invited.invitation, "link": link}
            return TemplateResponse(request, "accounts/invited.html", shown)
    return TemplateResponse(request, "accounts/invite.html", {"form": form})


def change(request: SignedInRequest, reference: str, operation: Callable[..., User]) -> HttpResponse:
    found = open_person(request, reference)
    try:
        operation(found, by=request.user, at=timezone.now())
    except Refused as refusal:
        may = AccountsAccess(request.user, found)
        shown = {"person": found, "may": may, "refusal": refusal.message}
        return TemplateResponse(request, "accounts/person.html", shown, status=422)
    return redirect(found)


@require_POST
def suspend(request: SignedInRequest, reference: str) -> HttpResponse:
    return change(request, reference, suspend_person)


@require_POST
def restore(request: SignedInRequest, reference: str) -> HttpResponse:
    return change(request, reference, return_person)


@require_POST
def end(request: SignedInRequest, reference: str) -> HttpResponse:
    return change(request, reference, end_account)
