"""The result of a fault: what was promised, what the mailbox and the database say came of it, and why a mail came twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tests.live.service import Service

STEPS_A_CONCERN = 8
"""Four rungs a side."""

MAILS_A_CONCERN = Counter({"ann": 2, "hana": 1, "fay": 1, "kit": 1, "esi": 2, "oz": 2, "ivor": 2})
"""The coordinator, again, manager and lead, director; the practitioner, the desk of three, team manager, MAPPA coordinator."""

BEGUN_WITHOUT_AN_END = """
    SELECT alert.id, count(*) FILTER (WHERE tried.outcome = 'started') - count(*) FILTER (WHERE tried.outcome <> 'started')
    FROM alerts_alert alert JOIN alerts_attempt tried ON tried.alert_id = alert.id
    WHERE alert.channel = 'email' GROUP BY alert.id
"""
FIRED = "fired_at IS NOT NULL"


@dataclass(frozen=True)
class FaultResult:
    """The figures of one fault. `repeats` are messages beyond the first with the same Message-ID."""

    fault: str
    breaks: int
    receipts: int
    concerns: int
    steps_expected: int
    steps: int
    told_in_story: int
    messages_expected: int
    messages: int
    unexpected: int
    repeats: int
    begun_without_end: int
    latest_step: float | None
    latest_message: float | None
    longest_wait: float

    @property
    def lost(self) -> int:
        """Concerns, steps and messages that were promised and did not come."""
        return (
            max(0, self.receipts - self.concerns)
            + max(0, self.steps_expected - self.steps)
            + max(0, self.messages_expected - self.messages)
        )

    @property
    def double_steps(self) -> int:
        """Steps that fired, or are in the story, more often than a rung fell due."""
        return max(0, self.steps - self.steps_expected) + max(0, self.told_in_story - self.steps_expected)

    def prove(self, *, repeats_at_most: int) -> None:
        """Check the promises exactly. A repeated mail is allowed only if a try was begun and never ended."""
        assert self.concerns == self.receipts, self
        assert self.steps == self.steps_expected, self
        assert self.told_in_story == self.steps_expected, self
        assert self.messages == self.messages_expected, self
        assert self.unexpected == 0, self
        assert self.repeats <= min(self.begun_without_end, repeats_at_most), self


def count_result(
    fault: str,
    service: Service,
    receipts: dict[str, float],
    *,
    breaks: int,
    gone: Mapping[str, int] | None = None,
    times_are_true: bool = True,
) -> FaultResult:
    """Count, once everything is quiet. `gone` are messages SMTP refused for good, by whose they were.

    Where clocks were made wrong, how late they say that they were means nothing.
    """
    kept = {str(key) for (key,) in service.rows("SELECT submit_key FROM concerns_concern")}
    seen = Counter(service.letterbox.ids)
    by_name = Counter(name for name, _ in set(zip(service.letterbox.names, service.letterbox.ids, strict=True)))
    due = Counter({name: times * len(receipts) for name, times in MAILS_A_CONCERN.items()}) - Counter(gone or {})
    open_tries = sum(max(0, int(times)) for _, times in service.rows(BEGUN_WITHOUT_AN_END))
    return FaultResult(
        fault=fault,
        breaks=breaks,
        receipts=len(receipts),
        concerns=len(kept & set(receipts)) if len(kept) == len(receipts) else len(kept),
        steps_expected=STEPS_A_CONCERN * len(receipts),
        steps=service.count("concerns_escalationstep", FIRED),
        told_in_story=service.count("concerns_concernevent", "what LIKE 'Told:%'"),
        messages_expected=sum(due.values()),
        messages=len(seen),
        unexpected=sum(((by_name - due) + (due - by_name)).values()),
        repeats=sum(seen.values()) - len(seen),
        begun_without_end=open_tries,
        latest_step=_worst_lateness(service, "concerns_escalationstep", "fired_at - due_at")
        if times_are_true
        else None,
        latest_message=_worst_lateness(service, "alerts_alert", "sent_at - queued_at") if times_are_true else None,
        longest_wait=max(receipts.values(), default=0.0),
    )


def _worst_lateness(service: Service, table: str, late: str) -> float:
    """The worst lateness of its kind, in seconds."""
    return float(service.rows(f"SELECT coalesce(extract(epoch FROM max({late})), 0) FROM {table}")[0][0])  # noqa: S608
