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


def groups_of(found: Iterable[WorkItem], at: datetime) -> list[WallGroup]:
    """What is overdue of what was found for the wall. Immediate and Urgent come first, then the oldest.

    What waits for the reader alone, such as a gap in the rota, stands above the wall, under “Waiting for you”.
    """
    groups: dict[str, WallGroup] = {}
    for item in sort_work([item for item in found if item.is_late_at(at)], at):
        group = groups.setdefault(item.kind, WallGroup(item.kind))
        group.items.append(item)
        group.count = max(group.count, item.count, len(group.items))
    return list(groups.values())
