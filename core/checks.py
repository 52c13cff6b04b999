"""Checks of the settings at every start. An unsafe setting stops the process; each message says how to mend it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from core.starting import refuse_start

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}
LEAST_SECRET, LEAST_LETTERS = 50, 5
WALLS = ["accounts.middleware.SessionLifeMiddleware", "accounts.middleware.SecondFactorMiddleware"]

Check = Callable[..., Sequence[CheckMessage]]


def demo_stays_on_loopback(**kwargs: Any) -> list[CheckMessage]:
    """In the demo anybody can become anybody, so it may answer on this machine only."""
    if not settings.DEMO:
        return []
    named = {*settings.ALLOWED_HOSTS, urlsplit(settings.SITE_ADDRESS).hostname}
    if not named <= LOOPBACK or settings.SECURE_PROXY_SSL_HEADER or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return [
            Error(
                "DEMO is on, and SITE_ADDRESS, ALLOWED_HOSTS or TRUSTED_PROXIES speak of more than this machine. "
                "Switch DEMO off.",
                id="waymark.E001",
            )
        ]
    return []


def addresses_are_exact(**kwargs: Any) -> list[CheckMessage]:
    """Links in messages use one https address, and the service answers only to hosts that are named whole."""
    found: list[CheckMessage] = []
    if not settings.DEMO and not settings.SITE_ADDRESS.startswith("https://"):
        found.append(Error("SITE_ADDRESS must begin with https://.", id="waymark.E010"))
    if any("*" in host or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        found.append(Error("ALLOWED_HOSTS holds a pattern. Name each host.", id="waymark.E011"))
    return found


def secret_cannot_be_guessed(**kwargs: Any) -> list[CheckMessage]:
    """SECRET_KEY signs every link that resets a password, and every form's key."""
    found: list[CheckMessage] = []
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if len(key) < LEAST_SECRET or len(set(key)) < LEAST_LETTERS or key.startswith("django-insecure-"):
            found.append(
                Error("SECRET_KEY, or one of its fallbacks, is too easy to guess. See .env.example.", id="waymark.E012")
            )
    return found


def middleware_is_complete(**kwargs: Any) -> list[CheckMessage]:
    """The middleware that asks for a second factor, and the one that ends sessions, are both there."""
    missing = [name for name in WALLS if name not in settings.MIDDLEWARE]
    return [Error(f"{name} is missing from MIDDLEWARE. Put it back.", id="waymark.E002") for name in missing]


def admin_is_absent(**kwargs: Any) -> list[CheckMessage]:
    """Django's admin has its own sign-in page without a second factor, and shows every row (docs/adr/0004)."""
    if "django.contrib.admin" in settings.INSTALLED_APPS:
        return [Error("django.contrib.admin is installed. Take it out.", id="waymark.E003")]
    return []


def guardian_is_strict(**kwargs: Any) -> list[CheckMessage]:
    """Two of guardian's settings would let people see more than their queue grants them."""
    found: list[CheckMessage] = []
    if getattr(settings, "GUARDIAN_LEGACY_GLOBAL_PERMS_GROUP_UNION", False):
        found.append(Error("GUARDIAN_LEGACY_GLOBAL_PERMS_GROUP_UNION is set. Remove it.", id="waymark.E004"))
    if getattr(settings, "ANONYMOUS_USER_NAME", "") is not None:
        found.append(Error("ANONYMOUS_USER_NAME must be None, or guardian makes an account.", id="waymark.E005"))
    return found


def caches_are_safe(**kwargs: Any) -> list[CheckMessage]:
    """Counts of sign-in attempts live in the database, on the connection that is not atomic, so a restart keeps them."""
    if {cache["BACKEND"] for cache in settings.CACHES.values()} != {"core.cache.JSONCache"}:
        return [
            Error(
                "Every cache must be core.cache.JSONCache: in the database, or a restart resets lock-outs, and as JSON, "
                "or whoever writes a row runs a program.",
                id="waymark.E006",
            )
        ]
    return []


def keys_are_whole(**kwargs: Any) -> list[CheckMessage]:
    """Every sealing key is 32 bytes in base64."""
    found: list[CheckMessage] = []
    for name, key in {**settings.KEYRING, "INDEX_KEY": settings.INDEX_KEY}.items():
        try:
            good = len(base64.b64decode(key, validate=True)) == 32
        except ValueError:
            good = False
        if not good:
            found.append(
                Error(f"The key “{name}” is not 32 bytes in base64. Make one: see .env.example.", id="waymark.E007")
            )
    return found


def texts_can_be_sent(**kwargs: Any) -> list[CheckMessage]:
    """A GOV.UK Notify key ends with the service's id and a secret. It needs a template, and goes over HTTPS only."""
    if not settings.NOTIFY_API_KEY:
        return []
    found: list[CheckMessage] = []
    if len(settings.NOTIFY_API_KEY) < 73 or not settings.NOTIFY_TEXT_TEMPLATE:
        found.append(Error("NOTIFY_API_KEY or NOTIFY_TEXT_TEMPLATE is not whole. See .env.example.", id="waymark.E008"))
    if not (settings.DEMO or settings.NOTIFY_ADDRESS.startswith("https://")):
        found.append(Error("NOTIFY_ADDRESS must begin with https://.", id="waymark.E009"))
    return found


CHECKS: list[Check] = [
    demo_stays_on_loopback,
    addresses_are_exact,
    secret_cannot_be_guessed,
    middleware_is_complete,
    admin_is_absent,
    guardian_is_strict,
    caches_are_safe,
    keys_are_whole,
    texts_can_be_sent,
]


def register_checks() -> None:
    for check in CHECKS:
        register(check)


def refuse_unsafe_start() -> None:
    """Stop this process if a check fails, and say why. Django itself runs no checks in a web server or a worker."""
    faults = [fault for check in CHECKS for fault in check()]
    if faults:
        refuse_start("\n".join(f"{fault.id}: {fault.msg}" for fault in faults))
