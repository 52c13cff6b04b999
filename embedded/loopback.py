"""Lets the demo answer only this machine, whatever address it listens on."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED")
"""Headers that a proxy adds. A request with one may come from another machine."""


class LoopbackMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_from_this_machine(request):
            return self.get_response(request)
        return HttpResponseForbidden("The demo answers the machine it runs on and nobody else.")


def is_from_this_machine(request: HttpRequest) -> bool:
    """Whether the request comes from a loopback address and through no proxy."""
    if any(name in request.META for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
