"""The volunteer, and whether they may be placed in a circle now."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models import User
from accounts.models.role import Role
from core.constraints import one_of
from core.lifecycle import Lifecycle
from core.records import Moving

SEES_EVERY_VOLUNTEER = (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD)


class VolunteerQuerySet(models.QuerySet["Volunteer"]):
    def visible_to(self, user: User) -> Self:
        """One's own file; every volunteer for coordinators, managers and safeguarding leads."""
        if not user.is_active:
            return self.none()
        if any(user.has_role(role) for role in SEES_EVERY_VOLUNTEER):
            return self
        return self.filter(user=user)

    def assignable(self) -> Self:
        """Volunteers who may be placed in a circle: approved, not paused, and able to sign in."""
        return self.filter(status__in=[Volunteer.Status.WAITING, Volunteer.Status.ACTIVE], user__is_active=True)


class Volunteer(Moving):
    class Status(models.TextChoices):
        WAITING = "waiting", "Approved, waiting for a circle"
        ACTIVE = "active", "In a circle"
        PAUSED = "paused", "Paused"
        LEFT = "left", "Left"

    audit_kind = "volunteer"

    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.WAITING,
        moves={
            Status.WAITING: {Status.ACTIVE, Status.PAUSED, Status.LEFT},
            Status.ACTIVE: {Status.WAITING, Status.PAUSED, Status.LEFT},
            Status.PAUSED: {Status.WAITING, Status.ACTIVE, Status.LEFT},
            Status.LEFT: {Status.WAITING},
        },
    )

    reference = models.CharField(max_length=12, unique=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="volunteer")
    status = models.CharField(max_length=20, choices=Status, default=Status.WAITING)
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        constraints = [one_of("status", ["waiting", "active", "paused", "left"], name="volunteer_status_known")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("volunteers:volunteer", args=[self.reference])

    @property
    def assignable(self) -> bool:
        return self.status in {self.Status.WAITING, self.Status.ACTIVE} and self.user.is_active


auditlog.register(Volunteer, include_fields=["user", "status"])
