"""MinutesVersion, the minutes as they were sent; Assent, what somebody who was there says (domain.md 1.7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.models.role import Role
from circles.meeting.models import Meeting
from circles.minutes.models import LONGEST_ANSWER, narrative_field
from core.constraints import one_of
from offenders.core_member.wall_models import not_walled_off
from volunteers.volunteer.models import Volunteer

ASSENT_WITHIN = timedelta(hours=72)
"""Whoever was there can agree or dissent within 72 hours of the sending (domain.md 1.7)."""


class MinutesVersionQuerySet(models.QuerySet["MinutesVersion"]):
    def visible_to(self, user: User) -> Self:
        """Versions of the minutes this person may see. Data-protection leads, who correct them, see all."""
        if user.is_active and user.has_role(Role.DATA_PROTECTION_LEAD):
            return self.filter(not_walled_off(user.pk, "meeting__circle__core_member"))
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def latest_per_meeting(self) -> Self:
        """Only the latest version of each meeting's minutes."""
        later = MinutesVersion.objects.filter(meeting=models.OuterRef("meeting"), number__gt=models.OuterRef("number"))
        return self.exclude(models.Exists(later))

    def correction_of(self, meeting: Meeting) -> MinutesVersion | None:
        """The latest corrected version, which readers see instead of the approved one. None if not corrected."""
        corrected = self.filter(meeting=meeting, kind=MinutesVersion.Kind.CORRECTED)
        return corrected.select_related("written_by").order_by("-number").first()

    def latest_of(self, meeting: Meeting) -> MinutesVersion | None:
        return self.filter(meeting=meeting).order_by("-number").first()


class MinutesVersion(models.Model):
    """The minutes as they were at one moment. Never changed: the database refuses it."""

    class Kind(models.TextChoices):
        SENT = "sent", "Sent"
        CORRECTED = "corrected", "Corrected by data protection"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    answers = models.JSONField(encoder=DjangoJSONEncoder)
    """Each field of the log by name, as it was written."""
    attendance = models.JSONField()
    """Whether each person came, by their reference. The core member's reference is empty."""
    reason = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MinutesVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ["sent", "corrected"], name="minutes_version_kind_known"),
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="minutes_version_from_one"),
            models.CheckConstraint(
                condition=~Q(kind="corrected") | ~Q(reason=""), name="minutes_version_corrected_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting.reference} version {self.number}"

    @property
    def assent_until(self) -> datetime:
        return self.written_at + ASSENT_WITHIN


class AssentQuerySet(models.QuerySet["Assent"]):
    def visible_to(self, user: User) -> Self:
        """Assents to the minutes this person may see."""
        return self.filter(version__meeting__in=Meeting.objects.visible_to(user).values("pk"))


class Assent(models.Model):
    """One volunteer's answer to one version: agreed, or a dissenting note. Never overwritten."""

    class Answer(models.TextChoices):
        AGREED = "agreed", "I agree with these minutes"
        DISSENTS = "dissents", "I saw something differently"

    version = models.ForeignKey(MinutesVersion, on_delete=models.PROTECT, related_name="assents")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer)
    words = narrative_field(
        "What did you see differently?", f"Up to {LONGEST_ANSWER} characters. Use initials, not names."
    )
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AssentQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("answer", ["agreed", "dissents"], name="assent_answer_known"),
            models.UniqueConstraint(fields=["version", "volunteer"], name="assent_once"),
            models.CheckConstraint(condition=Q(answer="agreed") | ~Q(words=""), name="assent_dissent_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.answer}"


auditlog.register(MinutesVersion, include_fields=["meeting", "number", "kind", "written_by"])
auditlog.register(Assent, include_fields=["version", "volunteer", "answer", "said_by"])
