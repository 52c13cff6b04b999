"""Asks for the password or a second factor again, before a lasting change: a number, cover, an account, a shift."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpResponse

from accounts.requests import SignedInRequest

View = TypeVar("View", bound=Callable[..., HttpResponse])


SECOND_FACTOR = "mfa"
"""How the library names the proof by an app, a passkey or a recovery code."""


def is_fresh(request: SignedInRequest, *, method: str = "") -> bool:
    """Whether a password or a second factor was shown in this session within the last few minutes.

    With a method, whether it was shown in this way.
    """
    records = get_authentication_records(request, request.user)
    times = [record["at"] for record in records if method in {"", record["method"]}]
    return bool(times) and time.time() - max(times) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def fresh_proof(view: View) -> View:
    """Ask for the password or a second factor before a POST, unless one was just shown.

    The library keeps what was sent and sends it on afterwards, so that nobody types it twice.
    """

    @wraps(view)
    def ask_first(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_fresh(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    ask_first.needs_fresh_proof = True  # type: ignore[attr-defined]
    return cast(View, ask_first)


def fresh_second_factor(view: View) -> View:
    """Ask for a second factor before a POST, unless one was just shown. A password is not enough.

    It is asked for before a name is shown: whoever sits down at an open desk may know the password.
    """

    @wraps(view)
    def ask_first(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_fresh(request, method=SECOND_FACTOR):
            ways = get_adapter().get_reauthentication_methods(request.user)
            address = next(way["url"] for way in ways if way["id"].startswith(SECOND_FACTOR))
            return cast(HttpResponse, suspend_request(request, address))
        return view(request, *args, **kwargs)

    ask_first.needs_fresh_proof = True  # type: ignore[attr-defined]
    return cast(View, ask_first)
