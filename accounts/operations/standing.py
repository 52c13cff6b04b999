"""The one place where a change of somebody's standing is written down and told.

Who may sign in, who covers and who is on call decides who reads what. So each such change leaves a line in the
trail and a row in the account's story, in the transaction of the act, and is told to the person and to whoever
leads them. The trail and the alerts stand above the accounts; settings name what they do (ON_ACCOUNT_ACT,
ON_STANDING_CHANGE).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.access import Role, people_in
from accounts.mail import STANDING, post, written
from accounts.models import User
from accounts.models.standing import AccountEvent, Change
from core.sight import Recordable


@dataclass(frozen=True)
class Kind:
    """What the trail calls a change, and who hears of it beside the person who made it."""

    act: str
    tells_person: bool = True
    tells_leaders: bool = True


KINDS = {
    Change.JOINED: Kind("granted", tells_person=False),
    Change.SUSPENDED: Kind("revoked"),
    Change.LEFT: Kind("revoked"),
    Change.RETURNED: Kind("granted"),
    Change.LEAVE_PLANNED: Kind("altered"),
    Change.LEAVE_CANCELLED: Kind("altered"),
    Change.COVER_PLANNED: Kind("granted"),
    Change.COVER_CANCELLED: Kind("revoked"),
    Change.SHIFT_ASKED: Kind("altered"),
    Change.SHIFT_AGREED: Kind("altered", tells_person=False, tells_leaders=False),
    Change.SHIFT_PLANNED: Kind("granted"),
    Change.SHIFT_REFUSED: Kind("revoked"),
    Change.SHIFT_CANCELLED: Kind("revoked"),
    Change.NUMBER_GIVEN: Kind("altered", tells_leaders=False),
    Change.NUMBER_PROVED: Kind("altered"),
    Change.NUMBER_REMOVED: Kind("altered"),
    Change.NUMBER_TRIED: Kind("refused_act", tells_person=False, tells_leaders=False),
    Change.FACTOR_ADDED: Kind("granted"),
    Change.FACTOR_REMOVED: Kind("revoked"),
    Change.CODES_MADE: Kind("granted", tells_leaders=False),
    Change.CODE_USED: Kind("altered"),
    Change.PASSWORD_CHANGED: Kind("altered"),
    Change.PASSWORD_RESET: Kind("altered"),
    Change.ADDRESS_CHANGED: Kind("altered"),
    Change.TRIED: Kind("refused_act"),
}


BY_MAIL = {Change.SUSPENDED, Change.LEFT}
"""Told by a mail of the accounts' own: whoever can no longer sign in is sent no alert."""


@cache
def listeners(setting: str) -> list[Callable[..., Any]]:
    return [import_string(name) for name in getattr(settings, setting)]


def call_listeners(setting: str, *args: Any, **kwargs: Any) -> None:
    """Let the apps above do what follows from an act, in its transaction."""
    for listener in listeners(setting):
        listener(*args, **kwargs)


def record_act(
    act: str, record: Recordable, *, by: User | None, at: datetime, recipient: str = "", note: str = ""
) -> None:
    """One line in the trail about something that is no single person's: an agency, an invitation."""
    call_listeners("ON_ACCOUNT_ACT", act, record, by=by, at=at, recipient=recipient, note=note)


def note_change(
    person: User, change: Change, *, by: User | None, at: datetime, recipient: str = "", note: str = ""
) -> AccountEvent:
    """Write a change of standing into the story and the trail, and tell the person and whoever leads them."""
    event = AccountEvent.objects.create(person=person, change=change, at=at, by=by)
    kind = KINDS[change]
    words = f"{change.value}: {note}" if note else change.value
    record_act(kind.act, person, by=by, at=at, recipient=recipient, note=words)
    if change in BY_MAIL:
        post(written(person.email, STANDING))
    told = [person] if kind.tells_person and person.is_active else []
    leaders = leaders_of(person) if kind.tells_leaders else []
    call_listeners("ON_STANDING_CHANGE", event, told, leaders)
    return event


LEADS = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR, Role.DATA_PROTECTION_LEAD, Role.TECHNICIAN)
"""Those whose account opens much: joining as one of them, and returning, takes a second person."""


def is_leading(person: User) -> bool:
    return any(person.has_role(role) for role in LEADS)


def leaders_of(person: User) -> list[User]:
    """Whoever leads this person: as the apps above know it, else the managers; for those who lead, directors too."""
    found: set[int] = set()
    for listener in listeners("LEADERS"):
        found |= set(listener(person))
    leaders = people_in(Role.MANAGER)
    if is_leading(person):
        leaders = leaders | people_in(Role.DIRECTOR) | people_in(Role.SAFEGUARDING_LEAD)
    elif found and person.has_role(Role.VOLUNTEER):
        leaders = User.objects.none()
    leaders = leaders | User.objects.filter(pk__in=found, is_active=True)
    return list(leaders.exclude(pk=person.pk).order_by("pk"))
