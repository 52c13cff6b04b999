"""Middleware that writes the trail: what a response shows, and what was refused. It also names who changed a field.

auditlog's own middleware is not used: it trusts the first X-Forwarded-For entry, and fails on odd headers, which would
stop a concern from being stored. No header is read here.
"""

from __future__ import annotations

from collections.abc import Callable

from auditlog.context import set_actor
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User
from audit.models import Act, Entry
from audit.sight import references_linked_in, write_sight
from core.errors import NotSeen
from core.sight import CURRENT, Sight, gathering_sight


def _has_body(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the response has a body to read. A redirect, an empty response and one to HEAD have none."""
    if request.method == "HEAD" or 300 <= response.status_code < 400:
        return False
    return bool(response.streaming or response.content)


def _list_name_of(request: HttpRequest) -> str:
    """The trail's name for a list: the reference in its address, or else the page's name."""
    match = request.resolver_match
    return str(match.kwargs.get("reference") or match.view_name)[:60] if match else ""


class TrailMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return self.get_response(request)
        with set_actor(user), gathering_sight() as sight:
            response = self.get_response(request)
            if _has_body(request, response):
                self.write_down(request, response, sight, user)
            return response

    def write_down(self, request: HttpRequest, response: HttpResponse, sight: Sight, user: User) -> None:
        """Write the trail before the response is sent. If this fails, nobody reads the page."""
        linked = references_linked_in(response)
        if sight.opened or sight.beside or linked:
            write_sight(
                sight, linked=linked, page=_list_name_of(request), session=request.session, by=user, at=timezone.now()
            )

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Write down a refusal. The request's own transaction has already rolled back, so this line stays."""
        sight = CURRENT.get()
        if sight is not None:
            sight.forget()
        if not isinstance(request.user, User):
            return
        if isinstance(exception, NotSeen):
            self.write(request.user, Act.REFUSED_UNSEEN, exception.kind, exception.reference)
        elif isinstance(exception, PermissionDenied):
            match = request.resolver_match
            name = match.view_name if match else ""
            reference = str(match.kwargs.get("reference", "")) if match else ""
            self.write(request.user, Act.REFUSED_ACT, "page", reference, note=name)

    def write(self, user: User, act: Act, kind: str, reference: str, note: str = "") -> None:
        with transaction.atomic():
            Entry.objects.create(
                at=timezone.now(), actor=user, act=act, kind=kind, reference=reference[:60], note=note[:200]
            )
