"""Which people a rung means, found at the moment it fires."""

from __future__ import annotations

from django.db.models import Exists, Q, QuerySet

from accounts.access import Role
from accounts.models import User
from concerns.choices import Audience, Side
from concerns.concern.models import Concern

LEADS = (Role.MANAGER, Role.SAFEGUARDING_LEAD)
COORDINATOR = (Audience.COORDINATOR, Audience.COORDINATOR_AGAIN)


def people_for(audience: str, concern: Concern) -> QuerySet[User]:
    """The people a rung tells about this concern: active, and able to open it.

    Never its author, who may not answer it, and never whoever it is about. What would go to a
    coordinator the concern is about goes to the manager and the safeguarding lead instead.
    """
    return people_named([audience], concern)


def people_named(audiences: list[str], concern: Concern) -> QuerySet[User]:
    """Whom any of these rungs tells."""
    found = Q(pk__in=[])
    for audience in dict.fromkeys(audiences):
        found |= named_by(Audience(audience), concern)
    barred = [pk for pk in (concern.raised_by_id, concern.about_id) if pk is not None]
    named: QuerySet[User] = User.objects.filter(found, is_active=True)
    return named.exclude(pk__in=barred)


def everyone_up_to(concern: Concern, audiences: list[str]) -> QuerySet[User]:
    """Growing reach: all whom these rungs tell, and the standing duty holders: managers, safeguarding leads, directors."""
    return people_named([*audiences, Audience.MANAGER_AND_LEAD, Audience.DIRECTOR], concern)


def audience_name(audience: str, concern: Concern) -> str:
    """Whom a rung tells, in words; never the coordinator where the concern is about them."""
    about_coordinator = concern.about_id is not None and concern.about_id == concern.circle.coordinator_id
    if about_coordinator and Audience(audience) in COORDINATOR:
        return Audience.MANAGER_AND_LEAD.label
    return Audience(audience).label


def named_by(audience: Audience, concern: Concern) -> Q:
    if audience in COORDINATOR:
        if concern.about_id == concern.circle.coordinator_id:
            return holders(*LEADS)
        return Q(pk=concern.circle.coordinator_id) | (holders(*LEADS) & looked_after_meanwhile(concern))
    if audience == Audience.MANAGER_AND_LEAD:
        return holders(*LEADS)
    if audience == Audience.DIRECTOR:
        return holders(Role.DIRECTOR)
    return at_the_agency(audience, concern)


def looked_after_meanwhile(concern: Concern) -> Q:
    """Whether whoever coordinates is no coordinator: a manager who took the circle over when its coordinator left."""
    coordinates = User.objects.filter(pk=concern.circle.coordinator_id, groups__name=Role.COORDINATOR.value)
    return Q(~Exists(coordinates))


def at_the_agency(audience: Audience, concern: Concern) -> Q:
    """Agency people, always within the queue's wall."""
    if concern.queue is None:
        return Q(pk=None)
    workers = Q(pk__in=concern.queue.workers().values("pk"))
    if audience == Audience.PRACTITIONER:
        return workers & Q(pk=concern.circle.core_member.practitioner_id)
    if audience == Audience.TEAM_MANAGER:
        return workers & Q(pk=concern.queue.team_manager_id)
    if audience == Audience.MAPPA_COORDINATOR:
        return workers & holders(Role.MAPPA_COORDINATOR)
    return workers


def holders(*roles: Role) -> Q:
    holding = User.objects.filter(groups__name__in=[role.value for role in roles])
    return Q(pk__in=holding.values("pk"))


def side_name(side: str) -> str:
    return {Side.CHARITY: "the charity", Side.AGENCY: "the agencies"}[Side(side)]
