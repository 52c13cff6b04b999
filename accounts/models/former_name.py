"""FormerName: what somebody was called before. Older texts hold these names, and they are left out of copies as well."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models

from accounts.models.user import User


class FormerNameQuerySet(models.QuerySet["FormerName"]):
    def visible_to(self, user: User) -> Self:
        """Those of every account this person may open."""
        return self.filter(person__in=User.objects.visible_to(user).values("pk"))


class FormerName(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="former_names")
    full_name = models.CharField(max_length=120)
    first_name = models.CharField(max_length=60)
    changed_at = models.DateTimeField()

    objects = FormerNameQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-changed_at"], name="former_name_of_person")]

    def __str__(self) -> str:
        return f"former name {self.pk}"


auditlog.register(FormerName, include_fields=["person", "changed_at"])
