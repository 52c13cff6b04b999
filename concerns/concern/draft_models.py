"""A concern not yet sent, kept on the server and never on the telephone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from circles.circle.models import Circle
from circles.meeting.models import Meeting
from concerns.choices import Level
from concerns.concern.answers import Answers, answers_known
from core.constraints import one_of

NUDGE_AUTHOR_AFTER = timedelta(minutes=30)
TELL_CIRCLE_AFTER = timedelta(hours=4)


class ConcernDraftQuerySet(models.QuerySet["ConcernDraft"]):
    def visible_to(self, user: User) -> Self:
        """A draft is its author's alone."""
        return self.filter(author=user) if user.is_active else self.none()

    def marked(self) -> Self:
        """Those that are a worry already: there are words, or how soon, or what it is about."""
        return self.exclude(words="", level="", kind="", opinion="")

    def author_due(self, at: datetime) -> Self:
        """Unsent for half an hour, and its author not yet reminded."""
        return self.marked().filter(nudged_at=None, begun_at__lte=at - NUDGE_AUTHOR_AFTER)

    def circle_due(self, at: datetime) -> Self:
        """Unsent for four hours, and nobody else told yet that it exists."""
        return self.marked().filter(told_at=None, begun_at__lte=at - TELL_CIRCLE_AFTER)

    def told_of(self, user: User, keys: list[str]) -> Self:
        """Of these drafts, by their alerts' keys, those not about this person; that they exist, never what they say."""
        found = self.filter(told_at__isnull=False, submit_key__in=[key.split(":")[1] for key in keys])
        return found.exclude(about=user).exclude(author=user)


class ConcernDraft(Answers):
    submit_key = models.UUIDField(unique=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+", null=True)
    about = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    level = models.CharField(max_length=10, choices=Level, blank=True)
    words = models.TextField(blank=True)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_from = models.UUIDField(null=True, help_text="The page that saved it last.")
    nudged_at = models.DateTimeField(null=True, help_text="When its author was reminded.")
    told_at = models.DateTimeField(null=True, help_text="When somebody was told that it exists.")

    objects = ConcernDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("level", ["", *Level.values], name="draft_level_known"),
            *answers_known("draft"),
            models.CheckConstraint(condition=~Q(about=models.F("author")), name="draft_about_another"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def mark(self) -> str:
        """How the draft stood, as a page that shows it sends back."""
        return self.saved_at.isoformat()

    @property
    def alert_key(self) -> str:
        """What the alerts about it are filed under."""
        return f"draft:{self.submit_key}:"
