"""A handover: what the person on call writes for the person who has the concern by day (domain.md 3.6)."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q

from accounts.models import User
from concerns.concern.answers import LONGEST
from concerns.concern.models import Concern
from core.constraints import both_or_neither


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: User) -> Self:
        """Those of the concerns a person may see. `ConcernAccess.hand_over` decides who of them may read a handover."""
        return self.filter(concern__in=Concern.objects.visible_to(user).values("pk"))

    def waiting(self) -> Self:
        """Handovers that nobody has taken yet."""
        return self.filter(taken_at=None)


class Handover(models.Model):
    """Five answers in words, and one person who has the concern from `due_at`."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="handovers")
    happened = models.TextField("What happened", validators=[MaxLengthValidator(LONGEST)])
    risk_now = models.TextField("How things stand now: what could go wrong", validators=[MaxLengthValidator(LONGEST)])
    done = models.TextField("What was done", validators=[MaxLengthValidator(LONGEST)])
    who_told = models.TextField("Who was told, and when", validators=[MaxLengthValidator(LONGEST)])
    next_steps = models.TextField("What comes next", validators=[MaxLengthValidator(LONGEST)])
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("taken_at", "taken_by", name="handover_taken_by_someone"),
            models.UniqueConstraint(
                fields=["concern"], condition=Q(taken_at=None), name="handover_waits_once_for_a_concern"
            ),
            models.CheckConstraint(
                condition=~Q(happened="") & ~Q(risk_now="") & ~Q(done="") & ~Q(who_told="") & ~Q(next_steps=""),
                name="handover_says_everything",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concern.reference} handover {self.pk}"


auditlog.register(Handover, include_fields=["concern", "owner", "due_at", "taken_at"])
