"""Mentions and patterns: what concerns name, as keyed hashes, and where several name the same."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models import User
from accounts.models.role import Role
from concerns.concern.models import Concern
from core.constraints import both_or_neither, one_of
from offenders.core_member.wall_models import not_walled_off

READS_PATTERNS = (Role.SAFEGUARDING_LEAD, Role.MANAGER)


class Named(models.TextChoices):
    PLACE = "place", "Place"
    VEHICLE = "vehicle", "Vehicle"
    HANDLE = "handle", "Name used online"


class Mention(models.Model):
    """A concern names something. `index` is a keyed hash, so what it names cannot be read here."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="mentions")
    kind = models.CharField(max_length=8, choices=Named)
    index = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("kind", Named.values, name="mention_kind_known"),
            models.UniqueConstraint(fields=["concern", "kind", "index"], name="mention_once"),
        ]
        indexes = [models.Index(fields=["kind", "index"], name="mention_alike")]

    def __str__(self) -> str:
        return f"{self.concern.reference} mention {self.pk}"


class PatternQuerySet(models.QuerySet["Pattern"]):
    def visible_to(self, user: User) -> Self:
        """Patterns, for those who answer for safeguarding, except where one of the concerns is about the reader, or
        inside a wall that keeps them out.
        """
        if not user.is_active or not any(user.has_role(role) for role in READS_PATTERNS):
            return self.none()
        hidden = models.Q(concern__about=user) | ~not_walled_off(user.pk, "concern__circle__core_member")
        mentions = Mention.objects.filter(hidden, kind=models.OuterRef("kind"), index=models.OuterRef("index"))
        return self.exclude(models.Exists(mentions))


class Pattern(models.Model):
    """Concerns of different circles name the same thing. Which concerns they are is worked out on reading."""

    audit_kind = "pattern"

    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=8, choices=Named)
    index = models.CharField(max_length=64)
    found_at = models.DateTimeField()
    grew_at = models.DateTimeField(help_text="When the latest concern joined it.")
    seen_at = models.DateTimeField(null=True, help_text="Somebody looked at it as it stands; unset when it grows.")
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = PatternQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", Named.values, name="pattern_kind_known"),
            models.UniqueConstraint(fields=["kind", "index"], name="pattern_once"),
            both_or_neither("seen_at", "seen_by", name="pattern_seen_by_someone"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("concerns:pattern", args=[self.reference])


auditlog.register(Mention, include_fields=["concern", "kind"])
auditlog.register(Pattern, include_fields=["reference", "kind", "seen_at"])
