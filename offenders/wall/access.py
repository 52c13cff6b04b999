"""Whom a core member's wall can be about, and who may look past it for half an hour."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.access import Role
from accounts.models import User
from core.access import Access, act
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.wall_models import BreakGlass


class BreakGlassAccess(Access):
    """Looking past a wall. What it shows is what one's own roles give."""

    by: User

    @act("open a core member past his wall, with a reason")
    def break_glass(self) -> bool:
        return any(self.by.has_role(role) for role in (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD))


class GlassReviewAccess(Access):
    """Acts on one such look. Whoever looked does not judge it."""

    by: User
    record: BreakGlass

    @act("say whether it was right to look, because somebody else must")
    def review_glass(self) -> bool:
        may = CoreMemberAccess(self.by, self.record.core_member)
        return may.set_wall and self.record.person_id != self.by.pk


def people_for_a_wall() -> QuerySet[User]:
    """Everybody who can sign in: whoever leads him must be able to bar anybody, whatever their role."""
    people: QuerySet[User] = User.objects.filter(is_active=True)
    return people.select_related("agency").order_by("full_name", "pk")
