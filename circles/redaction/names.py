"""Whose names are left out of texts that go to a circle's agencies."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import FormerName, User
from circles.circle.models import Circle, Membership
from core.redaction import ByHand, Person, Redaction


def redaction_for(
    circle: Circle, *, first_names: bool = True, by_hand: ByHand | None = None, also: Iterable[User] = ()
) -> Redaction:
    """The redaction of every volunteer the circle has or had, and of `also`, under every name they have or had.

    The core member's own name here stays.
    """
    belonged = Membership.objects.filter(circle=circle).values("volunteer__user")
    people = User.objects.filter(Q(pk__in=belonged) | Q(pk__in=[user.pk for user in also]))
    former = FormerName.objects.filter(person__in=people.values("pk"))
    names = people.values_list("full_name", "first_name").union(former.values_list("full_name", "first_name"))
    named = [Person(full_name, first_name) for full_name, first_name in names.order_by("full_name", "first_name")]
    return Redaction(named, kept=[circle.known_as], first_names=first_names, by_hand=by_hand)
