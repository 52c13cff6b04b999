"""Team: people of the agencies who work together, such as a public-protection unit.

A team is a group of Django's that is no role. A queue is granted to teams, so who is in a team reads what is in its
queues (concerns/queue). The roles' groups are never teams.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from auditlog.registry import auditlog
from django.contrib.auth.models import Group
from django.db import models
from django.urls import reverse

from accounts.models.role import Role

if TYPE_CHECKING:
    from accounts.models.user import User

SEES_TEAMS = (Role.MANAGER, Role.TECHNICIAN)
"""A team's name and people say nothing about any case."""


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, user: User) -> Self:
        """Every team, for those who set the service up."""
        return self if user.is_active and any(user.has_role(role) for role in SEES_TEAMS) else self.none()


class TeamManager(models.Manager.from_queryset(TeamQuerySet)):  # type: ignore[misc]
    """Finds the groups that are teams."""

    def get_queryset(self) -> Any:
        return super().get_queryset().exclude(name__in=Role.values)


class Team(Group):
    audit_kind = "team"

    objects: ClassVar[Any] = TeamManager()

    class Meta:
        proxy = True

    @property
    def reference(self) -> str:
        """What the trail calls it. Its name may change."""
        return f"TEAM-{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("accounts:team", args=[self.pk])


auditlog.register(Team, include_fields=["name"])
