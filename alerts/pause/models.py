"""A pause in sending: after a restore, what was due before waits until a person ends the pause."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.models.role import Role
from core.constraints import both_or_neither

ENDS_PAUSES = (Role.MANAGER, Role.TECHNICIAN)


class SendingPauseQuerySet(models.QuerySet["SendingPause"]):
    def visible_to(self, user: User) -> Self:
        """Those who may end a pause see it; it tells nothing of any case."""
        return self if user.is_active and any(user.has_role(role) for role in ENDS_PAUSES) else self.none()

    def current(self) -> Self:
        return self.filter(ended_at=None)

    def began_at(self) -> datetime | None:
        """When the present pause began; None while nothing is paused."""
        return self.current().values_list("began_at", flat=True).first()


class SendingPause(models.Model):
    """Alerts queued and steps due before `began_at` wait until somebody ends the pause.

    What comes later goes out at once. `caught_up_at` is when every step that had waited was taken, and its alerts folded.
    """

    audit_kind = "sending pause"
    reference = "sending"

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    caught_up_at = models.DateTimeField(null=True)

    objects = SendingPauseQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("ended_at", "ended_by", name="sending_pause_ended_by_someone"),
            models.UniqueConstraint(models.Value(1), condition=Q(ended_at=None), name="sending_pause_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(caught_up_at=None) | Q(ended_at__isnull=False), name="sending_pause_caught_up_after_end"
            ),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"


auditlog.register(SendingPause)
