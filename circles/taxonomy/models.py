"""Tag, a word that minutes are sorted by; MinutesTag, one tag of one meeting's minutes (domain.md 1.8)."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q, prefetch_related_objects

from accounts.models import User
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes, choice_field, narrative_field
from core.constraints import both_or_neither, one_of


class TagQuerySet(models.QuerySet["Tag"]):
    def visible_to(self, user: User) -> Self:
        """Every tag, for everybody who may sign in: tags say nothing about anybody."""
        return self if user.is_active else self.none()

    def offered_for(self, minutes: Minutes) -> Self:
        """Tags in use, and those already picked in this draft."""
        picked = MinutesTag.objects.filter(minutes=minutes, picked=True).values("tag")
        return self.filter(Q(retired_at=None) | Q(pk__in=picked)).order_by("kind", "position", "name")


class Tag(models.Model):
    """A word of the taxonomy. It may be renamed or retired but never deleted: old minutes keep it."""

    class Kind(models.TextChoices):
        TOPIC = "topic", "Topics"
        RISK = "risk", "Risk factors"
        PROTECTIVE = "protective", "Protective factors"

    class Group(models.TextChoices):
        """The dynamic-risk domains of UK practice, and acute risk."""

        NONE = "", "None"
        SEXUAL = "sexual", "Sexual interests"
        ATTITUDES = "attitudes", "Attitudes"
        RELATIONSHIPS = "relationships", "Relationships"
        SELF_MANAGEMENT = "self_management", "Self-management"
        ACUTE = "acute", "Acute"

    audit_kind = "tag"

    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    group = models.CharField(max_length=20, choices=Group, blank=True)
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=500)
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ["topic", "risk", "protective"], name="tag_kind_known"),
            one_of(
                "group",
                ["", "sexual", "attitudes", "relationships", "self_management", "acute"],
                name="tag_group_known",
            ),
            models.CheckConstraint(
                condition=(Q(kind="risk") & ~Q(group="")) | (~Q(kind="risk") & Q(group="")),
                name="tag_group_for_risk_only",
            ),
            models.UniqueConstraint(fields=["kind", "name"], name="tag_name_once"),
            both_or_neither("retired_at", "retired_by", name="tag_retired_at_with_retired_by"),
        ]

    def __str__(self) -> str:
        return self.reference


class MinutesTagQuerySet(models.QuerySet["MinutesTag"]):
    def visible_to(self, user: User) -> Self:
        """Tags of the minutes this person may see."""
        return self.filter(minutes__meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def picked_in(self, minutes: Minutes) -> Self:
        return (
            self.filter(minutes=minutes, picked=True)
            .select_related("tag")
            .order_by("tag__kind", "tag__position", "tag__name")
        )


class MinutesTag(models.Model):
    """One tag of one meeting's minutes. A risk factor has what was seen, how it is known, and an opinion.

    A tag that is unpicked stays as a row with `picked` False, so that nothing typed is lost.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="tags")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="+")
    picked = models.BooleanField(default=True)
    seen = narrative_field("What was seen or heard?", "The fact alone. Use initials, not names.")
    basis = choice_field("How do you know?", Minutes.Basis)
    opinion = narrative_field("What you make of it", "Opinion, kept apart from what was seen.")

    objects = MinutesTagQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("basis", ["", "observed", "cm_said", "third_party", "inferred"], name="minutes_tag_basis_known"),
            models.UniqueConstraint(fields=["minutes", "tag"], name="minutes_tag_once"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} {self.tag}"

    @property
    def is_incomplete(self) -> bool:
        """Whether it is a picked risk factor without what was seen or how it is known."""
        return self.picked and self.tag.kind == Tag.Kind.RISK and not (self.seen.strip() and self.basis)


def tags_of(minutes: Minutes) -> list[MinutesTag]:
    """Every tag of these minutes that was ever picked, in order. It is read once, and kept with the minutes."""
    ordered = MinutesTag.objects.select_related("tag").order_by("tag__kind", "tag__position", "tag__name")
    prefetch_related_objects([minutes], Prefetch("tags", ordered))
    return list(minutes.tags.all())


def picked_tags_of(minutes: Minutes) -> list[MinutesTag]:
    """The tags of these minutes that are picked, in order."""
    return [minutes_tag for minutes_tag in tags_of(minutes) if minutes_tag.picked]


auditlog.register(Tag, include_fields=["kind", "group", "name", "retired_at"])
auditlog.register(MinutesTag, include_fields=["minutes", "tag", "picked", "basis"])
