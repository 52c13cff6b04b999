"""MappaAction: something a MAPPA meeting asks us to do. Its words are ours; the meeting's minutes are never kept here."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from core.constraints import believable_days, both_or_neither
from offenders.core_member.models import CoreMember


class MappaActionQuerySet(models.QuerySet["MappaAction"]):
    def visible_to(self, user: User) -> Self:
        """Actions about the core members this person may see."""
        return self.filter(core_member__in=CoreMember.objects.visible_to(user).values("pk"))

    def open(self) -> Self:
        return self.filter(done_at=None)


class MappaAction(models.Model):
    core_member = models.ForeignKey(CoreMember, on_delete=models.PROTECT, related_name="mappa_actions")
    words = models.CharField("what we are to do", max_length=300)
    due_on = models.DateField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField("what was done", max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = MappaActionQuerySet.as_manager()

    class Meta:
        verbose_name = "MAPPA action"
        constraints = [
            believable_days("due_on", name="mappa_action_days_believable"),
            models.CheckConstraint(condition=~Q(words=""), name="mappa_action_says_something"),
            both_or_neither("done_at", "done_by", name="mappa_action_done_at_with_done_by"),
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="") | (Q(done_at__isnull=False) & ~Q(outcome="")),
                name="mappa_action_done_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.core_member.reference} MAPPA action {self.pk}"


auditlog.register(MappaAction, include_fields=["core_member", "due_on", "done_by"])
