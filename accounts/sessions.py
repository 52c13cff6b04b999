"""Sessions: whether a second factor was shown, when a session ends, and how the server ends it."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from accounts.models import User
from accounts.signing import BEGAN, LAST_SEEN
from accounts.store import SessionStore

GRAIN = 60
"""Seconds between two writings of the last request's time, so that not every page writes."""

RECORDS_OF = "account_authentication_methods_user"
"""Where allauth keeps whose proofs a session holds, also before the second factor is shown."""


def has_shown_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether this person has shown a second factor in this session."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def ending_reason_of(request: HttpRequest, user: User) -> str:
    """Why this session has ended, in words for the person; empty while it has not."""
    began, seen, now = request.session.get(BEGAN), request.session.get(LAST_SEEN), time.time()
    life = settings.SESSION_LIFE_STAFF if user.is_charity_staff_or_agency else settings.SESSION_LIFE
    if began is None or seen is None or now - began > life.total_seconds():
        hours = int(life.total_seconds() // 3600)
        return f"You were signed out because a session lasts {hours} hours. Sign in to go on."
    if now - seen > settings.SESSION_IDLE.total_seconds():
        minutes = int(settings.SESSION_IDLE.total_seconds() // 60)
        return f"You were signed out because nothing happened here for {minutes} minutes. Sign in to go on."
    return ""


def note_activity(request: HttpRequest, *, at_once: bool = False) -> None:
    """Remember that the person is there. It is written once a minute, or now if `at_once`."""
    now = time.time()
    if at_once or now - request.session.get(LAST_SEEN, 0) > GRAIN:
        request.session[LAST_SEEN] = now


def sessions_of(user: User) -> list[UserSession]:
    """This person's live sessions, the latest first."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda session: session.created_at, reverse=True)


def public_name_of(session: UserSession) -> str:
    """A name for a session that may stand in an address, because it lets nobody in."""
    return hashlib.sha256(session.session_key.encode()).hexdigest()[:20]


def end_session(user: User, name: str) -> bool:
    """End one of this person's sessions; False when they have no session of that name."""
    for session in sessions_of(user):
        if public_name_of(session) == name:
            session.end()
            return True
    return False


def end_sessions_of(user: User) -> None:
    """End every session of this person, also those without a second factor yet, so that no old cookie works."""
    for session in UserSession.objects.filter(user=user):
        session.end()
    for row in Session.objects.iterator():
        if _belongs_to(SessionStore(row.session_key).decode(row.session_data), user):
            row.delete()


def _belongs_to(held: dict[str, Any], user: User) -> bool:
    return str(user.pk) in {str(held.get(SESSION_KEY)), str(held.get(RECORDS_OF))}
