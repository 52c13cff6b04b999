"""Who may be chosen as a circle's next coordinator."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.access import Role, people_with_role
from accounts.models import User
from circles.circle.models import Circle, Membership


def possible_coordinators(circle: Circle) -> QuerySet[User]:
    """Who could coordinate this circle next: coordinators who can sign in, without its own volunteers."""
    members = Membership.objects.current().filter(circle=circle).values("volunteer__user")
    people = people_with_role(Role.COORDINATOR).exclude(pk__in=members).exclude(pk=circle.coordinator_id)
    return people.order_by("full_name", "pk")
