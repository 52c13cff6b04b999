"""Presence: who has which page of a log open. The log's answers are `Minutes`, in the room `minutes`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import ExpressionWrapper, OuterRef
from django.db.models.functions import JSONObject

from accounts.models import User
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes

PRESENCE_LASTS = timedelta(minutes=1)
"""Somebody who was seen longer ago has probably closed the page."""


NOTED_AGAIN_AFTER = timedelta(seconds=20)
"""Somebody who was noted on a page is noted there again only after this time, though the page saves every few seconds."""


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


def presences_in_log(at: datetime) -> ArraySubquery:
    """For the statement that reads a meeting: who has had its log open in the last minute, by first name.

    Each says the person's key and name, the page, and whether it was noted so lately that it need not be noted again.
    """
    is_fresh = ExpressionWrapper(models.Q(seen_at__gt=at - NOTED_AGAIN_AFTER), output_field=models.BooleanField())
    present = Presence.objects.filter(minutes=OuterRef("minutes"), seen_at__gt=at - PRESENCE_LASTS)
    named = present.order_by("person__first_name").annotate(is_fresh=is_fresh)
    return ArraySubquery(
        named.values(seen=JSONObject(person="person_id", name="person__first_name", page="page", is_fresh="is_fresh"))
    )
