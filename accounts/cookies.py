"""The session's cookie. Only the browser holds it; the table holds its hash (accounts/store.py)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from accounts.store import SessionStore


class CookieMiddleware(SessionMiddleware):
    """Django's session middleware, with a cookie that is not the key of the row."""

    def process_request(self, request: HttpRequest) -> None:
        request.session = SessionStore.of_cookie(request.COOKIES.get(settings.SESSION_COOKIE_NAME))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer = super().process_response(request, response)
        sent = answer.cookies.get(settings.SESSION_COOKIE_NAME)
        session = request.session
        if sent is not None and sent.value and isinstance(session, SessionStore):
            sent.set(settings.SESSION_COOKIE_NAME, str(session.cookie), str(session.cookie))
        return answer
