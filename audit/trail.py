"""recorded(act, record, by): one line for every act; and who looked at a record. What pages show: audit/sight.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from audit.models import Act, Entry
from core.sight import Recordable, note_line

LOOKED = [Act.CONSULTED, Act.EXPORTED, Act.REVEALED, Act.SHARED]


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
    entry = Entry.objects.create(
        at=at,
        actor=by,
        act=act,
        kind=record.audit_kind,
        reference=record.reference,
        within=within,
        recipient=recipient,
        note=note,
    )
    note_line(entry.pk, record)
    return entry


def count_lookers(kind: str, reference: str, *, besides: User) -> int:
    """How many people besides this one opened this record or were sent it."""
    lines = Entry.objects.filter(act__in=LOOKED, kind=kind, reference=reference).exclude(actor=besides)
    return lines.values("actor").distinct().count()


def who_looked(kind: str, reference: str) -> QuerySet[Entry]:
    """Everybody who opened this record, was sent it, or saw it in a list, the latest first.

    Where it stood beside another record only the trail itself tells: that record may be one its reader must not know.
    """
    opened = Q(act__in=LOOKED, kind=kind, reference=reference)
    return looks_where(opened | Q(act=Act.LISTED, shown__contains=[reference]))


def who_looked_within(reference: str) -> QuerySet[Entry]:
    """Everybody who opened anything that belongs to this circle, the latest first."""
    return looks_where(Q(act__in=LOOKED, within=reference))


def looks_where(condition: Q) -> QuerySet[Entry]:
    return Entry.objects.filter(condition).select_related("actor", "actor__agency").order_by("-at", "-pk")
