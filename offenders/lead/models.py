"""LeadChange: from which day another agency led. When a licence ends, police lead in place of probation."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core.constraints import believable_days, one_of
from offenders.core_member.models import CoreMember, LeadAgency


class LeadChangeQuerySet(models.QuerySet["LeadChange"]):
    def visible_to(self, user: User) -> Self:
        """Changes of the core members this person may see."""
        return self.filter(core_member__in=CoreMember.objects.visible_to(user).values("pk"))

    def latest_per_core_member(self) -> Self:
        """Only the last change of each core member."""
        last = LeadChange.objects.filter(core_member=models.OuterRef("core_member")).order_by("-changed_on", "-pk")
        return self.filter(pk=models.Subquery(last.values("pk")[:1]))


class LeadChange(models.Model):
    core_member = models.ForeignKey(CoreMember, on_delete=models.PROTECT, related_name="lead_changes")
    was = models.CharField(max_length=20, choices=LeadAgency)
    became = models.CharField(max_length=20, choices=LeadAgency)
    changed_on = models.DateField(help_text="The first day the new agency leads.")
    why = models.CharField(max_length=300)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = LeadChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("changed_on", name="lead_change_days_believable"),
            one_of("was", LeadAgency.values, name="lead_change_was_known"),
            one_of("became", LeadAgency.values, name="lead_change_became_known"),
            models.CheckConstraint(condition=~Q(was=F("became")), name="lead_change_is_one"),
            models.CheckConstraint(condition=~Q(why=""), name="lead_change_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.core_member.reference} lead {self.pk}"


auditlog.register(LeadChange, include_fields=["core_member", "was", "became", "changed_on"])
