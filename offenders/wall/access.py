"""Whom a core member's wall can be about."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User


def people_for_a_wall() -> QuerySet[User]:
    """Everybody who can sign in: whoever leads him must be able to bar anybody, whatever their role."""
    people: QuerySet[User] = User.objects.filter(is_active=True)
    return people.select_related("agency").order_by("full_name", "pk")
