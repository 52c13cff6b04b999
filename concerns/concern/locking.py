"""Taking the lock of a concern: its row as it is now, and the moment at which what follows is dated.

Every act on a concern begins here. Whoever needs several concerns takes all their locks here at once, in the order
of their keys, so that two people who take them crosswise wait for each other and never both for ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Max

from concerns.concern.event_models import ConcernEvent
from concerns.concern.models import Concern
from core.rows import only_row_of

CLOCKS_DIFFER = timedelta(minutes=2)
"""Nobody waits so long for a lock. What was written later than this was written by another clock."""


def lock(concern: Concern, *, at: datetime) -> tuple[Concern, datetime]:
    """The concern's row, locked, as it is now; and the moment of the act."""
    locked = Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
    return locked, moment_under_lock([locked.pk], at=at)


def lock_all(concerns: Iterable[Concern], *, at: datetime) -> tuple[dict[int, Concern], datetime]:
    """The same for several, by their keys."""
    keys = {concern.pk for concern in concerns}
    locked = Concern.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").in_bulk()
    return locked, moment_under_lock(keys, at=at)


def lock_if_free(pk: int, *, at: datetime) -> tuple[Concern | None, datetime]:
    """The same for a clock, which waits for nobody: no concern where somebody holds its row now."""
    free = Concern.objects.select_for_update(skip_locked=True, of=("self",)).select_related("circle")
    locked = only_row_of(free.filter(pk=pk))
    return locked, moment_under_lock([pk], at=at) if locked is not None else at


def moment_under_lock(keys: Iterable[int], *, at: datetime) -> datetime:
    """When an act happens that was begun at `at` and had to wait: not before what was written while it waited.

    So a story stands in the order in which things happened, and whoever asks what stands now finds what the one
    before wrote.
    """
    latest = ConcernEvent.objects.filter(concern__in=keys).aggregate(latest=Max("at"))["latest"]
    waited = latest is not None and at < latest <= at + CLOCKS_DIFFER
    return latest if waited else at
