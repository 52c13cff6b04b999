"""ReferralDocument: which papers about him are expected, had, or do not exist. The papers themselves stay outside."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core.constraints import believable_days, one_of
from offenders.referral.models import Referral


class DocumentKind(models.TextChoices):
    OASYS = "oasys", "OASys or AssetPlus"
    ACTUARIAL = "actuarial", "OSP or RM2000 result"
    ARMS = "arms", "ARMS assessment"
    CONVICTION = "conviction", "Record of convictions"
    ORDER = "order", "Licence or order, with its conditions"
    PLAN = "plan", "Relapse-prevention or “New Me” plan"
    REPORT = "report", "Report of a treatment programme"


EXPECTED = (DocumentKind.OASYS, DocumentKind.ACTUARIAL, DocumentKind.ARMS, DocumentKind.CONVICTION, DocumentKind.ORDER)
"""What every referral should come with (domain.md 1.4, step 2), unless there is none of him."""


class Marking(models.TextChoices):
    OFFICIAL = "official", "OFFICIAL"
    SENSITIVE = "sensitive", "OFFICIAL-SENSITIVE"
    SECRET = "secret", "SECRET"


class ReferralDocumentQuerySet(models.QuerySet["ReferralDocument"]):
    def visible_to(self, user: User) -> Self:
        """The list of papers of the referrals this person may see."""
        return self.filter(referral__in=Referral.objects.visible_to(user).values("pk"))


class ReferralDocument(models.Model):
    """One line of the checklist: had on a day, or none exists."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    has_none = models.BooleanField(default=False)
    had_on = models.DateField(null=True)
    dated = models.DateField(null=True)
    supplied_by = models.CharField(max_length=120, blank=True)
    owner_agency = models.CharField(max_length=120, blank=True)
    marking = models.CharField(max_length=20, choices=Marking, blank=True)
    not_onward = models.BooleanField(default=False)
    return_on = models.DateField(null=True)
    returned_on = models.DateField(null=True, help_text="The day it was given back or destroyed.")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ReferralDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("had_on", "dated", "return_on", "returned_on", name="referral_document_days_believable"),
            one_of("kind", DocumentKind.values, name="referral_document_kind_known"),
            one_of("marking", ["", *Marking.values], name="referral_document_marking_known"),
            models.UniqueConstraint(fields=["referral", "kind"], name="referral_document_once_a_kind"),
            models.CheckConstraint(
                condition=Q(has_none=True, had_on=None) | Q(has_none=False, had_on__isnull=False),
                name="referral_document_had_or_none",
            ),
            models.CheckConstraint(
                condition=Q(returned_on=None) | Q(returned_on__gte=F("had_on")),
                name="referral_document_returned_after_it_was_had",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral.reference} {self.kind}"


auditlog.register(
    ReferralDocument,
    include_fields=["referral", "kind", "has_none", "had_on", "marking", "not_onward", "return_on", "returned_on"],
)
