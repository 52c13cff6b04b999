"""A rehearsal (drill) of a queue: who of its people was reached, and how soon each answered."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.models.role import Role
from concerns.queue.models import GRANTED, Queue
from core.constraints import believable_moments

READS_DRILLS = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR)


class DrillQuerySet(models.QuerySet["Drill"]):
    def visible_to(self, user: User) -> Self:
        """All for managers, leads and directors; for others those they were in, of queues they still work."""
        if not user.is_active:
            return self.none()
        if any(user.has_role(role) for role in READS_DRILLS):
            return self
        theirs = DrillAnswer.objects.filter(person=user).values("drill")
        return self.filter(pk__in=theirs, queue__in=GRANTED(user.pk))


class Drill(models.Model):
    audit_kind = "drill"

    reference = models.CharField(max_length=12, unique=True)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="drills")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()

    objects = DrillQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_moments("ends_at", name="drill_moments_believable"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("started_at")), name="drill_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("concerns:drill", args=[self.reference])

    def is_running(self, at: datetime) -> bool:
        return self.started_at <= at < self.ends_at


class DrillAnswer(models.Model):
    """One person in a drill, and when they pressed “I have received it”."""

    drill = models.ForeignKey(Drill, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["drill", "person"], name="drill_person_once")]

    def __str__(self) -> str:
        return f"{self.drill.reference} answer {self.pk}"


auditlog.register(Drill)
auditlog.register(DrillAnswer)
