"""Volunteer: one volunteer's file, and whether they may be placed in a circle on a day."""

from __future__ import annotations

from datetime import date
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models import User
from accounts.models.role import Role
from core.constraints import believable_days, one_of
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

    def may_be_placed_on(self, day: date) -> Self:
        """Volunteers who may be placed that day: approved, not paused, checked, trained, agreed, able to sign in.

        Nobody can set this aside (domain.md 1.11; 10, rule 5).
        """
        return self.filter(
            status__in=[Volunteer.Status.WAITING, Volunteer.Status.ACTIVE],
            user__is_active=True,
            checked_until__gte=day,
            trained_on__lte=day,
            agreed_on__lte=day,
        )


class Volunteer(Moving):
    class Status(models.TextChoices):
        WAITING = "waiting", "Approved, waiting for a circle"
        """Belongs to no circle."""
        ACTIVE = "active", "In a circle"
        """Belongs to a circle."""
        PAUSED = "paused", "Paused"
        """Joins no circle for now; stays in one they are in."""
        LEFT = "left", "Left"
        """Volunteers no more."""

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
    checked_until = models.DateField(
        "criminal-record check good until", null=True, help_text="The last day it holds. The certificate is not kept."
    )
    trained_on = models.DateField("core training passed on", null=True)
    agreed_on = models.DateField("volunteer agreement signed on", null=True)

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("checked_until", "trained_on", "agreed_on", name="volunteer_days_believable"),
            one_of("status", ["waiting", "active", "paused", "left"], name="volunteer_status_known"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("volunteers:volunteer", args=[self.reference])

    def reasons_not_to_place_on(self, day: date) -> list[str]:
        """A sentence for each thing that keeps them from being placed that day; empty when they may be."""
        name = self.user.first_name
        reasons = [] if self.user.is_active else [f"{name} cannot sign in"]
        if self.status == self.Status.PAUSED:
            reasons.append(f"{name} is paused")
        if self.status == self.Status.LEFT:
            reasons.append(f"{name} has left")
        if self.checked_until is None or self.checked_until < day:
            reasons.append(
                f"{name}’s criminal-record check has run out" if self.checked_until else f"{name} has no check"
            )
        if self.trained_on is None or self.trained_on > day:
            reasons.append(f"{name} has not passed the core training")
        if self.agreed_on is None or self.agreed_on > day:
            reasons.append(f"{name} has not signed the volunteer agreement")
        return reasons

    def may_be_placed_on(self, day: date) -> bool:
        return not self.reasons_not_to_place_on(day)


auditlog.register(Volunteer, include_fields=["user", "status", "checked_until", "trained_on", "agreed_on"])
