"""Who may do what with a risk review."""

from __future__ import annotations

from accounts.access import Role
from accounts.models import User
from circles.circle.access import LEADS_CIRCLES, CircleAccess
from circles.risk.models import RiskReview
from core.access import Access, act


class RiskReviewAccess(CircleAccess):
    """Acts on one risk review. Facts about the circle come from the review's circle."""

    def __init__(self, by: User, review: RiskReview) -> None:
        super().__init__(by, review.circle)
        self.review = review

    @act("score this risk review")
    def score(self) -> bool:
        """Volunteers score, each on their own (domain.md 1.9)."""
        return self.belongs

    @act("agree this risk review and sign it off")
    def agree(self) -> bool:
        return self.coordinates or self.leads

    @act("say that this risk review was missed")
    def miss(self) -> bool:
        return self.coordinates or self.leads

    @act("answer this risk review's prompts")
    def answer_prompts(self) -> bool:
        return self.coordinates or self.leads


class CompletionAccess(Access):
    """Acts on the list of which circles have their due risk reviews signed off."""

    by: User

    @act("see which risk reviews are done")
    def see_completion(self) -> bool:
        return self.by.has_role(Role.COORDINATOR) or any(self.by.has_role(role) for role in LEADS_CIRCLES)
