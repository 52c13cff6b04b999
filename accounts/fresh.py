"""A fresh proof of who is there, before what would last: a number, a calendar's address, cover, an account, a shift."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpResponse

from accounts.requests import SignedInRequest

View = TypeVar("View", bound=Callable[..., HttpResponse])


def is_fresh(request: SignedInRequest) -> bool:
    """Whether a password or a second factor was shown in this session within the last few minutes."""
    shown = [record["at"] for record in get_authentication_records(request, request.user)]
    return bool(shown) and time.time() - max(shown) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def fresh_proof(view: View) -> View:
    """Ask for the password or a second factor before a POST, unless one was just shown.

    The library keeps what was sent and sends it on by itself afterwards, so that no word is typed twice.
    """

    @wraps(view)
    def asked(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_fresh(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    asked.needs_fresh_proof = True  # type: ignore[attr-defined]
    return cast(View, asked)
