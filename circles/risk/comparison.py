"""The scores of one risk review side by side, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from accounts.models import User
from circles.instrument.models import InstrumentItem, Scored
from circles.instrument.scoring import are_far_apart, total_of, variance_of
from circles.risk.models import RiskAgreed, RiskReview
from circles.risk.rating_models import RiskRating
from circles.risk.trend import total_text_of


@dataclass(frozen=True)
class RaterScore:
    """One rater's score and comment on one item, as text; or that rater's total."""

    name: str
    score: str
    comment: str


@dataclass(frozen=True)
class ItemComparison:
    """One item: every rater's score, how far the scores differ, and the agreed score."""

    item: InstrumentItem
    scores: list[RaterScore]
    variance: str
    far_apart: bool
    agreed: str
    comment: str


@dataclass(frozen=True)
class Comparison:
    """Each rater's own total, and the items by domain."""

    raters: list[RaterScore]
    domains: list[tuple[str, list[ItemComparison]]]

    @property
    def rater_names(self) -> list[str]:
        """What the raters' columns are called."""
        return [rater.name for rater in self.raters]


def ratings_visible_to(review: RiskReview, user: User) -> list[RiskRating]:
    """The sent ratings that this person may read, oldest first. None before the scores are opened."""
    if not review.is_revealed:
        return []
    seen = RiskRating.objects.visible_to(user).filter(review=review).exclude(sent_at=None)
    return list(seen.select_related("rater__user").prefetch_related("scores").order_by("sent_at", "pk"))


def _score_text_of(scored: Scored | None) -> str:
    """A score as the page shows it: a number, “not known”, or a dash for no answer."""
    if scored is None or not scored.is_answered:
        return "–"
    return "not known" if scored.not_known else str(scored.score)


def comparison_of(review: RiskReview, ratings: Sequence[RiskRating], agreed: Mapping[int, Scored]) -> Comparison:
    """These ratings side by side, with the agreed score of each item."""
    by_rater = [
        (rating.rater.user.first_name, {score.item_id: score for score in rating.scores.all()}) for rating in ratings
    ]
    items = review.instrument.items.all()
    may_miss = review.instrument.may_miss
    raters = [
        RaterScore(
            name, total_text_of(total_of([_score_of(scores.get(item.pk)) for item in items], may_miss=may_miss)), ""
        )
        for name, scores in by_rater
    ]
    domains = [
        (domain, [_item_comparison_of(item, by_rater, agreed.get(item.pk)) for item in domain_items])
        for domain, domain_items in review.instrument.by_domain()
    ]
    return Comparison(raters, domains)


def _item_comparison_of(
    item: InstrumentItem, by_rater: Sequence[tuple[str, Mapping[int, Scored]]], agreed: Scored | None
) -> ItemComparison:
    """One item's scores, with their variance to one decimal; empty for fewer than two scores."""
    numbers = [_score_of(scored.get(item.pk)) for _, scored in by_rater]
    spread = variance_of(numbers)
    return ItemComparison(
        item=item,
        scores=[
            RaterScore(name, _score_text_of(scored.get(item.pk)), _comment_of(scored.get(item.pk)))
            for name, scored in by_rater
        ],
        variance="" if spread is None else f"{float(spread):.1f}",
        far_apart=are_far_apart(numbers),
        agreed=_score_text_of(agreed),
        comment=_comment_of(agreed),
    )


def _score_of(scored: Scored | None) -> int | None:
    return None if scored is None else scored.score


def _comment_of(scored: Scored | None) -> str:
    return "" if scored is None else scored.comment


def agreed_scores_of(review: RiskReview) -> dict[int, Scored]:
    """The agreed scores so far, by item. The prefetch also serves the totals computed afterwards."""
    prefetch_related_objects([review], "agreed")
    return {scored.item_id: scored for scored in review.agreed.all()}


def unanimous_scores_of(items: Iterable[InstrumentItem], ratings: Sequence[RiskRating]) -> dict[int, Scored]:
    """The score of each item on which two or more raters all agree, for the coordinator to confirm."""
    by_rater = [{score.item_id: score for score in rating.scores.all()} for rating in ratings]
    unanimous: dict[int, Scored] = {}
    for item in items:
        scores = {_score_of(scores_by_item.get(item.pk)) for scores_by_item in by_rater}
        if len(by_rater) > 1 and len(scores) == 1 and None not in scores:
            unanimous[item.pk] = RiskAgreed(item=item, score=scores.pop())
    return unanimous
