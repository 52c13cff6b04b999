"""WorkItem: something waiting for someone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

FAR_AWAY = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class WorkItem:
    """One line of a person's list: what it is, where to go, by when.

    `must_act` marks what the warm colour is kept for: someone must act now.
    """

    title: str
    url: str
    due_at: datetime | None = None
    must_act: bool = False
    detail: str = ""


def in_order(items: Iterable[WorkItem]) -> list[WorkItem]:
    """What must be acted on first, then by due time, then what has none."""
    return sorted(items, key=lambda item: (not item.must_act, item.due_at or FAR_AWAY))
