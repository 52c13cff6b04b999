"""Who may plan a person's leave, and who may be the deputy."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.access import Role
from accounts.models import User
from core.access import Access, act

LEADS_STAFF = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR)
COORDINATES_OR_LEADS = (Role.COORDINATOR, *LEADS_STAFF)
AT_AGENCIES = (Role.LIAISON, Role.MAPPA_COORDINATOR)


class LeaveAccess(Access):
    """What somebody may do with one person's leave."""

    by: User
    record: User

    @act("plan leave, because nothing is sent to you that somebody else must answer")
    def plan(self) -> bool:
        """A person who answers concerns plans their own leave; a manager plans anybody's."""
        answers = any(self.record.has_role(role) for role in (*COORDINATES_OR_LEADS, *AT_AGENCIES))
        return answers and (self.by == self.record or self.by.has_role(Role.MANAGER))


def deputies_for(person: User) -> QuerySet[User]:
    """The people who may cover: those who may be told the same things. At an agency, that is the same team."""
    others: QuerySet[User] = User.objects.filter(is_active=True).exclude(pk=person.pk)
    if any(person.has_role(role) for role in AT_AGENCIES):
        teams = person.groups.exclude(name__in=Role.values)
        others = others.filter(pk__in=User.objects.filter(groups__in=teams.values("pk")).values("pk"))
    if any(person.has_role(role) for role in LEADS_STAFF):
        others = others.filter(pk__in=_holders_of(LEADS_STAFF).values("pk"))
    if person.has_role(Role.COORDINATOR):
        others = others.filter(pk__in=_holders_of(COORDINATES_OR_LEADS).values("pk"))
    return others.order_by("full_name", "pk")


def _holders_of(roles: tuple[Role, ...]) -> QuerySet[User]:
    holders: QuerySet[User] = User.objects.filter(groups__name__in=[role.value for role in roles])
    return holders
