"""Agencies, for which people work, and the 42 MAPPA areas, in which they work."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.db import models

from core.constraints import one_of


class AreaQuerySet(models.QuerySet["Area"]):
    def worked_in(self) -> Self:
        """The areas in which this provider runs circles, by name."""
        return self.filter(is_worked_in=True).order_by("name")


class Area(models.Model):
    """A MAPPA area of England and Wales; the list is fixed (domain.md 2.1). The provider works in some of them."""

    audit_kind = "area"

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    police_force = models.CharField(max_length=80)
    probation_region = models.CharField(max_length=60)
    is_worked_in = models.BooleanField(default=False)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """What the trail calls it."""
        return self.code


class Agency(models.Model):
    class Kind(models.TextChoices):
        PROVIDER = "provider", "Circle provider"
        POLICE = "police", "Police"
        PROBATION = "probation", "Probation"
        PRISON = "prison", "Prison"
        YOUTH_JUSTICE = "youth_justice", "Youth justice"
        MENTAL_HEALTH = "mental_health", "Mental health"
        MAPPA_UNIT = "mappa_unit", "MAPPA unit"
        OTHER = "other", "Other"

    audit_kind = "agency"

    reference = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            one_of(
                "kind",
                [
                    "provider",
                    "police",
                    "probation",
                    "prison",
                    "youth_justice",
                    "mental_health",
                    "mappa_unit",
                    "other",
                ],
                name="agency_kind_known",
            )
        ]

    def __str__(self) -> str:
        return self.reference


auditlog.register(Area)
auditlog.register(Agency, include_fields=["kind"])
