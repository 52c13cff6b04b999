"""The people each rung tells. They are found at the moment it fires."""

from __future__ import annotations

from django.db.models import Exists, Q, QuerySet

from accounts.access import Role
from accounts.models import User
from concerns.choices import Audience
from concerns.concern.models import Concern
from offenders.core_member.wall_models import let_through

LEADING_ROLES = (Role.MANAGER, Role.SAFEGUARDING_LEAD)
COORDINATOR_AUDIENCES = (Audience.COORDINATOR, Audience.COORDINATOR_AGAIN)


def people_for(audience: str, concern: Concern) -> QuerySet[User]:
    """The people a rung tells about this concern: active, and able to open it.

    Its author is never told, since they may not answer it; nor is the person it is about, nor whom the wall keeps out. If that person is the
    coordinator, the manager and the safeguarding lead are told instead.
    """
    return people_for_audiences([audience], concern)


def people_for_audiences(audiences: list[str], concern: Concern) -> QuerySet[User]:
    """The people that at least one of these rungs tells."""
    condition = Q(pk__in=[])
    for audience in dict.fromkeys(audiences):
        condition |= _condition_for(Audience(audience), concern)
    barred = [pk for pk in (concern.raised_by_id, concern.about_id) if pk is not None]
    through = let_through(concern.circle.core_member_id)
    people: QuerySet[User] = User.objects.filter(condition, through, is_active=True)
    return people.exclude(pk__in=barred)


def people_with_leaders(concern: Concern, audiences: list[str]) -> QuerySet[User]:
    """Everybody these rungs tell, and all managers, safeguarding leads and directors."""
    return people_for_audiences([*audiences, Audience.MANAGER_AND_LEAD, Audience.DIRECTOR], concern)


def audience_name(audience: str, concern: Concern) -> str:
    """The people a rung tells, in words. If the concern is about the coordinator, these are the ones told instead."""
    about_coordinator = concern.about_id is not None and concern.about_id == concern.circle.coordinator_id
    if about_coordinator and Audience(audience) in COORDINATOR_AUDIENCES:
        return Audience.MANAGER_AND_LEAD.label
    return Audience(audience).label


def _condition_for(audience: Audience, concern: Concern) -> Q:
    if audience in COORDINATOR_AUDIENCES:
        if concern.about_id == concern.circle.coordinator_id:
            return _holders_of(*LEADING_ROLES)
        return Q(pk=concern.circle.coordinator_id) | (_holders_of(*LEADING_ROLES) & _has_no_coordinator(concern))
    if audience == Audience.MANAGER_AND_LEAD:
        return _holders_of(*LEADING_ROLES)
    if audience == Audience.DIRECTOR:
        return _holders_of(Role.DIRECTOR)
    return _agency_condition(audience, concern)


def _has_no_coordinator(concern: Concern) -> Q:
    """Whether a manager looks after the circle, since its coordinator left."""
    coordinates = User.objects.filter(pk=concern.circle.coordinator_id, groups__name=Role.COORDINATOR.value)
    return Q(~Exists(coordinates))


def _agency_condition(audience: Audience, concern: Concern) -> Q:
    """The agency's people of an audience: only those who work the concern's queue."""
    if concern.queue is None:
        return Q(pk=None)
    workers = Q(pk__in=concern.queue.workers().values("pk"))
    if audience == Audience.PRACTITIONER:
        core_member = concern.circle.core_member
        return workers & Q(pk__in=[core_member.practitioner_id, core_member.deputy_practitioner_id])
    if audience == Audience.TEAM_MANAGER:
        return workers & Q(pk=concern.queue.team_manager_id)
    if audience == Audience.MAPPA_COORDINATOR:
        return workers & _holders_of(Role.MAPPA_COORDINATOR)
    return workers


def _holders_of(*roles: Role) -> Q:
    members = User.objects.filter(groups__name__in=[role.value for role in roles])
    return Q(pk__in=members.values("pk"))
