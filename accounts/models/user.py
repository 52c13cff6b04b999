"""User: a person who can sign in by e-mail while active, and who works for one agency."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, Self

from auditlog.registry import auditlog
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from accounts.models.agency import Agency, Area
from accounts.models.role import Role
from core.constraints import both_or_neither, one_of
from core.lifecycle import Lifecycle
from core.records import Moving

SEES_EVERY_ACCOUNT = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.TECHNICIAN)
"""Accounts say nothing about any case: only who somebody is, for whom they work, and whether they can sign in."""


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: User) -> Self:
        """Everybody, for managers, safeguarding leads and technicians; a coordinator's own agency; otherwise oneself."""
        if not user.is_active:
            return self.none()
        if any(user.has_role(role) for role in SEES_EVERY_ACCOUNT):
            return self
        if user.has_role(Role.COORDINATOR) and user.agency_id is not None:
            return self.filter(agency=user.agency_id)
        return self.filter(pk=user.pk)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds people by e-mail, in capitals or not. It creates nobody: operations do."""

    def get_by_natural_key(self, username: str | None) -> Any:
        return self.get(email__iexact=username)


class User(Moving, AbstractBaseUser, PermissionsMixin):
    class Status(models.TextChoices):
        ACTIVE = "active", "Can sign in"
        """Belongs, and may sign in."""
        SUSPENDED = "suspended", "Suspended"
        """May not sign in for now, and is told nothing."""
        LEFT = "left", "Left"
        """Belongs no more. What they wrote stays theirs."""

    audit_kind = "person"

    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.ACTIVE,
        moves={
            Status.ACTIVE: {Status.SUSPENDED, Status.LEFT},
            Status.SUSPENDED: {Status.ACTIVE, Status.LEFT},
            Status.LEFT: {Status.ACTIVE},
        },
    )

    reference = models.CharField(max_length=12, unique=True)
    email = models.EmailField("e-mail address", unique=True)
    full_name = models.CharField(max_length=120)
    first_name = models.CharField("what people call you", max_length=60)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people", null=True, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    devices_ended_at = models.DateTimeField(null=True, blank=True, help_text="Devices remembered before count as new.")
    past_wall_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Until when they see a core member past his wall; each page shows the time left.",
    )
    left_by = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            one_of("status", ["active", "suspended", "left"], name="user_status_known"),
            models.CheckConstraint(
                condition=Q(status="active", is_active=True) | (~Q(status="active") & Q(is_active=False)),
                name="user_active_when_active",
            ),
            both_or_neither("left_at", "left_by", name="user_left_at_with_left_by"),
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("accounts:person", args=[self.reference])

    @cached_property
    def roles(self) -> frozenset[str]:
        """The names of this person's groups: roles and teams. Plain SQL, once a request, because every request asks."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM auth_group JOIN accounts_user_groups ON group_id = auth_group.id WHERE user_id = %s",
                [self.pk],
            )
            return frozenset(name for (name,) in cursor.fetchall())

    def has_role(self, role: Role) -> bool:
        """Whether this person has the role now. A superuser has no role by that."""
        return role.value in self.roles

    @property
    def works_for_an_agency(self) -> bool:
        """Whether this person has a role at an agency and a team. Without either they see nothing of its work."""
        names = {role.value for role in Role}
        has_team = bool(self.roles - names)
        return self.is_active and has_team and any(role.is_at_an_agency and self.has_role(role) for role in Role)

    @property
    def is_charity_staff_or_agency(self) -> bool:
        """Anybody but a volunteer."""
        return any(role.is_staff and self.has_role(role) for role in Role)

    def facts_of_a_move(self) -> list[str]:
        return ["is_active", "left_at", "left_by"]

    def tell_story(self, *, before: str, by: Any, at: datetime, note: str) -> None:
        """Write nothing: a person's moves are in the trail and in AccountEvent."""


auditlog.register(
    User,
    include_fields=["agency", "area", "status", "is_active", "is_superuser"],
    m2m_fields={"groups"},
)
