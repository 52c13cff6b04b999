"""Meeting places, and the place that a circle has chosen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.models.role import Role
from circles.circle.models import Circle
from core.constraints import believable_days, both_or_neither
from offenders.restriction.models import DISTRICT

WARNED_BEFORE = timedelta(days=30)
"""The coordinator is reminded of a risk assessment this long before it runs out (domain.md 1.4 step 7)."""


class VenueQuerySet(models.QuerySet["Venue"]):
    def visible_to(self, user: User) -> Self:
        """Every place for managers and safeguarding leads; for a coordinator their own, and where their circles meet.

        `VenueAccess` decides what each of them reads about it.
        """
        if not user.is_active:
            return self.none()
        if user.has_role(Role.MANAGER) or user.has_role(Role.SAFEGUARDING_LEAD):
            return self
        if not user.has_role(Role.COORDINATOR):
            return self.none()
        circles = apps.get_model("circles", "Circle").objects.coordinated_by(user.pk).exclude(venue=None)
        return self.filter(Q(coordinator=user) | Q(pk__in=circles.values("venue")))

    def running_out(self, day: date) -> Self:
        """Places whose risk assessment ends within thirty days, or has ended."""
        return self.filter(Q(assessed_until=None) | Q(assessed_until__lte=day + WARNED_BEFORE))


class Venue(models.Model):
    audit_kind = "venue"

    reference = models.CharField(max_length=12, unique=True)
    place_code = models.CharField(
        "code", max_length=8, unique=True, help_text="What everybody calls it, such as ELM. Never an address."
    )
    address = models.CharField(max_length=200)
    district = models.CharField("postcode district", max_length=4, help_text="The first part of the postcode.")
    contact = models.CharField("who to ask there", max_length=120, blank=True)
    children_on_site = models.BooleanField(default=False)
    internet_on_site = models.BooleanField(default=False, help_text="Computers or Wi-Fi that anybody there may use.")
    lone_worker_plan = models.CharField("plan for whoever is there alone", max_length=300, blank=True)
    assessed_on = models.DateField("risk assessment made on", null=True)
    assessed_until = models.DateField("risk assessment good until", null=True, help_text="The last day it holds.")
    coordinator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = VenueQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("assessed_on", "assessed_until", name="venue_days_believable"),
            both_or_neither("assessed_on", "assessed_until", name="venue_assessed_on_with_until"),
            models.CheckConstraint(
                condition=Q(assessed_on=None) | Q(assessed_until__gt=F("assessed_on")),
                name="venue_assessment_ends_after_it_is_made",
            ),
            models.CheckConstraint(condition=Q(district__regex=f"^{DISTRICT.pattern}$"), name="venue_district_is_one"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("circles:venue", args=[self.reference])

    def is_assessed_on(self, day: date) -> bool:
        if self.assessed_on is None or self.assessed_until is None:
            return False
        return self.assessed_on <= day <= self.assessed_until


auditlog.register(
    Venue,
    include_fields=[
        "place_code",
        "children_on_site",
        "internet_on_site",
        "assessed_on",
        "assessed_until",
        "coordinator",
    ],
)


class VenueChoice(models.Model):
    """A circle's choice of a place, with the coordinator's reason if a restriction speaks against it."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="venue_choices")
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="choices")
    answer = models.CharField("why it is right all the same", max_length=300, blank=True)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.circle.reference} at {self.venue.reference}"


auditlog.register(VenueChoice, include_fields=["circle", "venue", "chosen_at", "chosen_by"])
