"""Who leads a volunteer: the coordinators of the circles they belong to."""

from __future__ import annotations

from accounts.models import User
from circles.models import Circle
from circles.models.circle import JOINED


def coordinators_of(person: User) -> set[int]:
    """The keys of the coordinators of this person's circles. Called by accounts through settings.LEADERS."""
    return set(Circle.objects.filter(pk__in=JOINED(person.pk)).values_list("coordinator", flat=True))
