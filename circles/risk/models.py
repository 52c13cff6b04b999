"""The risk reviews of a circle, their agreed scores, and the coordinator's answers to their prompts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Case, Q, When
from django.db.models.functions import Cast
from django.urls import reverse

from accounts.models import User
from circles.circle.event_models import CircleEvent
from circles.circle.joining import not_over_before_joining
from circles.circle.models import Circle, visible_circles_of
from circles.instrument.models import Instrument, Scored
from circles.minutes.models import LONGEST_ANSWER
from core.constraints import believable_days, believable_moments, both_or_neither, one_of
from core.lifecycle import Lifecycle
from core.records import Moving

BASELINE_WITHIN = timedelta(weeks=6)
"""The first review is due within six weeks of the start (domain.md 1.9)."""

EVERY = timedelta(weeks=13)
"""A review falls due every 13 weeks after the first (domain.md 1.9)."""


class RiskReviewQuerySet(models.QuerySet["RiskReview"]):
    def visible_to(self, user: User) -> Self:
        """Reviews of the circles this person may see; for a volunteer, not those over before they joined.

        `RiskRating` decides whose scores they see.
        """
        missed = When(status=RiskReview.Status.MISSED, then=Cast("due_on", models.DateTimeField()))
        ended = self.alias(over_at=Case(missed, default="signed_off_at"))
        return ended.filter(not_over_before_joining(user, "over_at"), circle__in=visible_circles_of(user))

    def scoring(self) -> Self:
        """Reviews that volunteers may still score."""
        return self.filter(status__in=["due", "in_progress"])

    def unfinished(self) -> Self:
        """Reviews that are neither signed off nor missed."""
        return self.filter(status__in=["due", "in_progress", "complete"])


class RiskReview(Moving):
    class Status(models.TextChoices):
        DUE = "due", "To be scored"
        """Volunteers may score; none has yet."""
        IN_PROGRESS = "in_progress", "Being scored"
        """At least one volunteer has scored."""
        COMPLETE = "complete", "Scored; to be agreed"
        """Everybody has scored; one score is to be agreed."""
        SIGNED_OFF = "signed_off", "Signed off"
        """The coordinator has signed the agreed score. It is locked."""
        MISSED = "missed", "Missed"
        """It will not be done, and the reason is kept. It counts as due and not as done."""

    class Kind(models.TextChoices):
        BASELINE = "baseline", "Baseline"
        QUARTERLY = "quarterly", "Quarterly"
        FINAL = "final", "Final"

    audit_kind = "risk review"

    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.DUE,
        moves={
            Status.DUE: {Status.IN_PROGRESS, Status.MISSED},
            Status.IN_PROGRESS: {Status.COMPLETE, Status.MISSED},
            Status.COMPLETE: {Status.SIGNED_OFF},
        },
    )

    reference = models.CharField(max_length=12, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="risk_reviews")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    due_on = models.DateField()
    status = models.CharField(max_length=20, choices=Status, default=Status.DUE)
    planned_at = models.DateTimeField()
    revealed_at = models.DateTimeField(null=True, help_text="From when raters see each other's scores.")
    signed_off_at = models.DateTimeField(null=True)
    signed_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    missed_because = models.CharField(max_length=300, blank=True)
    prompted = models.BooleanField(default=False, help_text="Its sums prompt the coordinator; known at sign-off.")

    objects = RiskReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("due_on", name="risk_review_days_believable"),
            believable_moments("planned_at", name="risk_review_moments_believable"),
            one_of(
                "status", ["due", "in_progress", "complete", "signed_off", "missed"], name="risk_review_status_known"
            ),
            one_of("kind", ["baseline", "quarterly", "final"], name="risk_review_kind_known"),
            models.UniqueConstraint(fields=["circle", "number"], name="risk_review_number_once"),
            models.UniqueConstraint(fields=["circle", "due_on"], name="risk_review_day_once"),
            both_or_neither("signed_off_at", "signed_off_by", name="risk_review_signed_off_at_with_signed_off_by"),
            models.CheckConstraint(
                condition=Q(status="signed_off", signed_off_at__isnull=False)
                | (~Q(status="signed_off") & Q(signed_off_at=None)),
                name="risk_review_signed_off_when_signed_off",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["complete", "signed_off"], revealed_at__isnull=False)
                | Q(status__in=["due", "in_progress", "missed"], revealed_at=None),
                name="risk_review_revealed_when_scored",
            ),
            models.CheckConstraint(
                condition=(Q(status="missed") & ~Q(missed_because="")) | (~Q(status="missed") & Q(missed_because="")),
                name="risk_review_missed_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="risk_review_by_day")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("circles:risk_review", args=[self.reference])

    @property
    def title(self) -> str:
        return f"Risk review {self.number}"

    @property
    def is_revealed(self) -> bool:
        return self.revealed_at is not None

    @property
    def takes_scores(self) -> bool:
        return self.status in {self.Status.DUE, self.Status.IN_PROGRESS}

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and it is neither signed off nor missed."""
        return today > self.due_on and self.status not in self.LIFECYCLE.ends

    def facts_of_a_move(self) -> list[str]:
        return ["revealed_at", "signed_off_at", "signed_off_by", "missed_because", "prompted"]

    def tell_story(self, *, before: str, by: Any, at: datetime, note: str) -> None:
        what = f"{self.title}: {self.Status(self.status).label.lower()}"
        CircleEvent.objects.create(
            circle=self.circle, at=at, by=by, kind=CircleEvent.Kind.RISK_REVIEW, what=what, note=note
        )


class RiskAgreed(Scored):
    """The score that the circle agreed for one item."""

    review = models.ForeignKey(RiskReview, on_delete=models.PROTECT, related_name="agreed")

    class Meta(Scored.Meta):
        verbose_name_plural = "risk agreed"
        constraints = [
            *Scored.Meta.constraints,
            models.UniqueConstraint(fields=["review", "item"], name="risk_agreed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.review.reference} agreed {self.pk}"


class PromptAnswer(models.Model):
    """The coordinator's answer to a review's prompts. A prompt is not a decision (domain.md 1.9)."""

    review = models.OneToOneField(RiskReview, on_delete=models.PROTECT, related_name="prompt_answer")
    words = models.TextField(validators=[MaxLengthValidator(LONGEST_ANSWER)])
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.review.reference} prompts"


auditlog.register(
    RiskReview, include_fields=["circle", "instrument", "number", "kind", "due_on", "status", "signed_off_at"]
)
auditlog.register(RiskAgreed, include_fields=["review", "item", "score", "not_known"])
auditlog.register(PromptAnswer, include_fields=["review", "answered_by"])
