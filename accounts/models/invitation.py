"""Invitation: somebody may join with its link, or sign in anew, once, within 72 hours. Only a hash of its token is held."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models.agency import Agency, Area
from accounts.models.role import Role
from accounts.models.user import User
from core.constraints import both_or_neither, one_of

LASTS = timedelta(hours=72)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User) -> Self:
        """The invitations this person sent; for a manager, everybody's."""
        if not user.is_active:
            return self.none()
        return self if user.has_role(Role.MANAGER) else self.filter(invited_by=user)

    def open(self, at: datetime) -> Self:
        """Invitations that are not used, not taken back, not too old and not refused by a second person."""
        refused = Q(proposal__isnull=False, proposal__agreed=False)
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at).exclude(refused)

    def usable(self, at: datetime) -> Self:
        """Open invitations that wait for no second person: their links let somebody in."""
        return self.open(at).filter(Q(proposal=None) | Q(proposal__agreed=True))


class Invitation(models.Model):
    audit_kind = "invitation"

    email = models.EmailField("e-mail address")
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=30, choices=Role, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        help_text="The account that it opens anew. Empty for somebody who joins.",
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("role", ["", *Role.values], name="invitation_role_known"),
            models.CheckConstraint(
                condition=(Q(person=None) & ~Q(role="")) | (Q(person__isnull=False) & Q(role="")),
                name="invitation_to_a_role_or_an_account",
            ),
            both_or_neither(
                "accepted_at",
                "accepted_by",
                name="invitation_accepted_at_with_accepted_by",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="invitation_ends"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def waits(self) -> bool:
        """Whether a second person must still agree before it is sent."""
        proposal = getattr(self, "proposal", None)
        return proposal is not None and not proposal.agreed

    @property
    def reference(self) -> str:
        """The invitation's name in the trail."""
        return f"I-{self.pk}"


auditlog.register(
    Invitation, include_fields=["role", "person", "agency", "area", "expires_at", "withdrawn_at", "accepted_at"]
)
