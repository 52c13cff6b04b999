"""Who may plan somebody's leave, and who may cover for whom."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.access import Role
from accounts.models import User
from core.access import Access, act

LEADS = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR)
COORDINATES = (Role.COORDINATOR, *LEADS)
AT_AGENCIES = (Role.LIAISON, Role.MAPPA_COORDINATOR)


class LeaveAccess(Access):
    """Acts on one person's leave."""

    by: User
    record: User

    @act("plan leave, because nothing is sent to you that somebody else must answer")
    def plan(self) -> bool:
        """Oneself, or a manager for anybody who answers concerns."""
        answers = any(self.record.has_role(role) for role in (*COORDINATES, *AT_AGENCIES))
        return answers and (self.by == self.record or self.by.has_role(Role.MANAGER))


def deputies_for(person: User) -> QuerySet[User]:
    """Who may cover: those who could be told the same things. At an agency, the same team, which holds the queues."""
    others: QuerySet[User] = User.objects.filter(is_active=True).exclude(pk=person.pk)
    if any(person.has_role(role) for role in AT_AGENCIES):
        teams = person.groups.exclude(name__in=Role.values)
        others = others.filter(pk__in=User.objects.filter(groups__in=teams.values("pk")).values("pk"))
    if any(person.has_role(role) for role in LEADS):
        others = others.filter(pk__in=holding(LEADS).values("pk"))
    if person.has_role(Role.COORDINATOR):
        others = others.filter(pk__in=holding(COORDINATES).values("pk"))
    return others.order_by("full_name", "pk")


def holding(roles: tuple[Role, ...]) -> QuerySet[User]:
    held: QuerySet[User] = User.objects.filter(groups__name__in=[role.value for role in roles])
    return held
