"""How long a volunteer travelled, there and back, for one meeting."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from circles.circle.models import COORDINATED_CIRCLES, SEES_EVERY_CIRCLE
from circles.meeting.models import Meeting
from offenders.core_member.wall_models import not_walled_off
from volunteers.volunteer.models import Volunteer

LONGEST_JOURNEY = 480
"""Minutes: eight hours there and back."""


class TravelQuerySet(models.QuerySet["Travel"]):
    def visible_to(self, user: User) -> Self:
        """One's own. Coordinators also see those of their circles; managers and safeguarding leads see all."""
        if not user.is_active:
            return self.none()
        outside_walls = self.filter(not_walled_off(user.pk, "meeting__circle__core_member"))
        if any(user.has_role(role) for role in SEES_EVERY_CIRCLE):
            return outside_walls
        coordinated = Meeting.objects.visible_to(user).filter(circle__in=COORDINATED_CIRCLES(user.pk))
        return outside_walls.filter(Q(volunteer__user=user) | Q(meeting__in=coordinated.values("pk")))


class Travel(models.Model):
    """How long a volunteer travelled to one meeting. It holds for the circle's later meetings until they change it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="travels")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = TravelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "volunteer"], name="travel_once_a_meeting"),
            models.CheckConstraint(condition=Q(minutes__range=(0, LONGEST_JOURNEY)), name="travel_within_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting.reference} travel {self.pk}"


auditlog.register(Travel, include_fields=["meeting", "volunteer", "minutes"])
