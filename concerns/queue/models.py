"""The queue: one for each MAPPA area, worked by the teams it is granted to.

Nothing else imports guardian. Two questions are asked of it: which queues a person works
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
from core.keyed import Keyed

CODENAME = "work_queue"
WORK_QUEUE = f"concerns.{CODENAME}"


class QueueQuerySet(models.QuerySet["Queue"]):
    def worked_by(self, user: User) -> Self:
        """Queues granted to a team this person is in. Being a superuser grants nothing.

        Asked of guardian's table itself: every page of a concern asks, and guardian's own question, which also
        looks for grants to people, of which there are none, is five times as dear (tests hold the two alike).
        """
        return self.filter(pk__in=GRANTED(user.pk)) if user.is_active else self.none()

    def people(self) -> dict[str, set[int]]:
        """Every queue's reference with whoever is in a team it is granted to, at one query."""
        found: dict[str, set[int]] = {}
        for reference, person in self.values_list("reference", "grants__group__user"):
            found.setdefault(reference, set()).update([person] if person else [])
        return found

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
        """Everyone active in a team this queue is granted to."""
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


GRANTED = Keyed(
    lambda person: QueueGroupPermission.objects.filter(group__user=person, permission__codename=CODENAME).values(
        "content_object"
    )
)
"""The keys of the queues granted to a team a person is in, to be looked among."""


class QueueUserPermission(UserObjectPermissionBase):
    """Grants go to teams and never to people: guardian asks for this table, and the database keeps it empty.

    The relation must have a name: guardian looks for its table among the queue's named relations, and
    would otherwise fall back to a table of its own that nothing guards.
    """

    content_object = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="grants_to_people")

    class Meta(UserObjectPermissionBase.Meta):
        constraints = [models.CheckConstraint(condition=Q(user__isnull=True), name="queue_granted_to_teams_only")]


auditlog.register(Queue, include_fields=["area", "team_manager"])
auditlog.register(QueueGroupPermission)
auditlog.register(QueueUserPermission)
