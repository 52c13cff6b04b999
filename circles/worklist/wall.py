"""The wall: everything that is overdue in the service, by kind and by whose it is, the oldest first. For managers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from core.worklist import WorkItem, sort_work

SHOWN = 10
"""Lines of one kind on the wall. It says how many more there are."""


@dataclass
class WallGroup:
    """What is overdue of one kind, the oldest first. `count` is how much there is in all."""

    label: str
    items: list[WorkItem] = field(default_factory=list)
    count: int = 0

    @property
    def shown(self) -> list[WorkItem]:
        return self.items[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, self.count - SHOWN)


def groups_of(late: Iterable[WorkItem], at: datetime, own: Iterable[WorkItem] = ()) -> list[WallGroup]:
    """What is overdue, and their own overdue work. Immediate and Urgent come first, then the oldest."""
    late = [item for item in late if item.is_late_at(at)]
    seen = {(item.title, item.url) for item in late}
    late += [item for item in own if item.is_late_at(at) and (item.title, item.url) not in seen]
    groups: dict[str, WallGroup] = {}
    for item in sort_work(late, at):
        group = groups.setdefault(item.kind or OTHER, WallGroup(item.kind or OTHER))
        group.items.append(item)
        group.count = max(group.count, item.count, len(group.items))
    return list(groups.values())


OTHER = "Yours"
"""The heading of a manager's own overdue work that is no kind of a circle's."""
