"""The agreement under which an area's agencies and the charity share information (domain.md 2.1)."""

from __future__ import annotations

from datetime import date
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Area, User
from accounts.models.role import Role
from circles.circle.models import Circle
from core.constraints import believable_days


class SharingAgreementQuerySet(models.QuerySet["SharingAgreement"]):
    def visible_to(self, user: User) -> Self:
        """Every agreement, for those who plan circles."""
        plans = (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD)
        return self if user.is_active and any(user.has_role(role) for role in plans) else self.none()

    def in_force(self, day: date) -> Self:
        """Agreements that are signed and whose review is not past."""
        return self.filter(signed_on__lte=day, review_on__gte=day)


class SharingAgreement(models.Model):
    audit_kind = "sharing agreement"

    reference = models.CharField(max_length=12, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    parties = models.CharField(max_length=300)
    version = models.CharField(max_length=20)
    signed_on = models.DateField()
    review_on = models.DateField(help_text="The last day it holds unless it is signed again.")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SharingAgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("signed_on", "review_on", name="sharing_agreement_days_believable"),
            models.CheckConstraint(condition=Q(review_on__gt=F("signed_on")), name="sharing_reviewed_after_signing"),
        ]

    def __str__(self) -> str:
        return self.reference


class SharingOverride(models.Model):
    """A manager's decision that one circle may meet without an agreement in force, with the reason."""

    circle = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="sharing_override")
    reason = models.CharField(max_length=300)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="sharing_override_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.circle.reference} sharing override"


auditlog.register(SharingAgreement, include_fields=["area", "version", "signed_on", "review_on"])
auditlog.register(SharingOverride, include_fields=["circle", "given_at", "given_by"])
