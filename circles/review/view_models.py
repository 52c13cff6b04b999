"""The views given before a review, and the decisions taken at it."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q

from accounts.models import User
from circles.minutes.models import LONGEST_ANSWER
from circles.review.models import Review
from core.constraints import believable_days, one_of


class ReviewViewQuerySet(models.QuerySet["ReviewView"]):
    def visible_to(self, user: User) -> Self:
        """Views given to the reviews that this person may see."""
        return self.filter(review__in=Review.objects.visible_to(user).values("pk"))


class ReviewView(models.Model):
    """One person's view, given before the review. `person` is null for the core member."""

    class How(models.TextChoices):
        SAID = "said", "He said it to the coordinator"
        TELEPHONE = "telephone", "By telephone"
        WROTE = "wrote", "He wrote it himself"
        DECLINED = "declined", "He was asked and gave none"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="views")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    how = models.CharField(max_length=20, choices=How, blank=True)
    words = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_ANSWER)])
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ReviewViewQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("how", ["", "said", "telephone", "wrote", "declined"], name="review_view_how_known"),
            models.UniqueConstraint(fields=["review", "person"], name="review_view_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=(Q(person=None) & ~Q(how="")) | Q(person__isnull=False, how=""),
                name="review_view_of_core_member_says_how",
            ),
            models.CheckConstraint(condition=~Q(words="") | Q(how="declined"), name="review_view_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.review.reference} view {self.pk}"


class ReviewDecision(models.Model):
    """What a review decided about the circle's life, and why (domain.md 1.9)."""

    class Decision(models.TextChoices):
        WEEKLY = "weekly", "Go on weekly"
        FORTNIGHTLY = "fortnightly", "Meet fortnightly"
        EXTEND = "extend", "Extend the circle"
        MENTORING = "mentoring", "Go on as mentoring"
        END = "end", "End the circle"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=20, choices=Decision)
    reason = models.TextField(validators=[MaxLengthValidator(LONGEST_ANSWER)])
    new_end_on = models.DateField(null=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            believable_days("new_end_on", name="review_decision_days_believable"),
            one_of("decision", ["weekly", "fortnightly", "extend", "mentoring", "end"], name="review_decision_known"),
            models.UniqueConstraint(fields=["review", "decision"], name="review_decision_once"),
            models.CheckConstraint(
                condition=Q(decision="extend", new_end_on__isnull=False) | (~Q(decision="extend") & Q(new_end_on=None)),
                name="review_decision_extends_to_a_day",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="review_decision_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.review.reference} decision {self.pk}"


auditlog.register(ReviewView, include_fields=["review", "person", "how", "given_at"])
auditlog.register(ReviewDecision, include_fields=["review", "decision", "new_end_on", "decided_at"])
