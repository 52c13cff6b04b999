"""Middleware that asks for signing in and a second factor, and that ends sessions."""

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
from accounts.sessions import ending_reason_of, has_shown_second_factor, note_activity
from accounts.submissions import keep_form
from core.form_key import form_key_of

Answer = Callable[[HttpRequest], HttpResponse]

OPEN = {"account_logout", "health", "tick"}
"""Pages for anybody who is signed in, with a second factor or without."""

ENROLMENT = {
    "accounts:second_factor",
    "accounts:stay",
    "mfa_add_webauthn",
    "mfa_activate_totp",
    "account_reauthenticate",
}
"""Pages for somebody who has no second factor yet: those that add one, and the one that keeps the session alive."""

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
"""Pages of the library that this service does not offer: our own pages change addresses, no browser is trusted, people
write codes down and do not download them, and our own page lists the sessions."""


class SignedInMiddleware(LoginRequiredMiddleware):
    """Asks for signing in. A form that was sent meanwhile is kept for the person whose page it came from."""

    def handle_no_permission(self, request: HttpRequest, view_func: object) -> HttpResponse:  # type: ignore[override]
        return ask_to_sign_in_again(request, "")


class SecondFactorMiddleware:
    """Refuses every page to a signed-in person until they have shown a second factor in this session."""

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
            return ask_to_sign_in_again(request, "Sign in again and show your second factor.")
        return None if name in ENROLMENT else redirect("accounts:second_factor")


class SessionLifeMiddleware:
    """Ends a session that was idle for too long or has reached its greatest length, and says so."""

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
        over = ending_reason_of(request, user)
        if over:
            logout(request)
            return ask_to_sign_in_again(request, over)
        if not (request.method == "GET" and is_from_script(request)):
            note_activity(request)
        return self.get_response(request)


def is_from_script(request: HttpRequest) -> bool:
    """Whether a script on the page made this request. A page that refreshes itself does not show that anybody is there."""
    return request.headers.get("Sec-Fetch-Dest") == "empty" or "X-Requested-With" in request.headers


def ask_to_sign_in_again(request: HttpRequest, message: str) -> HttpResponse:
    """Redirect to the sign-in page with a message and the way back. A script gets a plain 401 instead.

    A script keeps the words on its page. A form that was sent without a script is kept here, and the way back leads to it.
    """
    if is_from_script(request):
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
