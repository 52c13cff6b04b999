"""A factor just added was just shown: adding it is the proof this session needs."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.core.cache import cache
from django.db.models import QuerySet
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.signing import STRONG
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
    if authenticator.type not in STRONG:
        return
    if authenticator.type == Authenticator.Type.TOTP:
        spend_code(user, code_of(request.POST.get("code", "")))
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
