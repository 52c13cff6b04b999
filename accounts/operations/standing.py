"""Records every change of somebody's standing, and tells people of it.

"Standing" is who may sign in, who covers leave and who is on call; it decides who reads what. So each change adds a line
to the trail and a row to the account's story, in the transaction of the act, and is told to the person and their
leaders. The trail and the alerts are apps above this one, so settings name their functions (ON_ACCOUNT_ACT,
ON_STANDING_CHANGE).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.access import Role, people_with_role
from accounts.mail import STANDING, mail_of, post_mail
from accounts.models import User
from accounts.models.standing import AccountEvent, Change
from core.sight import Recordable


@dataclass(frozen=True)
class ChangeKind:
    """The act that the trail records for a change, and whether the person and their leaders are told."""

    act: str
    tells_person: bool = True
    tells_leaders: bool = True


KINDS = {
    Change.JOINED: ChangeKind("granted", tells_person=False),
    Change.SUSPENDED: ChangeKind("revoked"),
    Change.LEFT: ChangeKind("revoked"),
    Change.RETURNED: ChangeKind("granted"),
    Change.TEAM_JOINED: ChangeKind("granted"),
    Change.TEAM_LEFT: ChangeKind("revoked"),
    Change.LEAVE_PLANNED: ChangeKind("altered"),
    Change.LEAVE_CANCELLED: ChangeKind("altered"),
    Change.COVER_PLANNED: ChangeKind("granted"),
    Change.COVER_CANCELLED: ChangeKind("revoked"),
    Change.SHIFT_ASKED: ChangeKind("altered"),
    Change.SHIFT_AGREED: ChangeKind("altered", tells_person=False, tells_leaders=False),
    Change.SHIFT_PLANNED: ChangeKind("granted"),
    Change.SHIFT_REFUSED: ChangeKind("revoked"),
    Change.SHIFT_CANCELLED: ChangeKind("revoked"),
    Change.NUMBER_GIVEN: ChangeKind("altered", tells_leaders=False),
    Change.NUMBER_PROVED: ChangeKind("altered"),
    Change.NUMBER_REMOVED: ChangeKind("altered"),
    Change.NUMBER_TRIED: ChangeKind("refused_act", tells_person=False, tells_leaders=False),
    Change.FACTOR_ADDED: ChangeKind("granted"),
    Change.FACTOR_REMOVED: ChangeKind("revoked"),
    Change.CODES_MADE: ChangeKind("granted", tells_leaders=False),
    Change.CODE_USED: ChangeKind("altered"),
    Change.PASSWORD_CHANGED: ChangeKind("altered"),
    Change.PASSWORD_RESET: ChangeKind("altered"),
    Change.ADDRESS_CHANGED: ChangeKind("altered"),
    Change.ADDRESS_ASKED: ChangeKind("altered", tells_leaders=False),
    Change.NAME_CHANGED: ChangeKind("altered"),
    Change.ROLE_GIVEN: ChangeKind("granted"),
    Change.ROLE_TAKEN: ChangeKind("revoked"),
    Change.RECOVERY_ASKED: ChangeKind("altered"),
    Change.RECOVERY_REFUSED: ChangeKind("altered"),
    Change.RECOVERED: ChangeKind("revoked"),
    Change.TRIED: ChangeKind("refused_act"),
}


BY_MAIL = {Change.SUSPENDED, Change.LEFT, Change.RECOVERED}
"""Changes that are told by mail, because somebody who cannot sign in is sent no alert, or cannot open it."""

AT_ONCE = {Change.ADDRESS_CHANGED, Change.RECOVERY_ASKED, Change.RECOVERED}
"""Changes that are told at once, to the telephone as well: somebody else may be taking the account over."""


OF_JOINING = {Change.FACTOR_ADDED, Change.CODES_MADE}
JOINING_LASTS = timedelta(hours=1)
"""The first second factor and recovery codes, made so soon after joining, are told to nobody: their leaders are told
that the person joined, and whoever had the link is the one who made them. A later or a second one is told."""


@cache
def _listeners_of(setting: str) -> list[Callable[..., Any]]:
    return [import_string(name) for name in getattr(settings, setting)]


def call_listeners(setting: str, *args: Any, **kwargs: Any) -> None:
    """Call the functions that a setting names, so that the apps above can do their part, in the act's transaction."""
    for listener in _listeners_of(setting):
        listener(*args, **kwargs)


def record_act(
    act: str, record: Recordable, *, by: User | None, at: datetime, recipient: str = "", note: str = ""
) -> None:
    """Write one line in the trail about an agency, an invitation or a person."""
    call_listeners("ON_ACCOUNT_ACT", act, record, by=by, at=at, recipient=recipient, note=note)


def note_change(
    person: User,
    change: Change,
    *,
    by: User | None,
    at: datetime,
    recipient: str = "",
    note: str = "",
    role: Role | None = None,
) -> AccountEvent:
    """Write a change of standing into the story and the trail, and tell the person and their leaders."""
    is_of_joining = _is_of_joining(person, change, at=at)
    event = AccountEvent.objects.create(person=person, change=change, at=at, by=by, role=role.value if role else "")
    kind = KINDS[change]
    words = ": ".join(part for part in (change.value, event.role, note) if part)
    record_act(kind.act, person, by=by, at=at, recipient=recipient, note=words)
    if change in BY_MAIL:
        post_mail(mail_of(person.email, STANDING))
    if is_of_joining:
        return event
    person_told = [person] if kind.tells_person and person.is_active else []
    leaders = leaders_of(person) if kind.tells_leaders else []
    call_listeners("ON_STANDING_CHANGE", event, person_told, leaders)
    return event


TAKES_TWO_PEOPLE = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR, Role.DATA_PROTECTION_LEAD, Role.TECHNICIAN)
"""Roles that can see or change much. A second person must agree before somebody joins or returns with one."""


def is_leader(person: User) -> bool:
    return any(person.has_role(role) for role in TAKES_TWO_PEOPLE)


def _is_of_joining(person: User, change: Change, *, at: datetime) -> bool:
    """Whether this is the last step of joining, and not a change of what was there."""
    if change not in OF_JOINING:
        return False
    story = set(AccountEvent.objects.filter(person=person).values_list("change", flat=True))
    joined = AccountEvent.objects.filter(person=person, change=Change.JOINED, at__gt=at - JOINING_LASTS)
    return change not in story and Change.RECOVERED not in story and joined.exists()


def leaders_of(person: User) -> list[User]:
    """Who leads this person: a volunteer's coordinators if they have any, else the managers. For leaders, directors too."""
    own_leaders: set[int] = set()
    for listener in _listeners_of("LEADERS"):
        own_leaders |= set(listener(person))
    leaders = people_with_role(Role.MANAGER)
    if is_leader(person):
        leaders = leaders | people_with_role(Role.DIRECTOR) | people_with_role(Role.SAFEGUARDING_LEAD)
    elif own_leaders and person.has_role(Role.VOLUNTEER):
        leaders = User.objects.none()
    leaders = leaders | User.objects.filter(pk__in=own_leaders, is_active=True)
    return list(leaders.exclude(pk=person.pk).order_by("pk"))
