"""Headers on every page, and a page with telephone numbers when the database is down."""

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
    """A script that sent a form is told where to go next, and goes there itself.

    Were the next page fetched by the script too, it would be opened twice: two lines in the trail, and what a page
    says only once would be lost.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "X-Leads-On" not in request.headers or response.status_code not in {302, 303}:
            return response
        told = HttpResponse(status=204, headers={"Leads-On": response.headers["Location"]})
        told.cookies = response.cookies
        return told


@lru_cache(maxsize=1)
def unavailable_page() -> bytes:
    """The page that needs nothing: read once, with the on-call number written in."""
    text = (settings.ROOT / "static" / "unavailable.html").read_text()
    return text.replace("{{ on_call }}", settings.ON_CALL_TELEPHONE).encode()


def note_lost_database(request: HttpRequest | None = None, **kwargs: object) -> None:
    """Each middleware's exceptions are made into an answer before the outermost sees them; this tells it why."""
    if request is not None and isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        request.database_is_down = True  # type: ignore[attr-defined]


got_request_exception.connect(note_lost_database, dispatch_uid="note a lost database")


class TypedMiddleware:
    """What stands in an address is cleaned like what stands in a form; one with a control character in it is none."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.isprintable():
            raise Http404("No address has a character that nobody can see.")
        asked = request.GET.copy()
        for name, values in list(asked.lists()):
            asked.setlist(name, [line_of(value) for value in values])
        request.GET = asked  # type: ignore[assignment]
        return self.get_response(request)


class DatabaseDownMiddleware:
    """Outermost: whatever a lost database breaks, the answer says whom to telephone."""

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
