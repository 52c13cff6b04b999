"""One volunteer's own scores in a risk review. Nobody else sees them until the scores are opened."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.models.role import Role
from circles.circle.models import COORDINATED_CIRCLES
from circles.instrument.models import Scored
from circles.risk.models import RiskReview
from volunteers.volunteer.models import Volunteer

READS_EVERY_RATING = (Role.MANAGER, Role.SAFEGUARDING_LEAD)


class RiskRatingQuerySet(models.QuerySet["RiskRating"]):
    def visible_to(self, user: User) -> Self:
        """A person's own ratings; once the scores are opened, everybody's, for raters, the coordinator and the leads."""
        seen = self.filter(review__in=RiskReview.objects.visible_to(user).values("pk"))
        opened = Q(review__in=RiskReview.objects.filter(revealed_at__isnull=False).values("pk"), sent_at__isnull=False)
        if any(user.has_role(role) for role in READS_EVERY_RATING):
            return seen.filter(opened)
        own = Q(rater__in=Volunteer.objects.filter(user=user).values("pk"))
        rated = RiskRating.objects.filter(own, sent_at__isnull=False).values("review")
        coordinated = RiskReview.objects.filter(circle__in=COORDINATED_CIRCLES(user.pk))
        return seen.filter(own | (opened & (Q(review__in=rated) | Q(review__in=coordinated.values("pk")))))


class RiskRating(models.Model):
    review = models.ForeignKey(RiskReview, on_delete=models.PROTECT, related_name="ratings")
    rater = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = RiskRatingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "rater"], name="risk_rating_once")]

    def __str__(self) -> str:
        return f"{self.review.reference} rating {self.pk}"


class RiskScore(Scored):
    """One item, as one volunteer scored it."""

    rating = models.ForeignKey(RiskRating, on_delete=models.PROTECT, related_name="scores")

    class Meta(Scored.Meta):
        constraints = [
            *Scored.Meta.constraints,
            models.UniqueConstraint(fields=["rating", "item"], name="risk_score_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rating} score {self.pk}"


auditlog.register(RiskRating, include_fields=["review", "rater", "begun_at", "sent_at"])
auditlog.register(RiskScore, include_fields=["rating", "item", "score", "not_known"])
