"""The rows of the concerns of one walk, read by plain SQL and not through the models."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection


class ConcernRow(NamedTuple):
    pk: int
    reference: str
    status: str
    level: str
    about: int | None
    author: int
    queue: int | None
    queued_at: datetime | None
    received_at: datetime
    reopened_at: datetime | None
    merged_into: int | None
    answered: str
    told: str

    @property
    def is_open(self) -> bool:
        return self.status not in ("closed", "merged", "raised_in_error")


class StepRow(NamedTuple):
    pk: int
    concern: int
    side: str
    round: int
    rung: int
    due_at: datetime
    fired_at: datetime | None
    stopped_at: datetime | None
    promise: int | None

    @property
    def pends(self) -> bool:
        return self.fired_at is None and self.stopped_at is None


class PromiseRow(NamedTuple):
    pk: int
    concern: int
    side: str
    by: int
    at: datetime
    until: datetime


class HoldRow(NamedTuple):
    pk: int
    concern: int
    side: str
    begun_at: datetime
    until: datetime
    released_at: datetime | None

    def stands(self, at: datetime) -> bool:
        return self.released_at is None and self.begun_at <= at < self.until


class ProposalRow(NamedTuple):
    pk: int
    concern: int
    by: int
    at: datetime
    decided_at: datetime | None
    lapsed_at: datetime | None
    agreed: bool


class EventRow(NamedTuple):
    pk: int
    concern: int
    at: datetime
    what: str
    by: int | None


class AlertRow(NamedTuple):
    pk: int
    key: str
    recipient: int
    link: str
    state: str
    queued_at: datetime


class ShareRow(NamedTuple):
    pk: int
    concern: int
    status: str
    recipient: int | None


QUESTIONS: dict[str, tuple[type[Any], str]] = {
    "concerns": (
        ConcernRow,
        "SELECT id, reference, status, level, about_id, raised_by_id, queue_id, queued_at, received_at, reopened_at, "
        "merged_into_id, outcome, feedback || withheld FROM concerns_concern WHERE id >= %s ORDER BY id",
    ),
    "steps": (
        StepRow,
        "SELECT id, concern_id, side, round, rung, due_at, fired_at, stopped_at, promise_id "
        "FROM concerns_escalationstep WHERE concern_id >= %s ORDER BY id",
    ),
    "promises": (
        PromiseRow,
        "SELECT id, concern_id, side, by_id, at, until FROM concerns_acknowledgement WHERE concern_id >= %s ORDER BY id",
    ),
    "holds": (
        HoldRow,
        "SELECT id, concern_id, side, begun_at, until, released_at FROM concerns_hold WHERE concern_id >= %s ORDER BY id",
    ),
    "proposals": (
        ProposalRow,
        "SELECT id, concern_id, proposed_by_id, proposed_at, decided_at, lapsed_at, agreed FROM concerns_endproposal "
        "WHERE concern_id >= %s ORDER BY id",
    ),
    "events": (
        EventRow,
        "SELECT id, concern_id, at, what, by_id FROM concerns_concernevent WHERE concern_id >= %s ORDER BY id",
    ),
    "shares": (ShareRow, "SELECT id, concern_id, status, recipient_id FROM concerns_share WHERE concern_id >= %s"),
}
ALERTS = (
    "SELECT id, key, recipient_id, link, state, queued_at FROM alerts_alert "
    "WHERE id > %s AND channel = 'inbox' ORDER BY id"
)
LINES = "SELECT coalesce(max(id), 0) FROM audit_entry"


@dataclass
class Rows:
    """Everything that one walk has written so far."""

    concerns: list[ConcernRow] = field(default_factory=list)
    steps: list[StepRow] = field(default_factory=list)
    promises: list[PromiseRow] = field(default_factory=list)
    holds: list[HoldRow] = field(default_factory=list)
    proposals: list[ProposalRow] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)
    shares: list[ShareRow] = field(default_factory=list)
    alerts: list[AlertRow] = field(default_factory=list)
    lines: int = 0

    def concern(self, pk: int) -> ConcernRow:
        return next(row for row in self.concerns if row.pk == pk)

    def steps_of(self, concern: int, side: str) -> list[StepRow]:
        return [row for row in self.steps if row.concern == concern and row.side == side]

    def pending(self, concern: int, side: str) -> StepRow | None:
        return next((row for row in self.steps_of(concern, side) if row.pends), None)

    def promise(self, pk: int) -> PromiseRow:
        return next(row for row in self.promises if row.pk == pk)

    def promised(self, concern: int, side: str, at: datetime) -> PromiseRow | None:
        """The promise that stands on this side."""
        step = self.pending(concern, side)
        found = self.promise(step.promise) if step is not None and step.promise is not None else None
        return found if found is not None and found.until > at else None

    def holding(self, concern: int, side: str, at: datetime) -> HoldRow | None:
        return next((row for row in self.holds if row[1:3] == (concern, side) and row.stands(at)), None)

    def proposal(self, concern: int) -> ProposalRow | None:
        return next(
            (row for row in self.proposals if row.concern == concern and not (row.decided_at or row.lapsed_at)), None
        )


def read_rows(first: int, after_alert: int) -> Rows:
    """The rows of every concern from this key on, and the alerts after that one."""
    found = Rows()
    with connection.cursor() as cursor:
        for name, (kind, question) in QUESTIONS.items():
            cursor.execute(question, [first])
            setattr(found, name, [kind(*row) for row in cursor.fetchall()])
        cursor.execute(ALERTS, [after_alert])
        found.alerts = [AlertRow(*row) for row in cursor.fetchall()]
        cursor.execute(LINES)
        found.lines = cursor.fetchone()[0]
    return found
