"""WorkItem: something waiting for someone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

OF_A_CIRCLE = re.compile(r"\bCircle (C-\w+)")
AT_THE_HEAD = re.compile(r"Circle C-\w+[.,:]?\s*")
FAR_AWAY = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class WorkItem:
    """One line of a person's list: what it is, where to go, by when.

    `must_act` marks what the warm colour is kept for: someone must act now. `first` is what stands before all else:
    words that its person believes to be sent.
    """

    title: str
    url: str
    due_at: datetime | None = None
    must_act: bool = False
    detail: str = ""
    first: bool = False

    @property
    def link(self) -> str:
        """What the link says: it names the circle, so that two of them never read alike."""
        found = OF_A_CIRCLE.search(self.detail)
        return f"{self.title} · {found[1]}" if found and found[1] not in self.title else self.title

    @property
    def more(self) -> str:
        """What stands under the link: the detail without the circle at its head, which the link names."""
        head = AT_THE_HEAD.match(self.detail)
        rest = self.detail[head.end() :] if head else self.detail
        return rest[:1].upper() + rest[1:]


def in_order(items: Iterable[WorkItem]) -> list[WorkItem]:
    """What is unsent, what must be acted on, then by due time, then what has none."""
    return sorted(items, key=lambda item: (not item.first, not item.must_act, item.due_at or FAR_AWAY))
