"""Leave, and the deputy who covers: from its start to its end the deputy gets the alerts and sees what they are about."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.models.role import Role
from core.constraints import believable_moments, both_or_neither


class LeaveQuerySet(models.QuerySet["Leave"]):
    def visible_to(self, user: User) -> Self:
        """This person's own leave and the leave they cover; a manager sees everybody's."""
        if not user.is_active:
            return self.none()
        return self if user.has_role(Role.MANAGER) else self.filter(Q(person=user) | Q(deputy=user))

    def not_cancelled(self) -> Self:
        """Leave that was not cancelled."""
        return self.filter(cancelled_at=None)

    def within(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Leave of which any part lies between two moments."""
        return self.not_cancelled().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class Leave(models.Model):
    audit_kind = "leave"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leave")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covers", null=True, blank=True
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_moments("starts_at", "ends_at", "planned_at", name="leave_moments_believable"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="leave_ends_after_start"),
            models.CheckConstraint(condition=Q(deputy=None) | ~Q(deputy=F("person")), name="leave_covered_by_another"),
            both_or_neither("cancelled_at", "cancelled_by", name="leave_cancelled_by_someone"),
        ]
        indexes = [
            models.Index(fields=["ends_at"], condition=Q(cancelled_at=None), name="leave_standing"),
        ]

    def __str__(self) -> str:
        return f"leave {self.pk}"


auditlog.register(Leave, include_fields=["person", "deputy", "starts_at", "ends_at", "cancelled_at"])
