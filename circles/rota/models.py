"""A request from one volunteer to another to take the minutes in their place."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from circles.meeting.models import Meeting
from core.constraints import both_or_neither, one_of
from core.lifecycle import Lifecycle
from core.records import Moving
from volunteers.volunteer.models import Volunteer


class SwapQuerySet(models.QuerySet["Swap"]):
    def visible_to(self, user: User) -> Self:
        """Requests about meetings this person may see."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def open_at(self, at: datetime) -> Self:
        """Requests that are not answered, for a coming meeting that is still the asker's turn."""
        can_still_give = Q(
            meeting__minute_taker=F("giver"), meeting__status=Meeting.Status.PLANNED, meeting__planned_at__gt=at
        )
        return self.filter(can_still_give, status=Swap.Status.OFFERED)


class Swap(Moving):
    """`giver` asks `taker` to take the minutes of `meeting`, and takes those of `in_return`, if it is set."""

    class Status(models.TextChoices):
        OFFERED = "offered", "Asked"
        """Somebody was asked to take the minutes, and has not answered."""
        ACCEPTED = "accepted", "Accepted"
        """They take them."""
        DECLINED = "declined", "Declined"
        """They said no; the turn stays where it was."""
        WITHDRAWN = "withdrawn", "Withdrawn"
        """Whoever asked takes the minutes after all."""

    audit_kind = "swap"

    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.OFFERED,
        moves={Status.OFFERED: {Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN}},
    )

    reference = models.CharField(max_length=12, unique=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="swaps")
    giver = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="+")
    in_return = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+", null=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.OFFERED)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = SwapQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("status", ["offered", "accepted", "declined", "withdrawn"], name="swap_status_known"),
            both_or_neither("answered_at", "answered_by", name="swap_answered_at_with_answered_by"),
            models.CheckConstraint(
                condition=Q(status="offered", answered_at=None) | (~Q(status="offered") & Q(answered_at__isnull=False)),
                name="swap_answered_when_settled",
            ),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="swap_between_two"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(status="offered"), name="swap_asked_once"),
        ]

    def __str__(self) -> str:
        return self.reference

    def facts_of_a_move(self) -> list[str]:
        return ["answered_at", "answered_by"]


auditlog.register(Swap, include_fields=["meeting", "giver", "taker", "in_return", "status"])
