"""allauth's adapters: people join by invitation only, mails are neutral, and tries are limited by place."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.devices import device_of
from accounts.mail import CHANGED, FORGOTTEN, mail_of, post_mail
from accounts.models import User
from accounts.signing import STRONG
from accounts.tries import note_try

UNSAID = ("account/messages/logged_in.txt", "account/messages/email_", "account/messages/login_code_sent.txt")
"""allauth's notices that name an e-mail address or a person."""


def place_of(request: HttpRequest) -> str:
    """The network address of a request, as allauth's own limits read it."""
    return str(get_ip(request))


def _login_of(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", "")).lower()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up without an invitation. Links in mails use a setting, never the request's host."""

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
        """Send one of our texts instead of the library's: they name no person, no address and no browser."""
        if template_prefix == "account/email/password_reset_key":
            post_mail(mail_of(email, FORGOTTEN, link=context["password_reset_url"]))
        else:
            post_mail(mail_of(email, CHANGED))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords by account and place, never by account alone.

        Otherwise anybody could lock out the person on call, from anywhere. A device on which this person has signed
        in before has a count of its own, which nobody else can use up.
        """
        login = _login_of(credentials)
        return f"{login}:{device_of(request, login) or place_of(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse after too many tries from this place. For an unknown device, tries from all places count together too."""
        login = _login_of(credentials)
        known = device_of(request, login)
        if not known and not ratelimit.consume(request, action="tried_from_anywhere", key=login, dry_run=True):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try, and tell the person when somebody keeps trying."""
        login = _login_of(credentials)
        ratelimit.consume(request, action="tried_from_anywhere", key=login)
        person = User.objects.filter(email__iexact=login, is_active=True).first()
        if person is not None:
            note_try(person, at=timezone.now())

    def get_reset_password_from_key_url(self, key: str) -> str:
        url: str = super().get_reset_password_from_key_url(key)
        return settings.SITE_ADDRESS + urlsplit(url).path

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        if not (message_template or "").startswith(UNSAID):
            super().add_message(request, level, message_template, *args, **kwargs)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the last strong factor, and names new ones. accounts/sealed_factors.py seals what a factor holds."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right, or it has been used. Wait for the next one and type its six figures.",
        "cannot_delete_authenticator": "This is your only second factor. Add another before you remove it.",
        "cannot_generate_recovery_codes": "Add a passkey or an app first.",
    }

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002 - the library’s own word
        """The name that is offered for a new factor. The second and later ones have a number."""
        had = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "My telephone" if had == 0 else f"Passkey {had + 1}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        strong = Authenticator.objects.filter(user=authenticator.user, type__in=STRONG)
        return bool(strong.exclude(pk=authenticator.pk).exists())

    def _get_site_name(self) -> str:
        return settings.SERVICE_NAME
