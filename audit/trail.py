"""Writes a line of the trail for an act, and finds who looked at a record. audit/sight.py writes what pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from audit.models import Act, Entry
from core.sight import Recordable, note_line

LOOKED = [Act.CONSULTED, Act.EXPORTED, Act.REVEALED, Act.SHARED]


@dataclass(frozen=True)
class TrailSearch:
    """A search of the trail itself, as a record the trail can name: for which reference."""

    reference: str
    audit_kind: str = "trail"


def write_entry(
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

    `within` is the reference of the record's circle, if it has one. `recipient` is who received something.
    `note` holds no narrative. `by` is None when the service itself acts.
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


def looks_at(kind: str, reference: str) -> QuerySet[Entry]:
    """The lines of everybody who opened this record, was sent it, or saw it in a list, the latest first.

    Pages of other records that also named it are left out: the reader may not be allowed to know of those records.
    """
    opened = Q(act__in=LOOKED, kind=kind, reference=reference)
    return _looks_where(opened | Q(act=Act.LISTED, shown__contains=[reference]))


def looks_within(reference: str) -> QuerySet[Entry]:
    """The lines of everybody who opened anything that belongs to this circle, the latest first."""
    return _looks_where(Q(act__in=LOOKED, within=reference))


def _looks_where(condition: Q) -> QuerySet[Entry]:
    return Entry.objects.filter(condition).select_related("actor", "actor__agency").order_by("-at", "-pk")
