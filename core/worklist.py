"""WorkItem: one line of somebody's list of things to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import IntEnum

OF_A_CIRCLE = re.compile(r"\bCircle (C-\w+)")
OF_A_RECORD = re.compile(r"(?:^|· )([A-Z]{1,4}-[A-Z0-9]{3,8})(?=$|\.)")
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
    it stands on the list of what is overdue, and who must act. `count` is how many of its kind there are. What is due
    on a day has that day as `due_on`, and its end as `due_at`.
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
    due_on: date | None = None

    @property
    def named(self) -> str:
        """The reference that the detail names: a circle, or the record itself."""
        named = OF_A_CIRCLE.search(self.detail) or OF_A_RECORD.search(self.detail)
        return named[1] if named else ""

    @property
    def link(self) -> str:
        """The words of the link. They name the circle or the record, so that no two links read alike."""
        return f"{self.title} · {self.named}" if self.named and self.named not in self.title else self.title

    @property
    def more(self) -> str:
        """The words under the link: the detail without the reference, which the link names."""
        head = AT_THE_HEAD.match(self.detail)
        if head is not None:
            rest = self.detail[head.end() :]
        else:
            before, _, after = self.detail.rpartition(self.named) if self.named else ("", "", self.detail)
            rest = f"{before.removesuffix(' · ')}{after}".removeprefix(". ")
        return rest[:1].upper() + rest[1:]

    @property
    def due(self) -> datetime | date | None:
        """By when it is due, as a list says it."""
        return self.due_on or self.due_at

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
