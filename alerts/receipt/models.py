"""A bounce: an address from which a message came back."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models

from accounts.models import User
from accounts.models.role import Role
from alerts.message.models import Channel
from core.constraints import one_of

LOOKS_AFTER = (Role.MANAGER, Role.TECHNICIAN, Role.COORDINATOR)


class BounceQuerySet(models.QuerySet["Bounce"]):
    def visible_to(self, user: User) -> Self:
        """The bounces of people whom a manager, technician or coordinator may see."""
        if not any(user.has_role(role) for role in LOOKS_AFTER):
            return self.none()
        return self.filter(person__in=User.objects.visible_to(user).filter(is_active=True).values("pk"))


class Bounce(models.Model):
    """A mark on an address. Messages still go there, but until the mark is removed they count as reaching nobody."""

    audit_kind = "bounce"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bounces")
    channel = models.CharField(max_length=10, choices=Channel)
    address = models.CharField(max_length=254)
    at = models.DateTimeField()

    objects = BounceQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("channel", ["inbox", "email", "text"], name="bounce_channel_known"),
            models.UniqueConstraint(fields=["person", "channel", "address"], name="bounce_once"),
        ]

    def __str__(self) -> str:
        return f"bounce {self.pk}"


auditlog.register(Bounce, include_fields=["person", "channel", "at"])
