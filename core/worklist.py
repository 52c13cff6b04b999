"""WorkItem: one line of somebody's list of things to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum

OF_A_CIRCLE = re.compile(r"\bCircle (C-\w+)")
AT_THE_HEAD = re.compile(r"Circle C-\w+[.,:]?\s*")
FAR_AWAY = datetime.max.replace(tzinfo=UTC)


class Rank(IntEnum):
    """What comes before what on every list of work."""

    IMMEDIATE = 0
    """About a concern that is Immediate."""
    URGENT = 1
    """About a concern that is Urgent."""
    UNSENT = 2
    """Words that the person believes were sent."""
    OTHER = 3


@dataclass(frozen=True)
class WorkItem:
    """One line of a person's list: what it is, where to go, by when.

    `must_act`: someone must act now; the page shows it in the warm colour. `kind` and `whose` say under which heading
    it stands on the list of what is overdue, and who must act. `count` is how many of its kind there are.
    """

    title: str
    url: str
    due_at: datetime | None = None
    must_act: bool = False
    detail: str = ""
    rank: Rank = Rank.OTHER
    kind: str = ""
    whose: str = ""
    count: int = 0

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

    @property
    def is_at_once(self) -> bool:
        """Whether it is about a concern that goes before everything else."""
        return self.rank in {Rank.IMMEDIATE, Rank.URGENT}

    def is_late_at(self, at: datetime) -> bool:
        """Whether its time has passed."""
        return self.due_at is not None and self.due_at <= at


def sort_work(items: Iterable[WorkItem], at: datetime) -> list[WorkItem]:
    """Order items: Immediate, Urgent, words not sent; then what is late or must be acted on; each by due time."""

    def place(item: WorkItem) -> tuple[Rank, bool, datetime]:
        return item.rank, not (item.must_act or item.is_late_at(at)), item.due_at or FAR_AWAY

    return sorted(items, key=place)
