"""The managers of the queues that a person at an agency works."""

from __future__ import annotations

from accounts.models import User
from concerns.queue.models import GRANTED, Queue


def team_managers_of(person: User) -> set[int]:
    """The keys of the managers of this person's teams. Called by accounts through settings.LEADERS."""
    managed = Queue.objects.filter(pk__in=GRANTED(person.pk)).exclude(team_manager=None)
    return {pk for pk in managed.values_list("team_manager", flat=True) if pk is not None}
