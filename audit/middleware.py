"""Names the actor of field changes, and records what was refused.

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
from core.errors import NotSeen


class TrailMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            with set_actor(request.user):
                return self.get_response(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Called after the request's own transaction has rolled back, so this one stands."""
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
