"""Proposals to end a concern without anything done: a second person must agree (domain.md 7.6)."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q

from concerns.concern.models import Concern
from core.constraints import both_or_neither, one_of


class Ending(models.TextChoices):
    """What one person proposes and another agrees to."""

    RAISED_IN_ERROR = "raised_in_error", "It was raised in error"
    NO_ACTION = "no_action", "No action is needed"


class EndProposalQuerySet(models.QuerySet["EndProposal"]):
    def waiting(self) -> Self:
        """Proposals that nobody has decided, and whose concerns have not changed since."""
        return self.filter(decided_at=None, lapsed_at=None)


class EndProposal(models.Model):
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="end_proposals")
    ending = models.CharField(max_length=20, choices=Ending)
    reason = models.TextField(validators=[MaxLengthValidator(1000)])
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    agreed = models.BooleanField(default=False)
    lapsed_at = models.DateTimeField(
        null=True, help_text="When the concern changed, so that nobody can agree any more."
    )

    objects = EndProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("ending", Ending.values, name="end_proposal_ending_known"),
            both_or_neither("decided_at", "decided_by", name="end_proposal_decided_by_someone"),
            models.CheckConstraint(
                condition=Q(agreed=False) | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="end_proposal_needs_two_people",
            ),
            models.UniqueConstraint(
                fields=["concern"],
                condition=Q(decided_at=None, lapsed_at=None),
                name="end_proposal_one_waiting_a_concern",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(lapsed_at=None), name="end_proposal_decided_or_lapsed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concern.reference} proposal {self.pk}"


auditlog.register(EndProposal, include_fields=["concern", "ending", "agreed", "decided_by", "lapsed_at"])
