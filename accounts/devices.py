"""Devices on which a person has signed in with both factors: a signed cookie, and no row.

It lets nobody in. It only gives such a device a count of wrong passwords of its own, so that nobody elsewhere can use
up the tries of a person who must come in.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.models import User

SALT = "accounts.devices"
LASTS = 60 * 60 * 24 * 180
MOST = 5
"""People of one device: a charity's shared computer."""


def read(request: HttpRequest) -> dict[str, str]:
    """The addresses of people who signed in here, each with a mark of its own; nothing if the cookie is not ours."""
    try:
        held = signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return held if isinstance(held, dict) else {}


def name_in_cookie(email: str) -> str:
    """An address is not written into the cookie in clear."""
    return signing.Signer(salt=SALT).signature(email.lower())[:22]


def device_of(request: HttpRequest, email: str) -> str:
    """The mark of this device for this person; empty when they have never signed in on it."""
    return read(request).get(name_in_cookie(email), "")


def remember_device(request: HttpRequest, response: HttpResponse, person: User) -> None:
    """Mark this device as one that the person has signed in on, unless it is marked already."""
    held, name = read(request), name_in_cookie(person.email)
    if name in held:
        return
    kept = dict(list(held.items())[-(MOST - 1) :]) | {name: secrets.token_urlsafe(12)}
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(kept, salt=SALT),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
