"""The circle’s agreement, who signed it, and the briefing of its volunteers."""

from __future__ import annotations

from datetime import date
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from circles.circle.models import Circle, visible_circles_of
from core.constraints import believable_days, one_of


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User) -> Self:
        """Everybody who can sign in sees the text: it says nothing about any person."""
        return self if user.is_active else self.none()

    def in_force(self, day: date) -> Agreement | None:
        """The newest version published by that day."""
        return self.filter(published_on__lte=day).order_by("-version").first()


class Agreement(models.Model):
    audit_kind = "agreement"

    version = models.PositiveIntegerField(unique=True)
    words = models.TextField("the agreement")
    published_on = models.DateField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [believable_days("published_on", name="agreement_days_believable")]

    def __str__(self) -> str:
        return f"agreement {self.version}"

    @property
    def reference(self) -> str:
        return f"AGR-{self.version}"


class SignatureQuerySet(models.QuerySet["Signature"]):
    def visible_to(self, user: User) -> Self:
        """Signatures in the circles this person may see."""
        return self.filter(circle__in=visible_circles_of(user))


class Signature(models.Model):
    """A signature under one version: of a volunteer, the coordinator, or the core member, who signs on paper."""

    class As(models.TextChoices):
        VOLUNTEER = "volunteer", "Volunteer"
        COORDINATOR = "coordinator", "Coordinator"
        CORE_MEMBER = "core_member", "Core member"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="signatures")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    signed_as = models.CharField(max_length=20, choices=As)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    signed_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("signed_on", name="signature_days_believable"),
            one_of("signed_as", ["volunteer", "coordinator", "core_member"], name="signature_as_known"),
            models.CheckConstraint(
                condition=Q(signed_as="core_member", person=None)
                | (~Q(signed_as="core_member") & Q(person__isnull=False)),
                name="signature_names_all_but_the_core_member",
            ),
            models.UniqueConstraint(
                fields=["circle", "agreement", "signed_as", "person"], nulls_distinct=False, name="signature_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle.reference} signature {self.pk}"


auditlog.register(Agreement, include_fields=["version", "published_on", "published_by"])


auditlog.register(Signature, include_fields=["circle", "agreement", "signed_as", "person", "signed_on"])


class Briefing(models.Model):
    """The briefing of the volunteers by police and probation, before they first meet him (domain.md 1.4 step 8)."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="briefings")
    held_on = models.DateField()
    attendees = models.CharField("who was there", max_length=300)
    topics = models.CharField("what was covered", max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            believable_days("held_on", name="briefing_days_believable"),
            models.CheckConstraint(condition=~Q(attendees="") & ~Q(topics=""), name="briefing_says_who_and_what"),
        ]

    def __str__(self) -> str:
        return f"{self.circle.reference} briefing {self.pk}"


auditlog.register(Briefing, include_fields=["circle", "held_on", "recorded_by"])
