"""Devices on which a person has signed in with both factors: a signed cookie, without a row in a table.

The cookie lets nobody in. It gives the device its own count of wrong passwords, so that nobody elsewhere can use up the
person's tries.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.models import User

SALT = "accounts.devices"
LASTS = 60 * 60 * 24 * 180
MOST = 5
"""How many people one device remembers: a charity may share a computer."""


def _marks_in_cookie(request: HttpRequest) -> dict[str, str]:
    """A mark for each person who signed in on this device, by a hash of their address. Empty if the cookie is not ours."""
    try:
        marks = signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return marks if isinstance(marks, dict) else {}


def _name_in_cookie(email: str, ended_at: datetime | None) -> str:
    """The name under which the cookie holds an address: a signature, so that nobody reads the address.

    When a person's remembered devices end (`ended_at`), the name is another one, and every device counts as new.
    """
    ended = ended_at.isoformat() if ended_at else ""
    return signing.Signer(salt=SALT).signature(f"{email.lower()}{ended}")[:22]


def device_of(request: HttpRequest, email: str) -> str:
    """The mark of this device for this person; empty if they have not signed in on it since their devices ended."""
    marks = _marks_in_cookie(request)
    if not marks:
        return ""
    ended = User.objects.filter(email__iexact=email).values_list("devices_ended_at", flat=True).first()
    return marks.get(_name_in_cookie(email, ended), "")


def remember_device(request: HttpRequest, response: HttpResponse, person: User) -> None:
    """Remember that this person has signed in on this device."""
    marks, name = _marks_in_cookie(request), _name_in_cookie(person.email, person.devices_ended_at)
    if name in marks:
        return
    newest = dict(list(marks.items())[-(MOST - 1) :]) | {name: secrets.token_urlsafe(12)}
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(newest, salt=SALT),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
