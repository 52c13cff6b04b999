"""The test client as a browser: it holds a cookie, which is not the name of the session's row (accounts/store.py)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.test import Client

from accounts.store import SessionStore


def session_of(client: Client) -> SessionStore:
    """The session of the client's cookie; a new one, with a cookie for it, where there is none."""
    held = client.cookies.get(settings.SESSION_COOKIE_NAME)
    if held and held.value:
        return SessionStore.of_cookie(held.value)
    session = SessionStore()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.cookie
    return session


def log_in(client: Client, user: Any, backend: str | None = None) -> None:
    """Django's own, except for which of a session's two names becomes the cookie."""
    request = HttpRequest()
    request.session = session_of(client)
    login(request, user, backend)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.cookie


def hold_cookies() -> None:
    Client.session = property(session_of)  # type: ignore[misc, assignment]
    Client._login = log_in  # type: ignore[attr-defined]
