"""Whose names are left out of texts that go to a circle's agencies."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from circles.circle.models import Circle, Membership
from core.redaction import ByHand, Person, Redaction


def redaction_for(
    circle: Circle, *, first_names: bool = True, by_hand: ByHand | None = None, also: Iterable[User] = ()
) -> Redaction:
    """The redaction of every volunteer the circle has or had, and of `also`. The core member's own name here stays."""
    memberships = Membership.objects.of(circle).select_related("volunteer__user")
    users = [*(member.volunteer.user for member in memberships), *also]
    people = [Person(user.full_name, user.first_name) for user in users]
    return Redaction(people, kept=[circle.known_as], first_names=first_names, by_hand=by_hand)
