"""allauth, as we want it: invitation only, neutral mail."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from accounts.mail import CHANGED, FORGOTTEN, post, written
from accounts.signing import STRONG

UNSAID = ("account/messages/logged_in.txt", "account/messages/email_", "account/messages/login_code_sent.txt")
"""allauth's notices that name an e-mail address or a person."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; links in mail come from a setting and never from the request."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address and the password do not belong together. Check both; "
        "if you have forgotten the password, press Forgot your password.",
        "incorrect_password": "That is not your password. Try again.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
        "rate_limited": "Too many tries. Wait five minutes, then try again.",
        "invalid_password_reset": "This link has been used or is too old. Ask for a new one.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """One of our texts in place of the library's: no name, no address, no browser."""
        if template_prefix == "account/email/password_reset_key":
            post(written(email, FORGOTTEN, link=context["password_reset_url"]))
        else:
            post(written(email, CHANGED))

    def get_reset_password_from_key_url(self, key: str) -> str:
        asked: str = super().get_reset_password_from_key_url(key)
        return settings.SITE_ADDRESS + urlsplit(asked).path

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        if not (message_template or "").startswith(UNSAID):
            super().add_message(request, level, message_template, *args, **kwargs)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Never lets the last strong factor go. What a factor holds is sealed a row at a time (accounts/sealed_factors.py)."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right, or it has been used. Wait for the next one and type its six figures.",
        "cannot_delete_authenticator": "This is your only second factor. Add another before you remove it.",
        "cannot_generate_recovery_codes": "Add a passkey or an app first.",
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        strong = Authenticator.objects.filter(user=authenticator.user, type__in=STRONG)
        return bool(strong.exclude(pk=authenticator.pk).exists())

    def _get_site_name(self) -> str:
        return settings.SERVICE_NAME
