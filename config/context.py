"""The context processors: what every page is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.access import Role
from accounts.models import User
from accounts.sessions import has_shown_second_factor
from alerts.watch.heartbeat import glance_of
from concerns.rota.models import OnCallShift
from concerns.watch.sweep import CHECKER
from core.telephones import home_number_of

STALE_AFTER = timedelta(seconds=90)


@dataclass(frozen=True)
class OnCall:
    """The number to ring, as a link dials it and as people read it."""

    telephone: str
    display: str


@dataclass(frozen=True)
class Place:
    """One link of the navigation bar."""

    text: str
    url: str
    current: bool


PLACES = {
    "home": "Waiting",
    "concerns:queues": "My queues",
    "concerns:sent_to_me": "Sent to me",
    "circles:minutes_sent_to_me": "Minutes sent to me",
    "circles:circles": "Circles",
    "concerns:all": "Concerns",
    "concerns:registers": "Registers",
    "concerns:mine": "My concerns",
    "offenders:core_members": "Core members",
    "volunteers:volunteers": "Volunteers",
    "accounts:people": "People",
    "audit:entries": "Trail",
    "alerts:inbox": "Alerts",
    "status": "Status",
}
"""The links of the bar, in its order, by the name of the page. Whom each is for, `accounts/models/role.py` says."""

FOR_EVERYBODY = {"home", "alerts:inbox"}


def _on_call_number() -> OnCall:
    """The number of the shift on call now, or the one that is always answered."""
    number = OnCallShift.objects.telephone_at(timezone.now()) or settings.ON_CALL_TELEPHONE
    return OnCall(telephone=home_number_of(number), display=number)


def _places_of(request: HttpRequest, user: User) -> list[Place]:
    """The links of the bar. None until a second factor is shown: until then each would lead back to the factors."""
    if not has_shown_second_factor(request, user):
        return []
    shown = FOR_EVERYBODY.union(*(role.places for role in Role if user.has_role(role)))
    mine = [(text, reverse(name)) for name, text in PLACES.items() if name in shown]
    around = [url for _, url in mine if (request.path == url if url == "/" else request.path.startswith(url))]
    here = max(around, key=len, default="")
    return [Place(text, url, url == here) for text, url in mine]


def page_context(request: HttpRequest) -> dict[str, object]:
    """The service's name, the time, the number to ring, and the navigation bar."""
    user = getattr(request, "user", None)
    signed_in = isinstance(user, User)
    now = timezone.now()
    until = user.past_wall_until if isinstance(user, User) else None
    return {
        "service_name": settings.SERVICE_NAME,
        "now": now,
        "past_wall_until": until if until is not None and until > now else None,
        "on_call": SimpleLazyObject(_on_call_number),
        "navigation": _places_of(request, user) if isinstance(user, User) else [],
        "is_volunteer": isinstance(user, User) and user.has_role(Role.VOLUNTEER),
        "idle_seconds": int(settings.SESSION_IDLE.total_seconds()) if signed_in else 0,
        "warning_seconds": int(settings.SESSION_WARNING.total_seconds()),
        "demo": settings.DEMO,
    }


def alert_context(request: HttpRequest) -> dict[str, object]:
    """How many alerts are unread, and for staff whether the checker has stopped."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    glance: Any = SimpleLazyObject(lambda: glance_of(user, CHECKER, at=timezone.now()))
    return {
        "alert_count": SimpleLazyObject(lambda: glance.unread),
        "checker_is_late": user.is_charity_staff_or_agency and SimpleLazyObject(lambda: is_stale(glance.age)),
    }


def is_stale(last: timedelta | None) -> bool:
    """Whether the checker last ran never, long ago, or in the future (a clock was set back)."""
    return last is None or abs(last) > STALE_AFTER
