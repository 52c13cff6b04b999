"""Who may do what with a circle's review."""

from __future__ import annotations

from functools import cached_property

from accounts.models import User
from circles.circle.access import CircleAccess
from circles.review.copy import Copy
from circles.review.models import INVITED, Review
from core.access import act


class ReviewAccess(CircleAccess):
    """Acts on one review. Facts about the circle come from the review's circle."""

    def __init__(self, by: User, review: Review) -> None:
        super().__init__(by, review.circle)
        self.review = review

    @cached_property
    def is_invited(self) -> bool:
        """Whether this person is the practitioner named now: invited to this review, and to nothing else here."""
        return self.by.works_for_an_agency and self.review.pk in INVITED.read_keys(self.by.pk)

    @act("prepare and record this circle's review")
    def run_review(self) -> bool:
        return self.coordinates or self.leads

    @act("give your view to this review")
    def give_view(self) -> bool:
        return self.belongs

    @act("read everybody's views before the review is written")
    def read_views(self) -> bool:
        return self.coordinates or self.leads

    @act("take the inner circle's copy of this review")
    def copy_inner(self) -> bool:
        return self.coordinates or self.leads or self.belongs

    @act("take the outer circle's copy of this review")
    def copy_outer(self) -> bool:
        return self.coordinates or self.leads or self.is_invited


COPIES = {Copy.INNER: ReviewAccess.copy_inner, Copy.OUTER: ReviewAccess.copy_outer}
"""The act that each copy needs."""
