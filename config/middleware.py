"""Middleware for headers, for scripts that send forms, for addresses, and for the time when the database is down."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse

from core.typed import line_of

Answer = Callable[[HttpRequest], HttpResponse]

PERMISSIONS = (
    ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "autoplay",
            "browsing-topics",
            "camera",
            "display-capture",
            "encrypted-media",
            "fullscreen",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "picture-in-picture",
            "screen-wake-lock",
            "serial",
            "usb",
            "xr-spatial-tracking",
        )
    )
    + ", publickey-credentials-get=(self), publickey-credentials-create=(self)"
)


class HeadersMiddleware:
    """The headers that Django and django-csp do not send themselves."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class LeadOnMiddleware:
    """Tells a script that sent a form where to go next, instead of a redirect.

    A script would follow a redirect and fetch the next page, and then the browser would fetch it again: two lines in the
    trail, and a message that is shown once would be lost.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "X-Leads-On" not in request.headers or response.status_code not in {302, 303}:
            return response
        leading_on = HttpResponse(status=204, headers={"Leads-On": response.headers["Location"]})
        leading_on.cookies = response.cookies
        return leading_on


@lru_cache(maxsize=1)
def unavailable_page() -> bytes:
    """The page for when the database is down, with the on-call number. It is read once and needs nothing else."""
    text = (settings.ROOT / "static" / "unavailable.html").read_text()
    return text.replace("{{ on_call }}", settings.ON_CALL_TELEPHONE).encode()


def note_lost_database(request: HttpRequest | None = None, **kwargs: object) -> None:
    """Mark a request that lost the database. Django turns the exception into a response before the outermost middleware."""
    if request is not None and isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        request.database_is_down = True  # type: ignore[attr-defined]


got_request_exception.connect(note_lost_database, dispatch_uid="note a lost database")


class TypedMiddleware:
    """Cleans the query of an address like a form. An address with an invisible character is not found."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.isprintable():
            raise Http404("No address has a character that nobody can see.")
        query = request.GET.copy()
        for name, values in list(query.lists()):
            query.setlist(name, [line_of(value) for value in values])
        request.GET = query  # type: ignore[assignment]
        return self.get_response(request)


class DatabaseDownMiddleware:
    """The outermost middleware. If the database is lost, the page says whom to telephone."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        unavailable_page()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self.get_response(request)
        except (OperationalError, InterfaceError):
            return self.unavailable()
        return self.unavailable() if getattr(request, "database_is_down", False) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return self.unavailable() if isinstance(exception, OperationalError | InterfaceError) else None

    def unavailable(self) -> HttpResponse:
        response = HttpResponse(unavailable_page(), status=503)
        response["Retry-After"] = "30"
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'"
        return response
