"""Proposal: something a second person must agree to.

It is an invitation to a leading role, a leading role for somebody who has an account, a leader's return, or a new way to
sign in for somebody who lost theirs.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from accounts.models.invitation import Invitation
from accounts.models.role import Role
from accounts.models.standing import AccountEvent, Change
from accounts.models.user import User
from core.constraints import both_or_neither, one_of

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

    def with_address_change(self) -> Self:
        """Add `address_changed_at`: when the address of the person last changed. A link to sign in anew would go there."""
        changes = AccountEvent.objects.filter(person=OuterRef("person"), change=Change.ADDRESS_CHANGED)
        return self.annotate(address_changed_at=Subquery(changes.order_by("-at").values("at")[:1]))


class Proposal(models.Model):
    """What was asked for, about an invitation that is not sent yet or about a person. Nothing happens until somebody agrees."""

    class Kind(models.TextChoices):
        JOIN = "join", "Joins"
        RETURN = "return", "Returns"
        ROLE = "role", "Gets a role"
        RECOVERY = "recovery", "Signs in anew"

    audit_kind = "proposal"

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="proposal", null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.JOIN)
    role = models.CharField(max_length=30, choices=Role, blank=True, help_text="The role that the person would get.")
    how_checked = models.TextField(blank=True, help_text="How whoever asked made sure that it is this person.")
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
            one_of("kind", ["join", "return", "role", "recovery"], name="proposal_kind_known"),
            one_of("role", ["", *Role.values], name="proposal_role_known"),
            models.CheckConstraint(
                condition=(Q(kind="join") & Q(person=None)) | (~Q(kind="join") & Q(invitation=None)),
                name="proposal_of_its_kind",
            ),
            models.CheckConstraint(
                condition=(Q(kind="role") & ~Q(role="")) | (~Q(kind="role") & Q(role="")),
                name="proposal_names_the_role",
            ),
            models.CheckConstraint(
                condition=(Q(kind="recovery") & ~Q(how_checked="")) | (~Q(kind="recovery") & Q(how_checked="")),
                name="proposal_says_how_checked",
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

    @property
    def sentence(self) -> str:
        """What would happen if somebody agreed."""
        if self.invitation is not None:
            return f"{self.whom} is to join as {self.invitation.get_role_display().lower()}"
        if self.kind == self.Kind.ROLE:
            return f"{self.whom} is to be {self.get_role_display().lower()}"
        if self.kind == self.Kind.RECOVERY:
            return f"{self.whom} has lost every way to sign in, and is to sign in anew"
        return f"{self.whom} is to return"


auditlog.register(Proposal, include_fields=["invitation", "person", "kind", "role", "agreed", "decided_at"])
