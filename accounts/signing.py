"""What happens when somebody signs in, and when somebody removes their last strong factor."""

from __future__ import annotations

import time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

BEGAN, LAST_SEEN = "session_began", "session_last_seen"
STRONG = ("webauthn", "totp")
"""Factors that are enough by themselves. Recovery codes are not: they are for when a telephone is lost."""


GIVEN_UP = "is_given_up"


def give_up(factor: Any) -> None:
    """Delete a factor, even the last one: two people agreed that its person has lost it."""
    setattr(factor, GIVEN_UP, True)
    factor.delete()


def note_session_start(sender: object, request: HttpRequest, user: Any, **kwargs: object) -> None:
    """Write down when the session began. A session without this has ended (accounts/middleware.py)."""
    request.session[BEGAN] = request.session[LAST_SEEN] = time.time()


def keep_last_factor(sender: Any, instance: Any, **kwargs: object) -> None:
    """Refuse to delete somebody's only strong factor, from any page or command, unless it was given up.

    The person's row is locked first, so that of two removals at once the second finds only the last factor.
    """
    if instance.type not in STRONG or getattr(instance, GIVEN_UP, False):
        return
    people = sender._meta.get_field("user").related_model._default_manager
    people.select_for_update(of=("self",)).get(pk=instance.user_id)
    strong = sender._default_manager.filter(user=instance.user_id, type__in=STRONG)
    if not strong.exclude(pk=instance.pk).exists():
        raise PermissionDenied("You may not remove your only second factor. Add another first, then remove this one.")
