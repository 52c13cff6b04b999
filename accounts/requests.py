"""SignedInRequest: a request whose user is a User."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view behind sign-in receives."""

    user: User
