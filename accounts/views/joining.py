"""The pages from an invitation's link to a second factor."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts import operations
from accounts.factors import has_strong_factor
from accounts.forms import ConfirmForm, JoinForm
from accounts.models import Invitation, User
from accounts.personal_forms import PasswordForm
from accounts.requests import SignedInRequest
from core.forms import refusals_on

TOKEN = "invitation"  # noqa: S105 - the name of a place in the session


@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A page with only a button: mail scanners follow links, but press no buttons."""
    if isinstance(request.user, User):
        return TemplateResponse(request, "accounts/sign_out_first.html")
    too_many: HttpResponse | None = ratelimit.consume_or_429(request, action="signup")
    if too_many:
        return too_many
    if operations.find_invitation(token, at=timezone.now()) is None:
        return _no_invitation_page(request)
    if request.method != "POST":
        return TemplateResponse(request, "accounts/invitation.html", {"form": ConfirmForm()})
    request.session.cycle_key()
    request.session[TOKEN] = token
    return redirect("accounts:join")


@login_not_required
def join(request: HttpRequest) -> HttpResponse:
    """Choose a name and a password. The account is created and signed in; a second factor comes next."""
    now = timezone.now()
    found = operations.find_invitation(request.session.get(TOKEN, ""), at=now)
    if isinstance(request.user, User) or found is None:
        return _no_invitation_page(request)
    if found.person is not None:
        return _join_anew(request, found, found.person)
    form = JoinForm(request.POST or None, invitation=found)
    if form.is_valid():
        with refusals_on(form):
            person = operations.accept_invitation(found, at=now, **form.cleaned_data)
            return _sign_in(request, person)
    return TemplateResponse(request, "accounts/join.html", {"form": form, "email": found.email})


def _join_anew(request: HttpRequest, found: Invitation, person: User) -> HttpResponse:
    """Choose a new password for an account that exists, after a loss. A second factor comes next."""
    form = PasswordForm(request.POST or None, person=person)
    if form.is_valid():
        with refusals_on(form):
            return _sign_in(request, operations.accept_recovery(found, at=timezone.now(), **form.cleaned_data))
    return TemplateResponse(request, "accounts/join_anew.html", {"form": form, "email": person.email})


def _sign_in(request: HttpRequest, person: User) -> HttpResponse:
    """Sign in somebody who has just chosen a password through a link."""
    del request.session[TOKEN]
    record_authentication(request, person, "password", reauthenticated=True)
    onwards: HttpResponse = perform_login(request, person, redirect_url=reverse("accounts:second_factor"))
    return onwards


def _no_invitation_page(request: HttpRequest) -> HttpResponse:
    """The same page for a link that was used, is too old or was never sent."""
    return TemplateResponse(request, "accounts/no_invitation.html", {"words": operations.NO_LONGER}, status=404)


def second_factor(request: SignedInRequest) -> HttpResponse:
    """Offer a second factor to somebody who has none: a passkey first, or one-time codes."""
    if has_strong_factor(request.user):
        return redirect("accounts:me")
    return TemplateResponse(request, "accounts/second_factor.html")
