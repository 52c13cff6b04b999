"""Links between two concerns that belong together and stay two."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from concerns.concern.models import Concern


class ConcernLinkQuerySet(models.QuerySet["ConcernLink"]):
    def visible_to(self, user: User) -> Self:
        """Links whose two concerns this person may both see."""
        seen = Concern.objects.visible_to(user).values("pk")
        return self.filter(first__in=seen, second__in=seen)

    def of(self, concern: Concern) -> Self:
        return self.filter(Q(first=concern) | Q(second=concern))


class ConcernLink(models.Model):
    """A link between two concerns. The one with the lower key is `first`, so that a pair is linked once."""

    first = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ConcernLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="link_joins_two_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first.reference} with {self.second.reference}"

    def other(self, concern: Concern) -> Concern:
        """The linked concern that is not this one."""
        return self.second if self.first_id == concern.pk else self.first


auditlog.register(ConcernLink, include_fields=["first", "second", "linked_by"])
