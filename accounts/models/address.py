"""AddressChange: another e-mail address that somebody gave for themselves. It counts once its link was pressed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models.user import User

CONFIRMED_WITHIN = timedelta(hours=24)


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    def visible_to(self, user: User) -> Self:
        """One's own."""
        return self.filter(person=user) if user.is_active else self.none()

    def open(self, at: datetime) -> Self:
        """Those whose link still works."""
        return self.filter(confirmed_at=None, withdrawn_at=None, expires_at__gt=at, person__is_active=True)


class AddressChange(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField("e-mail address")
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="address_change_ends"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(withdrawn_at=None), name="address_change_ends_one_way"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(confirmed_at=None, withdrawn_at=None),
                name="address_change_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"address change {self.pk}"


auditlog.register(AddressChange, include_fields=["person", "expires_at", "confirmed_at", "withdrawn_at"])
