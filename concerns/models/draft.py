"""A concern not yet sent, kept on the server and never on the telephone."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from accounts.models import User
from circles.models import Circle, Meeting
from concerns.models.concern_choices import Basis, Kind, Level
from core.constraints import one_of


class ConcernDraftQuerySet(models.QuerySet["ConcernDraft"]):
    def visible_to(self, user: User) -> Self:
        """A draft is its author's alone."""
        return self.filter(author=user) if user.is_active else self.none()


class ConcernDraft(models.Model):
    submit_key = models.UUIDField(unique=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+", null=True)
    level = models.CharField(max_length=10, choices=Level, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    basis = models.CharField(max_length=20, choices=Basis, blank=True)
    words = models.TextField(blank=True)
    opinion = models.TextField(blank=True)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    objects = ConcernDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("level", ["", *Level.values], name="draft_level_known"),
            one_of("kind", ["", *Kind.values], name="draft_kind_known"),
            one_of("basis", ["", *Basis.values], name="draft_basis_known"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"
