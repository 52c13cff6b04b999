"""How MAPPA managed him, and from which day: his category and level as dated periods (domain.md 2.2)."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core.constraints import believable_days
from offenders.core_member.models import Category, CoreMember, ManagementLevel


class MappaPeriodQuerySet(models.QuerySet["MappaPeriod"]):
    def visible_to(self, user: User) -> Self:
        """Periods of the core members this person may see."""
        return self.filter(core_member__in=CoreMember.objects.visible_to(user).values("pk"))

    def current(self) -> Self:
        """The period of each core member that has not ended."""
        return self.filter(until_on=None)


class MappaPeriod(models.Model):
    """From one change of category or level to the next. The open one says what his record says; a trigger holds that."""

    core_member = models.ForeignKey(CoreMember, on_delete=models.PROTECT, related_name="mappa_periods")
    category = models.PositiveSmallIntegerField("MAPPA category", choices=Category)
    level = models.PositiveSmallIntegerField("MAPPA level", choices=ManagementLevel)
    from_on = models.DateField(help_text="The first day of it.")
    until_on = models.DateField(null=True, help_text="The first day of the next one; empty while it holds.")
    why = models.CharField(
        max_length=300, blank=True, help_text="Why it began; empty for the one he was accepted with."
    )
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MappaPeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("from_on", "until_on", name="mappa_period_days_believable"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="mappa_period_category_known"),
            models.CheckConstraint(condition=Q(level__in=ManagementLevel.values), name="mappa_period_level_known"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="mappa_period_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["core_member"], condition=Q(until_on=None), name="mappa_period_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.core_member.reference} MAPPA {self.pk}"


auditlog.register(MappaPeriod, include_fields=["core_member", "category", "level", "from_on", "until_on"])
