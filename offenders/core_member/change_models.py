"""ManagementChange: from one day on he is managed otherwise, and whoever coordinates says what follows for the circle."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Area, User
from core.constraints import believable_days, both_or_neither, one_of
from offenders.core_member.models import CoreMember


class ManagementChangeQuerySet(models.QuerySet["ManagementChange"]):
    def visible_to(self, user: User) -> Self:
        """Changes of the core members this person may see."""
        return self.filter(core_member__in=CoreMember.objects.visible_to(user).values("pk"))

    def unanswered(self) -> Self:
        """Those of which nobody has said yet what follows."""
        return self.filter(answered_at=None)


class ManagementChange(models.Model):
    class Kind(models.TextChoices):
        MAPPA = "mappa", "MAPPA category or level"
        LEAD = "lead", "Lead agency"
        PRACTITIONER = "practitioner", "Practitioner or team"
        AREA = "area", "MAPPA area"

    core_member = models.ForeignKey(CoreMember, on_delete=models.PROTECT, related_name="management_changes")
    kind = models.CharField(max_length=20, choices=Kind)
    was = models.CharField(max_length=300)
    became = models.CharField(max_length=300)
    was_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True)
    became_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True)
    changed_on = models.DateField(help_text="The first day of it.")
    why = models.CharField(max_length=300, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField("what follows for the circle", max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = ManagementChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("changed_on", name="management_change_days_believable"),
            one_of("kind", ["mappa", "lead", "practitioner", "area"], name="management_change_kind_known"),
            both_or_neither("answered_at", "answered_by", name="management_change_answered_at_with_answered_by"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="management_change_answered_in_words",
            ),
            models.CheckConstraint(
                condition=(Q(kind="area") & Q(was_area__isnull=False, became_area__isnull=False))
                | (~Q(kind="area") & Q(was_area=None, became_area=None)),
                name="management_change_of_area_has_both",
            ),
            models.CheckConstraint(
                condition=Q(was_area=None) | ~Q(was_area=F("became_area")), name="management_change_of_area_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.core_member.reference} change {self.pk}"


auditlog.register(
    ManagementChange, include_fields=["core_member", "kind", "was_area", "became_area", "changed_on", "answered_by"]
)
