"""A concern that is not sent yet. It is kept on the server, never on the telephone."""

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
from concerns.concern.answers import Answers, answer_constraints
from core.constraints import one_of
from offenders.core_member.wall_models import not_walled_off

NUDGE_AUTHOR_AFTER = timedelta(minutes=30)
TELL_CIRCLE_AFTER = timedelta(hours=4)


class ConcernDraftQuerySet(models.QuerySet["ConcernDraft"]):
    def visible_to(self, user: User) -> Self:
        """A draft is its author's alone."""
        outside_walls = self.filter(not_walled_off(user.pk, "circle__core_member"))
        return outside_walls.filter(author=user) if user.is_active else self.none()

    def marked(self) -> Self:
        """Drafts in which something is answered already: the words, how soon, or what it is about."""
        return self.exclude(words="", level="", kind="", opinion="")

    def author_due(self, at: datetime) -> Self:
        """Drafts not sent for half an hour, whose author was not reminded yet."""
        return self.marked().filter(nudged_at=None, begun_at__lte=at - NUDGE_AUTHOR_AFTER)

    def circle_due(self, at: datetime) -> Self:
        """Drafts not sent for four hours, of which nobody else was told yet."""
        return self.marked().filter(told_at=None, begun_at__lte=at - TELL_CIRCLE_AFTER)

    def told_of(self, user: User) -> Self:
        """Drafts of which somebody was told; none this person wrote or is the subject of.

        They learn that these exist, never what they say.
        """
        return self.filter(told_at__isnull=False).exclude(about=user).exclude(author=user)


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
            *answer_constraints("draft"),
            models.CheckConstraint(condition=~Q(about=models.F("author")), name="draft_about_another"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def mark(self) -> str:
        """The draft's version: a page that shows it sends this back."""
        return self.saved_at.isoformat()

    @property
    def alert_key(self) -> str:
        """The beginning of the keys of its alerts."""
        return f"draft:{self.submit_key}:"
