"""The wall: everything that is overdue in the service, by kind and by whose it is, the oldest first. For managers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from circles.worklist.lines import WorkKind, find_work, wall_reader
from core.worklist import FAR_AWAY, WorkItem

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


def wall_of(user: User, at: datetime, kinds: Iterable[WorkKind], own: Iterable[WorkItem] = ()) -> list[WallGroup]:
    """What is overdue in every circle this person sees, and among their own work; the kind with the oldest comes first."""
    late = [item for item in find_work(tuple(kinds), wall_reader(user, at)) if item.is_late_at(at)]
    seen = {(item.title, item.url) for item in late}
    late += [item for item in own if item.is_late_at(at) and (item.title, item.url) not in seen]
    groups: dict[str, WallGroup] = {}
    for item in sorted(late, key=lambda item: item.due_at or FAR_AWAY):
        group = groups.setdefault(item.kind or OTHER, WallGroup(item.kind or OTHER))
        group.items.append(item)
        group.count = max(group.count, item.count, len(group.items))
    return list(groups.values())


OTHER = "Yours"
"""The heading of a manager's own overdue work that is no kind of a circle's."""
