"""allauth, as we want it: invitation only, neutral mail, secrets sealed by the keyring."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from core.keyring import get_keyring

CONTEXT = "second factor"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; links in mail come from a setting and never from the request."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def get_from_email(self) -> str:
        return settings.DEFAULT_FROM_EMAIL

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = super().get_reset_password_from_key_url(key).split("/account/", 1)[-1]
        return f"{settings.SITE_ADDRESS}/account/{path}"

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's own notices name the e-mail address; ours say what happened where it matters."""


class MFAAdapter(DefaultMFAAdapter):
    """Seals what allauth would keep in clear, and never lets the last strong factor go."""

    def encrypt(self, text: str) -> str:
        return get_keyring().seal(text.encode(), context=CONTEXT).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return get_keyring().open(bytes.fromhex(encrypted_text), context=CONTEXT).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        strong = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        if authenticator.type not in strong:
            return False
        others = Authenticator.objects.filter(user=authenticator.user, type__in=strong)
        return others.exclude(pk=authenticator.pk).exists()
