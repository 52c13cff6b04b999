"""A person's own way to look at a queue, by a name of theirs."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models import User
from concerns.queue.models import Queue


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> Self:
        """One's own, of queues one still works."""
        return self.filter(owner=user, queue__in=Queue.objects.worked_by(user).values("pk"))


class SavedView(models.Model):
    """`asked` is the filter and the order, as the address has them: words of ours, never of a case."""

    reference = models.CharField(max_length=12, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=40)
    asked = models.CharField(max_length=200)
    saved_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "queue", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return f"{reverse('concerns:queue', args=[self.queue.reference])}?{self.asked}"


auditlog.register(SavedView, include_fields=["owner", "queue"])
