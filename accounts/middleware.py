"""No page without a second factor in this session, and no session without an end."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import User

Answer = Callable[[HttpRequest], HttpResponse]

METHODS = "account_authentication_methods"
BEGAN, LAST_SEEN = "session_began", "session_last_seen"
GRAIN = 60
"""Seconds: how finely the last request is remembered, so that reading does not write each time."""

ENROLMENT = {
    "mfa_index",
    "mfa_add_webauthn",
    "mfa_activate_totp",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_reauthenticate",
    "account_reauthenticate",
}
"""What somebody may open who has no second factor yet: only what gives them one."""

ALWAYS = {"account_login", "account_logout", "mfa_authenticate", "mfa_login_webauthn", "health", "tick", None}


def has_shown_second_factor(request: HttpRequest) -> bool:
    """This very session holds the record of a second factor; an earlier one does not count."""
    return any(method.get("method") == "mfa" for method in request.session.get(METHODS, []))


class SecondFactorMiddleware:
    """Denies by default: a signed-in person passes with a second factor shown in this session."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not isinstance(request.user, User) or has_shown_second_factor(request):
            return None
        name = request.resolver_match.view_name if request.resolver_match else None
        if name in ALWAYS:
            return None
        strong = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        if Authenticator.objects.filter(user=request.user, type__in=strong).exists():
            logout(request)
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        return None if name in ENROLMENT else redirect("accounts:second_factor")


class SessionLifeMiddleware:
    """Ends a session that has been idle too long, or has lasted its time, and says so."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User) and self.is_over(request, request.user):
            logout(request)
            messages.info(request, "You were signed out to keep this safe. Sign in again: what you wrote is kept.")
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        return self.get_response(request)

    def is_over(self, request: HttpRequest, user: User) -> bool:
        now = time.time()
        began = request.session.setdefault(BEGAN, now)
        seen = request.session.get(LAST_SEEN, now)
        life: timedelta = (
            settings.SESSION_LIFE_STAFF if user.is_charity_staff_or_agency else settings.SESSION_LIFE
        )
        if now - began > life.total_seconds() or now - seen > settings.SESSION_IDLE.total_seconds():
            return True
        if LAST_SEEN not in request.session or now - seen > GRAIN:
            request.session[LAST_SEEN] = now
        return False
