"""A serious incident, which may have to be reported to the Charity Commission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.models.role import Role
from concerns.concern.answers import LONGEST
from concerns.concern.models import Concern
from concerns.register.models import KEEPS_REGISTERS, Clocked, ClockedQuerySet, hidden_from_its_subject
from core.constraints import believable_moments, both_or_neither, one_of
from core.lifecycle import Lifecycle
from offenders.core_member.wall_models import not_walled_off

if TYPE_CHECKING:
    pass


class IncidentKind(models.TextChoices):
    SAFEGUARDING = "safeguarding", "Harm to people we work with, or a risk of it"
    DATA = "data", "Information lost or seen by the wrong person"
    MONEY = "money", "Money or property lost"
    CRIME = "crime", "A crime, or links with one"
    OTHER = "other", "Something else that could harm the charity"


class IncidentQuerySet(ClockedQuerySet["SeriousIncident"]):
    def visible_to(self, user: User) -> Self:
        """All for those who keep the registers and for directors (the trustees answer for it); none about the reader."""
        outside_walls = self.filter(not_walled_off(user.pk, "concern__circle__core_member"))
        return hidden_from_its_subject(outside_walls, user, (*KEEPS_REGISTERS, Role.DIRECTOR))


class SeriousIncident(Clocked):
    class Status(models.TextChoices):
        CANDIDATE = "candidate", "To be decided"
        """It may have to be reported; the trustees are to decide."""
        TO_REPORT = "to_report", "To be reported"
        """It was decided to report it, and that is due."""
        REPORTED = "reported", "Reported"
        """The Charity Commission has it, under its reference."""
        NOT_REPORTED = "not_reported", "Decided not to report"
        """It was decided not to report it, and the reason is kept."""

    audit_kind = "serious incident"
    WAITS = ("candidate", "to_report")

    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.CANDIDATE,
        moves={
            Status.CANDIDATE: {Status.TO_REPORT, Status.NOT_REPORTED},
            Status.TO_REPORT: {Status.REPORTED},
        },
    )

    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField("what kind", max_length=20, choices=IncidentKind)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="incidents", null=True, blank=True)
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.CANDIDATE)
    what = models.TextField("what happened", validators=[MaxLengthValidator(LONGEST)])
    known_at = models.DateTimeField("when it was known")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_with = models.CharField("who decided", max_length=160, blank=True)
    reason = models.TextField("why", blank=True, validators=[MaxLengthValidator(LONGEST)])
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    their_reference = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_moments("known_at", name="serious_incident_moments_believable"),
            one_of("status", ["candidate", "to_report", "reported", "not_reported"], name="incident_status_known"),
            one_of("kind", IncidentKind.values, name="incident_kind_known"),
            both_or_neither("decided_at", "decided_by", name="incident_decided_by_someone"),
            both_or_neither("ended_at", "ended_by", name="incident_ended_by_someone"),
            models.CheckConstraint(
                condition=Q(status="candidate", decided_at=None)
                | ~Q(status="candidate") & Q(decided_at__isnull=False) & ~Q(reason=""),
                name="incident_decided_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["reported", "not_reported"], ended_at__isnull=False, due_at=None)
                | Q(status__in=["candidate", "to_report"], ended_at=None, due_at__isnull=False),
                name="incident_open_has_a_clock",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("concerns:incident", args=[self.reference])

    def facts_of_a_move(self) -> list[str]:
        return [
            "due_at",
            "decided_with",
            "reason",
            "decided_at",
            "decided_by",
            "their_reference",
            "ended_at",
            "ended_by",
        ]


auditlog.register(SeriousIncident, include_fields=["kind", "status"])
