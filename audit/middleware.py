"""Names the actor of field changes, writes down what an answer shows, and records what was refused.

The library's own middleware is not used: it believes the first X-Forwarded-For entry, and fails on
odd headers, which would stop a concern from being stored. No header is read here.
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
from audit.sight import linked_from, write_sight
from core.errors import NotSeen
from core.sight import CURRENT, Sight, gathering_sight


def shows_anything(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer has a body. A redirect, an empty answer and the answer to HEAD have none that is read."""
    if request.method == "HEAD" or 300 <= response.status_code < 400:
        return False
    return bool(response.streaming or response.content)


def name_of(request: HttpRequest) -> str:
    """What the trail calls a list: the record it is the list of, else the page's name."""
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
            if shows_anything(request, response):
                self.write_down(request, response, sight, user)
            return response

    def write_down(self, request: HttpRequest, response: HttpResponse, sight: Sight, user: User) -> None:
        """If it cannot be written, nothing is read: the answer has not left yet."""
        linked = linked_from(response)
        if sight.opened or sight.beside or linked:
            write_sight(
                sight, linked=linked, page=name_of(request), session=request.session, by=user, at=timezone.now()
            )

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Called after the request's own transaction has rolled back, so this one stands."""
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
