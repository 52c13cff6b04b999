"""Who is on call, and the number every volunteer page shows."""

from __future__ import annotations

from datetime import datetime

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q


class OnCallShiftQuerySet(models.QuerySet["OnCallShift"]):
    def at(self, moment: datetime) -> OnCallShift | None:
        """The shift that covers a moment, the latest begun if several do."""
        return self.filter(starts_at__lte=moment, ends_at__gt=moment).order_by("-starts_at", "-pk").first()


class OnCallShift(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    telephone = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = OnCallShiftQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_start")]

    def __str__(self) -> str:
        return f"shift {self.pk}"


auditlog.register(OnCallShift, include_fields=["person", "starts_at", "ends_at"])
