"""Makes the test client hold a cookie, as a browser does. The cookie is not the session's key (accounts/store.py)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.test import Client

from accounts.store import SessionStore


def session_of(client: Client) -> SessionStore:
    """The session of the client's cookie. Without a cookie, a new session and a cookie for it."""
    held = client.cookies.get(settings.SESSION_COOKIE_NAME)
    if held and held.value:
        return SessionStore.of_cookie(held.value)
    session = SessionStore()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.cookie
    return session


def log_in_client(client: Client, user: Any, backend: str | None = None) -> None:
    """As Django's own, but the cookie gets the session's cookie value and not its key."""
    request = HttpRequest()
    request.session = session_of(client)
    login(request, user, backend)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.cookie


def patch_test_client() -> None:
    Client.session = property(session_of)  # type: ignore[misc, assignment]
    Client._login = log_in_client  # type: ignore[attr-defined]
