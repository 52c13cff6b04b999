"""Accepting an invitation, adding a second factor, staying signed in, one's own sessions."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import AcceptForm
from accounts.operations import accept_invitation, end_session, find_invitation
from accounts.requests import SignedInRequest
from core.errors import NotSeen, Refused
from core.forms import refusals_on

HELD = "invitation"
TRIES, TRIES_LAST = 20, 3600


def too_many(request: HttpRequest) -> bool:
    """More tries from one address in an hour than a person makes."""
    key = f"invitation:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, TRIES_LAST)
    return bool(cache.incr(key) > TRIES)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link shows a button; only pressing it goes on, because mail scanners follow links."""
    if request.method != "POST":
        return TemplateResponse(request, "accounts/invitation.html", {})
    if too_many(request):
        return TemplateResponse(request, "accounts/invitation.html", {"refusal": "Too many tries. Wait an hour."}, status=429)
    try:
        find_invitation(token, at=timezone.now())
    except Refused as refusal:
        return TemplateResponse(request, "accounts/invitation.html", {"refusal": refusal.message}, status=410)
    request.session[HELD] = token
    return redirect("accounts:join")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Choose a name and a password, then sign in with them."""
    token = request.session.get(HELD)
    if token is None:
        return redirect("account_login")
    form = AcceptForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            accept_invitation(token=token, at=timezone.now(), **form.cleaned_data)
            del request.session[HELD]
            messages.success(request, "Your account is made. Sign in with your e-mail address and new password.")
            return redirect("account_login")
    return TemplateResponse(request, "accounts/join.html", {"form": form})


@require_safe
def second_factor(request: SignedInRequest) -> HttpResponse:
    """How to add the second factor without which no other page opens: a passkey first."""
    return TemplateResponse(request, "accounts/second_factor.html", {})


@require_POST
def stay(request: SignedInRequest) -> HttpResponse:
    """The two-minute warning's button: the session counts from now again."""
    request.session["session_last_seen"] = timezone.now().timestamp()
    return HttpResponse(status=204)


@require_safe
def me(request: SignedInRequest) -> HttpResponse:
    """My ways to sign in, and where I am signed in."""
    shown = {
        "factors": Authenticator.objects.filter(user=request.user).order_by("created_at"),
        "sessions": UserSession.objects.filter(user=request.user).order_by("-created_at"),
        "here": request.session.session_key,
    }
    return TemplateResponse(request, "accounts/me.html", shown)


@require_POST
def end_mine(request: SignedInRequest, number: int) -> HttpResponse:
    tracked = UserSession.objects.filter(user=request.user, pk=number).first()
    if tracked is None:
        raise NotSeen("session", str(number))
    end_session(tracked, by=request.user, at=timezone.now())
    return redirect("accounts:me")
