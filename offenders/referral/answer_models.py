"""SectionAnswers: what was answered to one section of a referral's form."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from offenders.referral.models import Referral


class SectionAnswersQuerySet(models.QuerySet["SectionAnswers"]):
    def visible_to(self, user: User) -> Self:
        """The answers of the referrals this person may see."""
        return self.filter(referral__in=Referral.objects.visible_to(user).values("pk"))


class SectionAnswers(models.Model):
    """The answers to one section of the form, by the question's name (offenders/referral/sections.py)."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="answers")
    section = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField(
        default=1, help_text="Which of them, where a section is filled many times."
    )
    answers = models.JSONField(default=dict)
    pages = models.JSONField(default=dict, help_text="The open page from which each answer was last changed.")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        help_text="Nobody: the referrer, through the link.",
    )

    objects = SectionAnswersQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "section answers"
        constraints = [
            models.UniqueConstraint(fields=["referral", "section", "number"], name="section_answers_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="section_answers_counted_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.referral.reference} {self.section} {self.number}"


auditlog.register(SectionAnswers, include_fields=["referral", "section", "number", "saved_by"])
