"""Second factors: who has one; and a line for each change of a factor or a password that allauth makes.

Adding a factor is also the proof of it that this session needs.
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
from django.db.models import Exists, OuterRef, QuerySet
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Change, User
from accounts.operations import note_change
from accounts.signing import STRONG
from accounts.tries import note_try
from core.typed import code_of

HAS_STRONG_FACTOR = Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=STRONG))
"""For a statement about people: whether each has a strong second factor, and so can sign in."""


def has_strong_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type__in=STRONG).exists())


def people_with_strong_factor(people: QuerySet[User]) -> QuerySet[User]:
    """Those of these people who have a strong second factor, and so can sign in."""
    return people.filter(HAS_STRONG_FACTOR)


def factors_of(user: User) -> list[Authenticator]:
    """This person's second factors and recovery codes, the oldest first."""
    return list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))


def spend_code(user: User, code: str) -> bool:
    """Mark an app's code as used, for as long as it would be valid. False if it was used already."""
    steps = 2 * app_settings.TOTP_TOLERANCE + 1
    return bool(cache.add(f"code-spent:{user.pk}:{code}", True, timeout=(steps + 1) * app_settings.TOTP_PERIOD))


@receiver(authenticator_added, dispatch_uid="accounts factor added")
def record_added_factor(
    sender: object, request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: object
) -> None:
    """Record the factor and the proof, and mark its code as used, so that nobody signs in with it again."""
    added = Change.FACTOR_ADDED if authenticator.type in STRONG else Change.CODES_MADE
    note_change(user, added, by=user, at=timezone.now(), note=authenticator.type)
    if authenticator.type not in STRONG:
        return
    if authenticator.type == Authenticator.Type.TOTP:
        spend_code(user, code_of(request.POST.get("code", "")))
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


@receiver(authenticator_removed, dispatch_uid="accounts factor removed")
def record_removed_factor(sender: object, user: Any, authenticator: Authenticator, **kwargs: object) -> None:
    note_change(user, Change.FACTOR_REMOVED, by=user, at=timezone.now(), note=authenticator.type)


@receiver(authenticator_reset, dispatch_uid="accounts codes made anew")
def record_new_codes(sender: object, user: Any, authenticator: Authenticator, **kwargs: object) -> None:
    note_change(user, Change.CODES_MADE, by=user, at=timezone.now(), note="anew")


@receiver(authenticator_used, dispatch_uid="accounts recovery code used")
def record_used_code(sender: object, user: Any, authenticator: Authenticator, **kwargs: object) -> None:
    """Record the use of a recovery code, which is for the day a telephone is lost. Other factors are used every day."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note_change(user, Change.CODE_USED, by=user, at=timezone.now())


@receiver(authentication_failed, dispatch_uid="accounts wrong code")
def count_wrong_code(sender: object, user: Any, **kwargs: object) -> None:
    """Count a wrong code like a wrong password: whoever types codes already knows the password."""
    note_try(user, at=timezone.now())


@receiver([password_changed, password_set], dispatch_uid="accounts password changed")
def record_changed_password(sender: object, user: Any, **kwargs: object) -> None:
    note_change(user, Change.PASSWORD_CHANGED, by=user, at=timezone.now())


@receiver(password_reset, dispatch_uid="accounts password reset")
def record_reset_password(sender: object, user: Any, **kwargs: object) -> None:
    """Record a reset. `by` is None, because nobody is signed in: whoever had the link did it."""
    note_change(user, Change.PASSWORD_RESET, by=None, at=timezone.now())


@receiver([email_added, email_changed, email_removed], dispatch_uid="accounts address changed")
def record_changed_address(sender: object, user: Any, **kwargs: object) -> None:
    """Record a change of address. No page does this today; if the library ever does, people are told."""
    note_change(user, Change.ADDRESS_CHANGED, by=user, at=timezone.now())
