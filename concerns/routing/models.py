"""Routing rules: who is told of which concern. The first rule that fits decides (domain.md 2.6).

Rules stand in versions. A version needs two people, and is never changed once in force. A rule can only tell more
people: Immediate and Urgent go to the queue at once whatever a rule says.
"""

from __future__ import annotations

from datetime import datetime
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Area, User
from concerns.choices import Kind, Level
from concerns.queue.models import Queue
from core.constraints import both_or_neither, one_of
from core.lifecycle import Lifecycle
from core.records import Moving
from offenders.core_member.models import LeadAgency


class Route(models.TextChoices):
    """How a concern reaches the queue."""

    AT_ONCE = "at_once", "the coordinator and the queue, at once"
    IN_TURN = "in_turn", "the coordinator; the queue if nobody has it by half the time"


class OrderStatus(models.TextChoices):
    """Whether the core member is on licence or under an order when the concern is raised."""

    LICENCE = "licence", "on licence"
    ORDER = "order", "under an order"
    NONE = "none", "neither on licence nor under an order"


class RoutingVersionQuerySet(models.QuerySet["RoutingVersion"]):
    def visible_to(self, user: User) -> Self:
        """All versions: the rules are no secret. An act decides who may open their pages."""
        return self if user.is_active else self.none()

    def in_force(self, at: datetime) -> RoutingVersion | None:
        """The version by which new concerns are routed; None where there is none."""
        return self.filter(status="in_force", in_force_from__lte=at).order_by("-in_force_from", "-number").first()


class RoutingVersion(Moving):
    class Status(models.TextChoices):
        DRAFT = "draft", "Being written"
        """Somebody changes a copy of the rules; nothing is routed by it."""
        PROPOSED = "proposed", "Waiting for a second person"
        """Whole, and a second person is to agree."""
        IN_FORCE = "in_force", "In force, or was"
        """Concerns raised from then on go by it, until a later version is in force."""
        DECLINED = "declined", "Not agreed"
        """Thrown away, and kept as it was."""

    audit_kind = "routing"
    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.DRAFT,
        moves={
            Status.DRAFT: {Status.PROPOSED, Status.DECLINED},
            Status.PROPOSED: {Status.IN_FORCE, Status.DECLINED},
        },
    )

    reference = models.CharField(max_length=12, unique=True)
    number = models.PositiveIntegerField(unique=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    why = models.CharField(max_length=300, blank=True)
    in_force_from = models.DateTimeField(null=True)
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = RoutingVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("status", ["draft", "proposed", "in_force", "declined"], name="routing_status_known"),
            both_or_neither("proposed_at", "proposed_by", name="routing_proposed_by_someone"),
            models.CheckConstraint(
                condition=Q(proposed_by=None) | ~Q(proposed_by=F("approved_by")), name="routing_needs_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(status="in_force") | Q(in_force_from__isnull=False), name="routing_in_force_from_a_moment"
            ),
            models.UniqueConstraint(fields=["status"], condition=Q(status__in=["draft"]), name="routing_one_draft"),
        ]

    def __str__(self) -> str:
        return f"Routing {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("concerns:routing_version", args=[self.reference])

    def facts_of_a_move(self) -> list[str]:
        return ["why", "in_force_from", "proposed_at", "proposed_by", "approved_by"]


class RoutingRuleQuerySet(models.QuerySet["RoutingRule"]):
    def visible_to(self, user: User) -> Self:
        """The rules of the versions that this person may see."""
        return self.filter(version__in=RoutingVersion.objects.visible_to(user).values("pk"))

    def of(self, version: RoutingVersion) -> Self:
        return self.filter(version=version).select_related("area", "queue__area").order_by("position")


class RoutingRule(models.Model):
    """One rule. A field left empty fits everything."""

    version = models.ForeignKey(RoutingVersion, on_delete=models.PROTECT, related_name="rules")
    position = models.PositiveSmallIntegerField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    level = models.CharField(max_length=10, choices=Level, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    lead_agency = models.CharField(max_length=20, choices=LeadAgency, blank=True)
    order_status = models.CharField(max_length=10, choices=OrderStatus, blank=True)
    route = models.CharField(max_length=10, choices=Route)
    queue = models.ForeignKey(
        Queue, on_delete=models.PROTECT, related_name="+", null=True, blank=True, help_text="Empty: the area's own."
    )

    objects = RoutingRuleQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            one_of("level", ["", *Level.values], name="rule_level_known"),
            one_of("kind", ["", *Kind.values], name="rule_kind_known"),
            one_of("lead_agency", ["", *LeadAgency.values], name="rule_lead_agency_known"),
            one_of("order_status", ["", *OrderStatus.values], name="rule_order_status_known"),
            one_of("route", Route.values, name="rule_route_known"),
            models.CheckConstraint(
                condition=~Q(level__in=["immediate", "urgent"]) | Q(route="at_once"), name="rule_urgent_goes_at_once"
            ),
            models.UniqueConstraint(fields=["version", "position"], name="rule_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version} rule {self.position}"

    @property
    def fits_what(self) -> str:
        """The concerns it fits, in words."""
        parts = [
            self.get_level_display() if self.level else "any level",
            self.get_kind_display().lower() if self.kind else "",
            f"led by {self.get_lead_agency_display().lower()}" if self.lead_agency else "",
            self.get_order_status_display() if self.order_status else "",
            f"in {self.area.name}" if self.area else "",
        ]
        return ", ".join(part for part in parts if part)

    @property
    def goes_to(self) -> str:
        """Where it sends a concern, in words."""
        queue = self.queue.name if self.queue is not None else "area's queue"
        return self.get_route_display().replace("the queue", f"the {queue}")

    @property
    def in_words(self) -> str:
        return f"Rule {self.position}: {self.fits_what}: {self.goes_to}"


auditlog.register(RoutingVersion, include_fields=["number", "status", "proposed_by", "approved_by"])
auditlog.register(RoutingRule)
