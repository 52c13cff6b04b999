"""VolunteerRisk: what one of two people thinks of the risk to volunteers. Volunteers’ briefing draws on nothing here."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q

from accounts.models import User
from core.constraints import one_of
from offenders.referral.models import LONGEST, Referral


class VolunteerRiskQuerySet(models.QuerySet["VolunteerRisk"]):
    def visible_to(self, user: User) -> Self:
        """For whoever coordinates the referral, managers and safeguarding leads. A panel member does not see it."""
        return self.filter(referral__in=Referral.objects.visible_to(user).values("pk"))


class VolunteerRisk(models.Model):
    class Rating(models.TextChoices):
        LOW = "low", "Low"
        MEDIUM = "medium", "Medium"
        HIGH = "high", "High"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="volunteer_risks")
    rating = models.CharField(max_length=10, choices=Rating)
    words = models.TextField("what it rests on", validators=[MaxLengthValidator(LONGEST)])
    measures = models.TextField("what would keep volunteers safe", blank=True, validators=[MaxLengthValidator(LONGEST)])
    assessed_at = models.DateTimeField()
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = VolunteerRiskQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("rating", ["low", "medium", "high"], name="volunteer_risk_rating_known"),
            models.UniqueConstraint(fields=["referral", "assessed_by"], name="volunteer_risk_once_a_person"),
            models.CheckConstraint(condition=~Q(words=""), name="volunteer_risk_says_something"),
        ]

    def __str__(self) -> str:
        return f"volunteer risk {self.pk}"


auditlog.register(VolunteerRisk, include_fields=["referral", "assessed_by"])
