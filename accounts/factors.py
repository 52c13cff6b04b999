"""Second factors and passwords: what the library does with them, written down and told.

A factor just added was just shown: adding it is the proof this session needs.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import (
    email_added,
    email_changed,
    email_removed,
    password_changed,
    password_reset,
    password_set,
)
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.core.cache import cache
from django.db.models import QuerySet
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Change, User
from accounts.operations import note_change
from accounts.signing import STRONG
from accounts.tries import note_try
from core.typed import code_of


def has_strong_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type__in=STRONG).exists())


def with_strong_factor(people: QuerySet[User]) -> QuerySet[User]:
    """Those of these people who could pass the second factor if they signed in now."""
    return people.filter(pk__in=Authenticator.objects.filter(type__in=STRONG).values("user"))


def factors_of(user: User) -> list[Authenticator]:
    """Everything this person can sign in with beside the password, the oldest first."""
    return list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))


def spend_code(user: User, code: str) -> bool:
    """Use an app's code up, for as long as it could be typed again; False if it was used already."""
    steps = 2 * app_settings.TOTP_TOLERANCE + 1
    return bool(cache.add(f"code-spent:{user.pk}:{code}", True, timeout=(steps + 1) * app_settings.TOTP_PERIOD))


@receiver(authenticator_added, dispatch_uid="accounts factor added")
def factor_added(
    sender: object, request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: object
) -> None:
    """Record the proof, and spend the one-time code, so that it cannot be used again to sign in."""
    added = Change.FACTOR_ADDED if authenticator.type in STRONG else Change.CODES_MADE
    note_change(user, added, by=user, at=timezone.now(), note=authenticator.type)
    if authenticator.type not in STRONG:
        return
    if authenticator.type == Authenticator.Type.TOTP:
        spend_code(user, code_of(request.POST.get("code", "")))
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


@receiver(authenticator_removed, dispatch_uid="accounts factor removed")
def factor_removed(sender: object, user: Any, authenticator: Authenticator, **kwargs: object) -> None:
    note_change(user, Change.FACTOR_REMOVED, by=user, at=timezone.now(), note=authenticator.type)


@receiver(authenticator_reset, dispatch_uid="accounts codes made anew")
def codes_made(sender: object, user: Any, authenticator: Authenticator, **kwargs: object) -> None:
    note_change(user, Change.CODES_MADE, by=user, at=timezone.now(), note="anew")


@receiver(authenticator_used, dispatch_uid="accounts recovery code used")
def code_used(sender: object, user: Any, authenticator: Authenticator, **kwargs: object) -> None:
    """A recovery code is for the day a telephone is lost, so its use is told; other factors are used every day."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note_change(user, Change.CODE_USED, by=user, at=timezone.now())


@receiver(authentication_failed, dispatch_uid="accounts wrong code")
def code_was_wrong(sender: object, user: Any, **kwargs: object) -> None:
    """Whoever types codes has typed the password: a few wrong ones are told like wrong passwords."""
    note_try(user, at=timezone.now())


@receiver([password_changed, password_set], dispatch_uid="accounts password changed")
def password_was_changed(sender: object, user: Any, **kwargs: object) -> None:
    note_change(user, Change.PASSWORD_CHANGED, by=user, at=timezone.now())


@receiver(password_reset, dispatch_uid="accounts password reset")
def password_was_reset(sender: object, user: Any, **kwargs: object) -> None:
    """Nobody has signed in: whoever held the link did it."""
    note_change(user, Change.PASSWORD_RESET, by=None, at=timezone.now())


@receiver([email_added, email_changed, email_removed], dispatch_uid="accounts address changed")
def address_was_changed(sender: object, user: Any, **kwargs: object) -> None:
    """No page does this today; if the library ever does, it is not silent."""
    note_change(user, Change.ADDRESS_CHANGED, by=user, at=timezone.now())
