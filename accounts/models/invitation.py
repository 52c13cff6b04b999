"""An invitation to sign in: single use, hashed, and dead after 72 hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import F, Q

from accounts.models.agency import Agency, Area
from accounts.models.role import Role
from core.constraints import both_or_neither, one_of

LASTS = timedelta(hours=72)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        """Those this person sent."""
        return self.filter(invited_by=user.pk) if user.is_active else self.none()

    def usable(self, at: datetime) -> Self:
        """Neither used nor past its time."""
        return self.filter(accepted_at=None, expires_at__gt=at)


class Invitation(models.Model):
    email = models.EmailField("e-mail address")
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=30, choices=Role)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("role", Role.values, name="invitation_role_known"),
            both_or_neither(
                "accepted_at",
                "accepted_by",
                name="invitation_accepted_at_with_accepted_by",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="invitation_ends"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


auditlog.register(Invitation, include_fields=["role", "agency", "area", "expires_at", "accepted_at"])
