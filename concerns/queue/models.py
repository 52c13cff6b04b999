"""The queue: one for each MAPPA area, worked by the teams it is granted to.

Only this module imports guardian. It answers two questions: which queues a person works
(`Queue.objects.worked_by`), and who works a queue (`queue.workers`).
"""

from __future__ import annotations

from typing import Any, Self

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.urls import reverse
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from guardian.shortcuts import assign_perm, get_users_with_perms, remove_perm

from accounts.models import Area, User
from core.keyed_query import KeyedQuery

CODENAME = "work_queue"
WORK_QUEUE = f"concerns.{CODENAME}"


class QueueQuerySet(models.QuerySet["Queue"]):
    def worked_by(self, user: User) -> Self:
        """The queues granted to a team this person is in. A superuser gets none by being one.

        This reads guardian's table itself, because every page of a concern asks. Guardian's own query also looks for
        grants to people, of which there are none, and takes five times as long (a test compares the two).
        """
        return self.filter(pk__in=GRANTED(user.pk)) if user.is_active else self.none()

    def people(self) -> dict[str, set[int]]:
        """Each queue's reference with the keys of the people in its teams, in one query."""
        people: dict[str, set[int]] = {}
        for reference, person in self.values_list("reference", "grants__group__user"):
            people.setdefault(reference, set()).update([person] if person else [])
        return people

    def visible_to(self, user: User) -> Self:
        """The queues a person works are the queues they see."""
        return self.worked_by(user)


class Queue(models.Model):
    audit_kind = "queue"

    reference = models.CharField(max_length=12, unique=True)
    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="queue")
    team_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = QueueQuerySet.as_manager()

    class Meta:
        permissions = [(CODENAME, "Work the concerns in this queue")]
        default_permissions = ()

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("concerns:queue", args=[self.reference])

    @property
    def name(self) -> str:
        return f"{self.area.name} queue"

    def workers(self) -> models.QuerySet[User]:
        """Every active person in a team that works this queue."""
        found: Any = get_users_with_perms(
            self, only_with_perms_in=[CODENAME], with_group_users=True, with_superusers=False
        )
        workers: models.QuerySet[User] = User.objects.filter(pk__in=found.values("pk"), is_active=True)
        return workers

    def grant_to(self, team: Group) -> None:
        """Let a team work this queue. Called by the operation, which records who granted it."""
        assign_perm(WORK_QUEUE, team, self)

    def revoke_from(self, team: Group) -> None:
        remove_perm(WORK_QUEUE, team, self)

    def teams(self) -> models.QuerySet[Group]:
        """The teams that work this queue."""
        return Group.objects.filter(pk__in=self.grants.filter(permission__codename=CODENAME).values("group"))


class QueueGroupPermission(GroupObjectPermissionBase):
    """A grant with real foreign keys, so that no grant outlives its queue or its team."""

    content_object = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="grants")


GRANTED = KeyedQuery(
    lambda person: QueueGroupPermission.objects.filter(group__user=person, permission__codename=CODENAME).values(
        "content_object"
    )
)
"""A subquery: the keys of the queues granted to a team that a person is in."""


class QueueUserPermission(UserObjectPermissionBase):
    """Guardian needs this table for grants to people. Grants go only to teams, so a constraint keeps it empty.

    The relation must have a name: guardian looks for its table among the queue's named relations, and would otherwise
    use a table of its own without the constraint.
    """

    content_object = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="grants_to_people")

    class Meta(UserObjectPermissionBase.Meta):
        constraints = [models.CheckConstraint(condition=Q(user__isnull=True), name="queue_granted_to_teams_only")]


auditlog.register(Queue, include_fields=["area", "team_manager"])
auditlog.register(QueueGroupPermission)
auditlog.register(QueueUserPermission)
