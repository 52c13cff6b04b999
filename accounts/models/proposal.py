"""Proposal: something a second person must agree to. It is an invitation to a leading role, or a leader's return."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models.invitation import Invitation
from accounts.models.role import Role
from accounts.models.user import User
from core.constraints import both_or_neither

WAITS = timedelta(days=7)
"""After this time a proposal lapses: nothing happens, and somebody must ask again."""

AGREES = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR)
"""The roles that may be the second person."""


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User) -> Self:
        """All proposals for those who may agree; for others, their own. Never a proposal about oneself."""
        if not user.is_active:
            return self.none()
        others = self.exclude(person=user.pk)
        return others if any(user.has_role(role) for role in AGREES) else others.filter(asked_by=user)

    def waiting(self, at: datetime) -> Self:
        """Proposals that are neither decided nor lapsed."""
        return self.filter(decided_at=None, lapses_at__gt=at)


class Proposal(models.Model):
    """An invitation that is not sent yet, or a person who wants to return. Nothing happens until somebody agrees."""

    audit_kind = "proposal"

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="proposal", null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lapses_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(invitation=None, person__isnull=False) | Q(invitation__isnull=False, person=None),
                name="proposal_about_one_thing",
            ),
            both_or_neither("decided_at", "decided_by", name="proposal_decided_by_someone"),
            both_or_neither("decided_at", "agreed", name="proposal_decided_one_way"),
            models.CheckConstraint(
                condition=Q(agreed=None) | Q(agreed=False) | ~Q(decided_by=F("asked_by")),
                name="proposal_needs_two_people",
            ),
            models.CheckConstraint(
                condition=Q(agreed=None) | Q(agreed=False) | Q(person=None) | ~Q(decided_by=F("person")),
                name="proposal_not_agreed_by_whom_it_is_about",
            ),
            models.CheckConstraint(condition=Q(lapses_at__gt=F("asked_at")), name="proposal_lapses"),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    @property
    def whom(self) -> str:
        """The full name of the person it is about."""
        if self.invitation is not None:
            return self.invitation.full_name
        return self.person.full_name if self.person is not None else ""


auditlog.register(Proposal, include_fields=["invitation", "person", "agreed", "decided_at"])
