"""The core member: a reference, and how MAPPA manages him. No name is kept here."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Agency, User
from accounts.models.role import Role
from alerts.leave.cover import COVERED_AS_COORDINATOR
from core.constraints import believable_days, both_or_neither, one_of
from core.lifecycle import Lifecycle
from core.records import Moving
from core.references import ALPHABET
from offenders.core_member.wall_models import not_walled_off

REFERENCE = rf"^([A-Z]{{2}}-[0-9]{{4}}-[A-Z]|CM-[{ALPHABET}]{{5,9}})$"
"""Two letters, four figures and a letter, as agencies write them; or one of ours. No name fits into either."""


class Category(models.IntegerChoices):
    """MAPPA category; a case falls in exactly one (domain.md 2.2; Criminal Justice Act 2003 s.325)."""

    REGISTERED = 1, "Category 1: subject to notification requirements"
    VIOLENT_OR_OTHER = 2, "Category 2: violence or another sexual offence"
    OTHER_DANGEROUS = 3, "Category 3: dangerous in another way"
    TERRORIST = 4, "Category 4: terrorism or terrorist risk"


class ManagementLevel(models.IntegerChoices):
    """How MAPPA manages the case (domain.md 2.2)."""

    ORDINARY = 1, "Level 1: one agency leads, others share"
    ACTIVE = 2, "Level 2: regular multi-agency meetings"
    SENIOR = 3, "Level 3: meetings of senior managers"


class LeadAgency(models.TextChoices):
    """The agency that leads; exactly one at a time (domain.md 2.1)."""

    POLICE = "police", "Police"
    PROBATION = "probation", "Probation"
    YOUTH_JUSTICE = "youth_justice", "Youth justice"
    MENTAL_HEALTH = "mental_health", "Mental health"


class CoreMemberQuerySet(models.QuerySet["CoreMember"]):
    def visible_to(self, user: User) -> Self:
        """Those that this person's roles give, without those whose wall keeps this person out."""
        return self.given_by_roles(user).filter(not_walled_off(user.pk))

    def given_by_roles(self, user: User) -> Self:
        """Core members this person coordinates or covers; all of them for managers and safeguarding leads."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.MANAGER) or user.has_role(Role.SAFEGUARDING_LEAD):
            return self
        return self.filter(Q(coordinator=user) | Q(coordinator__in=COVERED_AS_COORDINATOR(user.pk)))


class CoreMember(Moving):
    class Status(models.TextChoices):
        ACCEPTED = "accepted", "Accepted, waiting for a circle"
        """He may have a circle and has none."""
        IN_CIRCLE = "in_circle", "In a circle"
        """A circle of his is open."""
        FOLLOW_UP = "follow_up", "Circle ended, followed up"
        """His circle is over; what became of him is asked at set times."""

    audit_kind = "core member"

    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.ACCEPTED,
        moves={
            Status.ACCEPTED: {Status.IN_CIRCLE},
            Status.IN_CIRCLE: {Status.FOLLOW_UP},
            Status.FOLLOW_UP: {Status.IN_CIRCLE},
        },
    )

    reference = models.CharField(max_length=12, unique=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACCEPTED)
    category = models.PositiveSmallIntegerField("MAPPA category", choices=Category)
    level = models.PositiveSmallIntegerField("MAPPA level", choices=ManagementLevel)
    lead_agency = models.CharField(max_length=20, choices=LeadAgency)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="The team that manages him, such as a police public-protection unit.",
    )
    practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="The named practitioner in the lead agency, told first.",
    )
    deputy_practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Stands in for the named practitioner, and is told with them.",
    )
    next_mappa_meeting_on = models.DateField(null=True, blank=True)
    restrictions_verified_at = models.DateTimeField(null=True, blank=True)
    restrictions_verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    coordinator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    identity = models.OneToOneField(
        "offenders.Identity",
        on_delete=models.PROTECT,
        related_name="core_member",
        null=True,
        help_text="Who he is, sealed; empty until somebody has written it down.",
    )
    from_before = models.CharField(
        max_length=300,
        blank=True,
        help_text="Why no referral is here: he was with the charity before this service. Empty for everybody else.",
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = CoreMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reference__regex=REFERENCE), name="core_member_reference_is_no_name"),
            both_or_neither(
                "restrictions_verified_at",
                "restrictions_verified_by",
                name="core_member_restrictions_verified_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(deputy_practitioner=None)
                | (Q(practitioner__isnull=False) & ~Q(deputy_practitioner=F("practitioner"))),
                name="core_member_deputy_of_another",
            ),
            believable_days("next_mappa_meeting_on", name="core_member_days_believable"),
            one_of("status", ["accepted", "in_circle", "follow_up"], name="core_member_status_known"),
            one_of("lead_agency", LeadAgency.values, name="core_member_lead_agency_known"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="core_member_category_known"),
            models.CheckConstraint(condition=Q(level__in=ManagementLevel.values), name="core_member_level_known"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("offenders:core_member", args=[self.reference])


auditlog.register(
    CoreMember,
    include_fields=[
        "status",
        "category",
        "level",
        "lead_agency",
        "area",
        "agency",
        "practitioner",
        "deputy_practitioner",
        "next_mappa_meeting_on",
        "restrictions_verified_at",
        "coordinator",
    ],
)
