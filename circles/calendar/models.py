"""Private calendars: a person’s address (feed), and the version of each event that their calendar was given."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from core.constraints import both_or_neither


class CalendarEventQuerySet(models.QuerySet["CalendarEvent"]):
    def visible_to(self, user: User) -> Self:
        """Only this person's own."""
        return self.filter(person=user) if user.is_active else self.none()


class CalendarEvent(models.Model):
    """One event of one person's calendar: a digest of its words, and its version (RFC 5545, SEQUENCE).

    A calendar keeps the version with the highest number. So the number only grows, even if a meeting is moved back.
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


class FeedQuerySet(models.QuerySet["Feed"]):
    def visible_to(self, user: User) -> Self:
        """Only this person's own."""
        return self.filter(user=user) if user.is_active else self.none()

    def in_use(self) -> Self:
        """Feeds that are not revoked, of people who can still sign in."""
        return self.filter(revoked_at=None, user__is_active=True)


class Feed(models.Model):
    """The private address of a calendar. Only the token's hash is stored: the address is shown once, when made."""

    audit_kind = "calendar"

    reference = models.CharField(max_length=12, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, help_text="When a calendar last asked, to the hour.")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("revoked_at", "revoked_by", name="feed_revoked_at_with_revoked_by"),
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="feed_one_in_use"),
        ]

    def __str__(self) -> str:
        return self.reference


auditlog.register(Feed, include_fields=["user", "made_at", "revoked_at"])
