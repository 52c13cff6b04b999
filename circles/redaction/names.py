"""Whose names are left out of what a circle's agencies are given."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from circles.circle.models import Circle, Membership
from core.redaction import ByHand, Person, Redaction


def redaction_for(
    circle: Circle, *, first_names: bool = True, by_hand: ByHand | None = None, also: Iterable[User] = ()
) -> Redaction:
    """Every volunteer the circle has or had. What it calls the core member stays."""
    of_circle = Membership.objects.of(circle).select_related("volunteer__user")
    users = [*(member.volunteer.user for member in of_circle), *also]
    people = [Person(user.full_name, user.first_name) for user in users]
    return Redaction(people, kept=[circle.known_as], first_names=first_names, by_hand=by_hand)
