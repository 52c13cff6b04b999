"""The criteria of a programme in versions, and how one referral was compared with one version (domain.md 1.6)."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from core.constraints import both_or_neither, one_of
from offenders.referral.models import LONGEST, Referral


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    def visible_to(self, user: User) -> Self:
        """Everybody who can sign in sees the criteria: they say nothing about any person."""
        return self if user.is_active else self.none()

    def published(self) -> Self:
        return self.exclude(in_force_since=None)

    def in_force(self) -> Self:
        """The newest published version of each programme."""
        newer = CriteriaSet.objects.published().filter(name=OuterRef("name"), version__gt=OuterRef("version"))
        return self.published().filter(~Exists(newer))


class CriteriaSet(models.Model):
    """One version of the criteria of a programme or contract. Once it is published it never changes."""

    audit_kind = "criteria"

    name = models.CharField("the programme or contract", max_length=120)
    version = models.PositiveIntegerField()
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    in_force_since = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="criteria_set_version_once"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(in_force_since=None), name="criteria_set_one_draft_at_a_time"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="criteria_set_versions_from_one"),
            models.CheckConstraint(
                condition=Q(published_by=None) | Q(in_force_since__isnull=False),
                name="criteria_set_published_from_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    @property
    def reference(self) -> str:
        return f"CS-{self.pk}"


class CriterionKind(models.TextChoices):
    MANDATORY = "mandatory", "Must be so"
    ADVISORY = "advisory", "Should be so"
    EXCLUSION = "exclusion", "Must not be so"


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def visible_to(self, user: User) -> Self:
        """Everybody who can sign in sees the criteria."""
        return self if user.is_active else self.none()


class Criterion(models.Model):
    """One criterion of one version."""

    criteria = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="criterions")
    kind = models.CharField(max_length=20, choices=CriterionKind)
    words = models.CharField(max_length=200)
    hint = models.CharField(max_length=300, blank=True)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "criteria"
        constraints = [
            one_of("kind", CriterionKind.values, name="criterion_kind_known"),
            models.CheckConstraint(condition=~Q(words=""), name="criterion_says_something"),
        ]

    def __str__(self) -> str:
        return self.words


class ScreeningQuerySet(models.QuerySet["Screening"]):
    def visible_to(self, user: User) -> Self:
        """The screenings of the referrals this person may see."""
        return self.filter(referral__in=Referral.objects.visible_to(user).values("pk"))


class Screening(models.Model):
    """A referral is compared with one version of the criteria, which stays on it."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="screening")
    criteria = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="screenings")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ScreeningQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.referral.reference} screened"


class CriterionAnswerQuerySet(models.QuerySet["CriterionAnswer"]):
    def visible_to(self, user: User) -> Self:
        """The answers of the referrals this person may see."""
        return self.filter(screening__referral__in=Referral.objects.visible_to(user).values("pk"))


class CriterionAnswer(models.Model):
    """What is so, with the evidence. A manager may override it, with a reason."""

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        UNKNOWN = "unknown", "Not known"

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer)
    evidence = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST)])
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    override_reason = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST)])
    overridden_at = models.DateTimeField(null=True)
    overridden_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = CriterionAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("answer", ["yes", "no", "unknown"], name="criterion_answer_known"),
            models.UniqueConstraint(fields=["screening", "criterion"], name="criterion_answered_once"),
            models.CheckConstraint(
                condition=Q(answer="unknown") | ~Q(evidence=""), name="criterion_answered_with_evidence"
            ),
            both_or_neither("overridden_at", "overridden_by", name="criterion_answer_overridden_at_with_overridden_by"),
            models.CheckConstraint(
                condition=Q(overridden_at=None, override_reason="")
                | Q(overridden_at__isnull=False) & ~Q(override_reason=""),
                name="criterion_overridden_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @property
    def speaks_against(self) -> bool:
        """Whether it stops the referral, and no manager has overridden it."""
        return self.overridden_at is None and stops_referral(self.criterion.kind, self.answer)


WANTED = {CriterionKind.MANDATORY: CriterionAnswer.Answer.YES, CriterionKind.EXCLUSION: CriterionAnswer.Answer.NO}
"""What must be answered, or a manager overrides it. An advisory criterion stops nothing."""


def stops_referral(kind: str, answer: str) -> bool:
    """Whether this answer to a criterion of this kind stops a referral."""
    return kind in WANTED and answer != WANTED[CriterionKind(kind)]


auditlog.register(CriteriaSet, include_fields=["name", "version", "in_force_since", "published_by"])
auditlog.register(Criterion, include_fields=["criteria", "kind"])
auditlog.register(Screening, include_fields=["referral", "criteria", "begun_by"])
auditlog.register(CriterionAnswer, include_fields=["screening", "criterion", "answer", "answered_by", "overridden_by"])
