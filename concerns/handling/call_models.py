"""Telephone calls about a concern, and reports that somebody made to an agency themselves."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from concerns.choices import ReportedTo, Whom
from concerns.concern.models import Concern
from core.constraints import believable_moments, one_of


class VoiceCallQuerySet(models.QuerySet["VoiceCall"]):
    def visible_to(self, user: User) -> Self:
        """Those of the concerns a person may see."""
        return self.filter(concern__in=Concern.objects.visible_to(user).values("pk"))


class OwnReportQuerySet(models.QuerySet["OwnReport"]):
    def visible_to(self, user: User) -> Self:
        """Those of the concerns a person may see."""
        return self.filter(concern__in=Concern.objects.visible_to(user).values("pk"))


class VoiceCall(models.Model):
    """One telephone call about a concern, as told by the person who made it."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="calls")
    whom = models.CharField(max_length=20, choices=Whom)
    telephoned_at = models.DateTimeField()
    reached = models.BooleanField(help_text="Somebody answered.")
    note = models.TextField("What they said", blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = VoiceCallQuerySet.as_manager()

    class Meta:
        ordering = ["telephoned_at", "pk"]
        constraints = [
            believable_moments("telephoned_at", name="voice_call_moments_believable"),
            one_of("whom", Whom.values, name="call_whom_known"),
            models.CheckConstraint(condition=Q(telephoned_at__lte=F("recorded_at")), name="call_recorded_afterwards"),
        ]

    def __str__(self) -> str:
        return f"{self.concern.reference} call {self.pk}"


class OwnReport(models.Model):
    """One report that somebody made to an agency themselves, and the reference that agency gave."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="own_reports")
    to = models.CharField(max_length=20, choices=ReportedTo)
    number = models.CharField("The number they gave", max_length=60, blank=True)
    reported_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OwnReportQuerySet.as_manager()

    class Meta:
        ordering = ["reported_at", "pk"]
        constraints = [
            believable_moments("reported_at", name="own_report_moments_believable"),
            one_of("to", ReportedTo.values, name="own_report_to_known"),
            models.CheckConstraint(
                condition=Q(reported_at__lte=F("recorded_at")), name="own_report_recorded_afterwards"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concern.reference} own report {self.pk}"


auditlog.register(VoiceCall, include_fields=["concern", "whom", "telephoned_at", "reached", "recorded_by"])
auditlog.register(OwnReport, include_fields=["concern", "to", "reported_at", "recorded_by"])
