"""Limits how often a second factor may be tried. Tries are counted by person and place, never by person alone.

Otherwise whoever knows a password could use up the tries of the person on call. A device on which the person has
signed in before has a count of its own, which nobody else can use up. Unknown devices also share a second, larger count.
Every form of allauth that takes a second factor calls `check_tries`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit

from accounts.adapters import place_of
from accounts.devices import device_of
from accounts.models import User

ASKED_IN = ("allauth.mfa.base.forms", "allauth.mfa.totp.forms", "allauth.mfa.webauthn.forms")


def check_tries(user: User, error_key: str | None = None) -> Callable[[], None]:
    """Count one try, or raise ValidationError. Returns the function to call when the code was right."""
    request = context.request
    device = device_of(request, user.email)
    here, anywhere = f"{user.pk}:{device or place_of(request)}", str(user.pk)
    taken = ratelimit.consume(request, action="code_failed", key=here)
    if not taken or not (device or ratelimit.consume(request, action="code_from_anywhere", key=anywhere)):
        raise get_adapter().validation_error(error_key or "too_many_login_attempts")
    return lambda: ratelimit.clear(request, action="code_failed", key=here)


def count_by_place() -> None:
    """Replace the library's count, which is by account alone, with ours."""
    for name in ASKED_IN:
        vars(import_module(name))["check_rate_limit"] = check_tries
