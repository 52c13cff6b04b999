"""consulted(record, by): one line for every opening; recorded(act, record, by): one for every act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import QuerySet

from accounts.models import User
from audit.models import Act, Entry

LOOKED = [Act.CONSULTED, Act.EXPORTED, Act.REVEALED, Act.SHARED]


class Recordable(Protocol):
    """A record the trail can name: a reference, and the kind of thing it is."""

    @property
    def audit_kind(self) -> str: ...

    @property
    def reference(self) -> str: ...


@dataclass(frozen=True)
class Looking:
    """Somebody looking through the trail itself, and for what."""

    reference: str
    audit_kind: str = "trail"


def recorded(
    act: Act,
    record: Recordable,
    *,
    by: User | None,
    at: datetime,
    within: str = "",
    recipient: str = "",
    note: str = "",
) -> Entry:
    """Write one line in the caller's transaction, so that the act and its line stand or fall together.

    `within` is the circle's reference when the record belongs to one; `recipient` is to whom something
    went. No narrative belongs in `note`. `by` is None when the service itself acts.
    """
    return Entry.objects.create(
        at=at,
        actor=by,
        act=act,
        kind=record.audit_kind,
        reference=record.reference,
        within=within,
        recipient=recipient,
        note=note,
    )


def consulted(record: Recordable, *, by: User, at: datetime, within: str = "") -> Entry:
    """Write that somebody opened a record. If it cannot be written, nothing is read."""
    return recorded(Act.CONSULTED, record, by=by, at=at, within=within)


def who_looked(kind: str, reference: str) -> QuerySet[Entry]:
    """Everybody who opened this record or was sent it, the latest first."""
    return looks().filter(kind=kind, reference=reference)


def who_looked_within(reference: str) -> QuerySet[Entry]:
    """Everybody who opened anything that belongs to this circle, the latest first."""
    return looks().filter(within=reference)


def looks() -> QuerySet[Entry]:
    found = Entry.objects.filter(act__in=LOOKED).select_related("actor", "actor__agency")
    return found.order_by("-at", "-pk")
