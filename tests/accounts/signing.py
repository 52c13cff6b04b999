"""Signing in as a person does it: password, then a code from an app."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD


def give_app(person: User) -> str:
    """Give somebody an authenticator app; the answer is its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def give_passkey(person: User) -> Authenticator:
    """A passkey's row. Its credential is never used."""
    return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Telephone"})


def give_recovery_codes(person: User) -> list[str]:
    return RecoveryCodes.activate(person).get_unused_codes()


def current_code(secret: str) -> str:
    """The code that the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def give_password(client: Client, person: User, password: str = PASSWORD) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": person.email, "password": password})


def give_code(client: Client, code: str) -> HttpResponse:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_signed_in(client: Client) -> bool:
    """Whether a page behind both factors opens."""
    return client.get(reverse("accounts:me")).status_code == 200
