"""Presence: who has which page of a log open. The log's answers are `Minutes`, in the room `minutes`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models

from accounts.models import User
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes

PRESENCE_LASTS = timedelta(minutes=1)
"""Somebody who was seen longer ago has probably closed the page."""


class PresenceQuerySet(models.QuerySet["Presence"]):
    def visible_to(self, user: User) -> Self:
        """Presences in the logs of the meetings this person may see."""
        return self.filter(minutes__meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def of_others(self, user: User, minutes: Minutes, at: datetime) -> Self:
        """Everybody except this user who was in this log within the last minute."""
        present = self.filter(minutes=minutes, seen_at__gt=at - PRESENCE_LASTS).exclude(person=user)
        return present.select_related("person").order_by("person__first_name")


class Presence(models.Model):
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveSmallIntegerField()
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minutes", "person"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.minutes} presence {self.pk}"
