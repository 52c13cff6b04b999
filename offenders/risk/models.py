"""What assessments say of his risk, and what is known of it: needs, treatment, warning signs, plan (domain.md 1.5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from accounts.models import User
from core.constraints import believable_days, both_or_neither, one_of
from offenders.core_member.models import CoreMember

REVIEW_AHEAD = timedelta(days=28)
"""Agencies need four weeks to review an assessment."""


class Band(models.IntegerChoices):
    """The result of a tool. A higher number is a higher risk."""

    LOW = 1, "Low"
    MEDIUM = 2, "Medium"
    HIGH = 3, "High"
    VERY_HIGH = 4, "Very high"


class RiskAssessmentQuerySet(models.QuerySet["RiskAssessment"]):
    def visible_to(self, user: User) -> Self:
        """Assessments of the core members this person may see."""
        return self.filter(core_member__in=CoreMember.objects.visible_to(user).values("pk"))

    def current(self) -> Self:
        """The newest of each tool for each core member, without those written down by mistake."""
        newer = RiskAssessment.objects.filter(
            Q(assessed_on__gt=OuterRef("assessed_on")) | Q(assessed_on=OuterRef("assessed_on"), pk__gt=OuterRef("pk")),
            core_member=OuterRef("core_member"),
            tool=OuterRef("tool"),
            withdrawn_at=None,
        )
        return self.filter(~Exists(newer), withdrawn_at=None)

    def highest(self) -> Self:
        """Of the current ones the highest first: the first is what the badge shows. It decides nothing."""
        return self.current().order_by("-band", "-assessed_on", "-pk")


class RiskAssessment(models.Model):
    """One result of one tool, as somebody in an agency found it on a day. We write it down and never reckon it."""

    class Tool(models.TextChoices):
        OASYS = "oasys", "OASys risk of serious harm"
        OSP_DC = "osp_dc", "OSP/DC, direct contact"
        OSP_IIC = "osp_iic", "OSP/IIC, images and indirect contact"
        RM2000 = "rm2000", "RM2000"
        ARMS = "arms", "ARMS"
        SARA = "sara", "SARA"
        ASSET_PLUS = "asset_plus", "AssetPlus"
        STABLE_ACUTE = "stable_acute", "Stable and Acute"

    core_member = models.ForeignKey(CoreMember, on_delete=models.PROTECT, related_name="risk_assessments")
    tool = models.CharField(max_length=20, choices=Tool)
    band = models.PositiveSmallIntegerField("result", choices=Band)
    assessed_on = models.DateField()
    assessor = models.CharField("who assessed it", max_length=120, help_text="Their name and what they are.")
    review_on = models.DateField("to be reviewed by")
    told_by_referrer = models.BooleanField(
        default=False, help_text="Copied from the referral as the agency told it; nobody here has checked it."
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, help_text="When somebody said that it was written down by mistake.")
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = RiskAssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("assessed_on", "review_on", name="risk_assessment_days_believable"),
            one_of(
                "tool",
                ["oasys", "osp_dc", "osp_iic", "rm2000", "arms", "sara", "asset_plus", "stable_acute"],
                name="risk_assessment_tool_known",
            ),
            models.CheckConstraint(condition=Q(band__in=Band.values), name="risk_assessment_band_known"),
            models.CheckConstraint(
                condition=Q(review_on__gt=F("assessed_on")), name="risk_assessment_reviewed_after_it_is_made"
            ),
            models.CheckConstraint(condition=~Q(assessor=""), name="risk_assessment_by_somebody"),
            both_or_neither("withdrawn_at", "withdrawn_by", name="risk_assessment_withdrawn_at_with_withdrawn_by"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="risk_assessment_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.core_member.reference} assessment {self.pk}"


def badge_columns() -> dict[str, Subquery]:
    """Columns for a query of core members: the highest current band, and the day by which one is to be reviewed."""
    his = RiskAssessment.objects.filter(core_member=OuterRef("pk"))
    return {
        "risk_band": Subquery(his.highest().values("band")[:1]),
        "risk_review_on": Subquery(his.current().order_by("review_on").values("review_on")[:1]),
    }


class RiskNoteQuerySet(models.QuerySet["RiskNote"]):
    def visible_to(self, user: User) -> Self:
        """Notes about the core members this person may see."""
        return self.filter(core_member__in=CoreMember.objects.visible_to(user).values("pk"))


class RiskNote(models.Model):
    """One version of what is known under one heading. A new version is a new row; the newest holds."""

    class Heading(models.TextChoices):
        NEEDS = "needs", "Needs"
        TREATMENT = "treatment", "Treatment"
        WARNING_SIGNS = "warning_signs", "Warning signs"
        RELAPSE_PLAN = "relapse_plan", "Relapse-prevention plan"

    core_member = models.ForeignKey(CoreMember, on_delete=models.PROTECT, related_name="risk_notes")
    heading = models.CharField(max_length=20, choices=Heading)
    words = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = RiskNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("heading", ["needs", "treatment", "warning_signs", "relapse_plan"], name="risk_note_heading_known"),
            models.CheckConstraint(condition=~Q(words=""), name="risk_note_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.core_member.reference} {self.heading} {self.pk}"


auditlog.register(
    RiskAssessment, include_fields=["core_member", "tool", "band", "assessed_on", "review_on", "withdrawn_by"]
)
auditlog.register(RiskNote, include_fields=["core_member", "heading", "written_by"])
