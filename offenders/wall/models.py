"""NonAssociation: two core members who must not meet, from a day on."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core.constraints import both_or_neither
from offenders.core_member.models import CoreMember


class NonAssociationQuerySet(models.QuerySet["NonAssociation"]):
    def visible_to(self, user: User) -> Self:
        """The pairs of which this person may see both."""
        seen = CoreMember.objects.visible_to(user).values("pk")
        return self.filter(first__in=seen, second__in=seen)

    def current(self) -> Self:
        """Pairs that have not been ended."""
        return self.filter(ended_at=None)

    def of(self, core_member: CoreMember) -> Self:
        """The pairs he is one of."""
        return self.filter(Q(first=core_member) | Q(second=core_member))


class NonAssociation(models.Model):
    """Two who must not meet. It is ended and never deleted."""

    first = models.ForeignKey(CoreMember, on_delete=models.PROTECT, related_name="apart_as_first")
    second = models.ForeignKey(CoreMember, on_delete=models.PROTECT, related_name="apart_as_second")
    reason = models.CharField(max_length=300)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects = NonAssociationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="non_association_in_one_order"),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(ended_at=None), name="non_association_one_at_a_time"
            ),
            both_or_neither("ended_at", "ended_by", name="non_association_ended_at_with_ended_by"),
            models.CheckConstraint(condition=~Q(reason=""), name="non_association_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="") | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="non_association_ended_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("noted_at")),
                name="non_association_ended_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"non-association {self.pk}"

    def other_than(self, core_member: CoreMember) -> CoreMember:
        """The other of the two."""
        return self.second if self.first_id == core_member.pk else self.first


auditlog.register(NonAssociation, include_fields=["first", "second", "ended_at", "ended_by"])
