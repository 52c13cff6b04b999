"""No page without a second factor in this session, and no session without an end."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.devices import remember_device
from accounts.factors import has_strong_factor
from accounts.models import User
from accounts.models.submission import LONGEST_ADDRESS
from accounts.sessions import has_shown_second_factor, seen_now, why_over
from accounts.submitting import keep_form
from core.form_key import form_key_of

Answer = Callable[[HttpRequest], HttpResponse]

OPEN = {"account_logout", "health", "tick"}
"""What anybody signed in may ask for, whatever they have shown."""

ENROLMENT = {
    "accounts:second_factor",
    "accounts:stay",
    "mfa_add_webauthn",
    "mfa_activate_totp",
    "account_reauthenticate",
}
"""What somebody may open who has no second factor yet: what gives them one, and staying signed in meanwhile."""

CLOSED = {
    "account_email",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_set_password",
    "mfa_trust",
    "mfa_download_recovery_codes",
    "usersessions_list",
}
"""The library's pages this service does not have: addresses are changed by a coordinator, no browser is trusted, codes
are written down and not downloaded, and the sessions stand on a page of ours."""


class SignedInMiddleware(LoginRequiredMiddleware):
    """No page without signing in; what a form brought is kept for whoever it was drawn for."""

    def handle_no_permission(self, request: HttpRequest, view_func: object) -> HttpResponse:  # type: ignore[override]
        return sign_in_again(request, "")


class SecondFactorMiddleware:
    """Denies by default: a signed-in person passes with a second factor shown in this session."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(request.user, User) and has_shown_second_factor(request, request.user):
            remember_device(request, response, request.user)
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in CLOSED:
            raise Http404
        if not isinstance(request.user, User) or name in OPEN or has_shown_second_factor(request, request.user):
            return None
        if has_strong_factor(request.user):
            logout(request)
            return sign_in_again(request, "Sign in again and show your second factor.")
        return None if name in ENROLMENT else redirect("accounts:second_factor")


class SessionLifeMiddleware:
    """Ends a session that has been idle too long, or has lasted its time, and says so."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, User):
            return self.get_response(request)
        response = self.answer(request, request.user)
        if not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def answer(self, request: HttpRequest, user: User) -> HttpResponse:
        over = why_over(request, user)
        if over:
            logout(request)
            return sign_in_again(request, over)
        if not (request.method == "GET" and is_script(request)):
            seen_now(request)
        return self.get_response(request)


def is_script(request: HttpRequest) -> bool:
    """Asked for by a script on the page. A page that refreshes itself is no sign that anybody is there."""
    return request.headers.get("Sec-Fetch-Dest") == "empty" or "X-Requested-With" in request.headers


def sign_in_again(request: HttpRequest, message: str) -> HttpResponse:
    """To the sign-in page, with what happened and the way back; to a script, a plain 401 it cannot mistake.

    A script keeps the words on its page. A form sent without one is kept here, and the way back is to its words.
    """
    if is_script(request):
        return HttpResponse(message, status=401, content_type="text/plain; charset=utf-8")
    back = request.get_full_path()
    key = form_key_of(request.POST) if request.method == "POST" else None
    if key is not None:
        keep_form(
            key, page=back if len(back) <= LONGEST_ADDRESS else request.path, data=request.POST, at=timezone.now()
        )
        back = reverse("accounts:kept_form", args=[key.key])
        message = "You were signed out. What you wrote was not sent; it is kept. Sign in to see it and send it."
    if message:
        messages.info(request, message)
    return redirect_to_login(back, reverse("account_login"))
