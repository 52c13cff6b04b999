"""SignedInRequest: the request that a view receives from somebody who is signed in."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """A request whose `user` is a User."""

    user: User
