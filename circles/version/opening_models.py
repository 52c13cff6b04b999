"""AnswerOpening: the data-protection lead opened one answer of approved minutes, to correct it, and said why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.models.role import Role
from circles.meeting.models import Meeting
from offenders.core_member.wall_models import not_walled_off

OPEN_FOR = timedelta(hours=24)
"""For so long the answer stays open to whoever opened it; after that the reason is asked for anew."""

WHY_LENGTH = 120
"""Short enough for one line of the trail."""


class AnswerOpeningQuerySet(models.QuerySet["AnswerOpening"]):
    def visible_to(self, user: User) -> Self:
        """The answers this person opened, as long as they lead data protection."""
        leads = user.is_active and user.has_role(Role.DATA_PROTECTION_LEAD)
        outside_walls = self.filter(not_walled_off(user.pk, "meeting__circle__core_member"))
        return outside_walls.filter(opened_by=user) if leads else self.none()

    def in_force(self, at: datetime) -> Self:
        """Openings that have not lapsed."""
        return self.filter(opened_at__gt=at - OPEN_FOR)


class AnswerOpening(models.Model):
    """One answer, opened to be corrected, by one person, for one reason."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="answer_openings")
    field = models.CharField(max_length=40)
    reason = models.CharField(max_length=WHY_LENGTH)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AnswerOpeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="answer_opening_has_reason"),
            models.CheckConstraint(condition=~Q(field=""), name="answer_opening_of_a_field"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting.reference} {self.field}"

    @property
    def lapses_at(self) -> datetime:
        return self.opened_at + OPEN_FOR


auditlog.register(AnswerOpening, include_fields=["meeting", "field", "opened_by"])
