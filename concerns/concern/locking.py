"""Locks a concern, and says at which moment the act happens.

Every act on a concern begins here. Several concerns are locked at once, in the order of their keys, so that two
acts on the same concerns never wait for each other for ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Max

from concerns.concern.event_models import ConcernEvent
from concerns.concern.models import Concern
from core.rows import only_row_of

CLOCKS_DIFFER = timedelta(minutes=2)
"""Nobody waits so long for a lock. A line dated later than this was dated by another machine's clock."""


def lock_concern(concern: Concern, *, at: datetime) -> tuple[Concern, datetime]:
    """Lock the concern. Answers with its row as it is now, and the moment of the act."""
    locked = Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
    return locked, _moment_under_lock([locked.pk], at=at)


def lock_concerns(concerns: Iterable[Concern], *, at: datetime) -> tuple[dict[int, Concern], datetime]:
    """Lock several concerns. Answers with their rows by key, and the moment of the act."""
    keys = {concern.pk for concern in concerns}
    locked = Concern.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").in_bulk()
    return locked, _moment_under_lock(keys, at=at)


def lock_concern_if_free(pk: int, *, at: datetime) -> tuple[Concern | None, datetime]:
    """Lock the concern without waiting. Answers with None and `at` if somebody else holds its row now."""
    free = Concern.objects.select_for_update(skip_locked=True, of=("self",)).select_related("circle")
    locked = only_row_of(free.filter(pk=pk))
    return locked, _moment_under_lock([pk], at=at) if locked is not None else at


def _moment_under_lock(keys: Iterable[int], *, at: datetime) -> datetime:
    """The moment of an act that began at `at` and may have waited: not before the lines written while it waited.

    So the lines of a story stand in the order in which things happened.
    """
    latest = ConcernEvent.objects.filter(concern__in=keys).aggregate(latest=Max("at"))["latest"]
    waited = latest is not None and at < latest <= at + CLOCKS_DIFFER
    return latest if waited else at
