"""What a calendar was last told of one meeting, so that a change is always a later version of it."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from accounts.models import User


class CalendarEventQuerySet(models.QuerySet["CalendarEvent"]):
    def visible_to(self, user: User) -> Self:
        """One's own."""
        return self.filter(person=user) if user.is_active else self.none()


class CalendarEvent(models.Model):
    """One event of one person's calendar: a digest of its words and its version (RFC 5545, SEQUENCE).

    A calendar keeps the version with the highest number. The number therefore only grows, whatever is moved, left
    out or put back.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uid = models.UUIDField()
    digest = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = CalendarEventQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "uid"], name="calendar_event_once")]

    def __str__(self) -> str:
        return f"calendar event {self.pk}"
