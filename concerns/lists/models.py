"""A person's saved view of a queue: a filter and an order, under a name."""

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
        """The person's own views, of queues they still work."""
        return self.filter(owner=user, queue__in=Queue.objects.worked_by(user).values("pk"))


class SavedView(models.Model):
    """`asked` is the filter and the order as the query of an address. It holds nothing of a case."""

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
