"""WorkItem: one line of somebody's list of things to do."""

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

    `must_act`: someone must act now; the page shows it in the warm colour. `first`: it goes to the top, because it is
    about words that the person believes were sent.
    """

    title: str
    url: str
    due_at: datetime | None = None
    must_act: bool = False
    detail: str = ""
    first: bool = False

    @property
    def link(self) -> str:
        """The words of the link. They name the circle, so that no two links read alike."""
        circle = OF_A_CIRCLE.search(self.detail)
        return f"{self.title} · {circle[1]}" if circle and circle[1] not in self.title else self.title

    @property
    def more(self) -> str:
        """The words under the link: the detail without the circle at its start, which the link names."""
        head = AT_THE_HEAD.match(self.detail)
        rest = self.detail[head.end() :] if head else self.detail
        return rest[:1].upper() + rest[1:]


def sort_work(items: Iterable[WorkItem]) -> list[WorkItem]:
    """Order items: unsent words first, then what must be acted on, then by due time, then those without one."""
    return sorted(items, key=lambda item: (not item.first, not item.must_act, item.due_at or FAR_AWAY))
