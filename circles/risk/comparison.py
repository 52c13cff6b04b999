"""A round's scores side by side, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from accounts.models import User
from circles.instrument.models import InstrumentItem, Scored
from circles.instrument.scoring import far_apart, total, variance
from circles.risk.models import RiskAgreed, RiskReview
from circles.risk.rating_models import RiskRating
from circles.risk.trend import shown


@dataclass(frozen=True)
class Said:
    """What one rater said of one item."""

    name: str
    score: str
    comment: str


@dataclass(frozen=True)
class Side:
    """One item with everybody's scores, how far they differ, and what was agreed."""

    item: InstrumentItem
    said: list[Said]
    variance: str
    far_apart: bool
    agreed: str
    comment: str


@dataclass(frozen=True)
class Comparison:
    """Domain by domain, the items; and each rater's own total."""

    raters: list[Said]
    domains: list[tuple[str, list[Side]]]


def ratings_seen(review: RiskReview, user: User) -> list[RiskRating]:
    """The sent ratings of an opened round that this person may read."""
    if not review.is_revealed:
        return []
    seen = RiskRating.objects.visible_to(user).filter(review=review).exclude(sent_at=None)
    return list(seen.select_related("rater__user").prefetch_related("scores").order_by("sent_at", "pk"))


def written(scored: Scored | None) -> str:
    """An answer as one reads it."""
    if scored is None or not scored.is_answered:
        return "–"
    return "not known" if scored.not_known else str(scored.score)


def compared(review: RiskReview, ratings: Sequence[RiskRating], agreed: Mapping[int, Scored]) -> Comparison:
    """The ratings of a review beside each other, with what was agreed."""
    by_rater = [(one.rater.user.first_name, {score.item_id: score for score in one.scores.all()}) for one in ratings]
    items = review.instrument.items.all()
    may_miss = review.instrument.may_miss
    raters = [
        Said(name, shown(total([known(scores.get(item.pk)) for item in items], may_miss=may_miss)), "")
        for name, scores in by_rater
    ]
    domains = [
        (domain, [side(item, by_rater, agreed.get(item.pk)) for item in own])
        for domain, own in review.instrument.by_domain()
    ]
    return Comparison(raters, domains)


def side(item: InstrumentItem, by_rater: Sequence[tuple[str, Mapping[int, Scored]]], agreed: Scored | None) -> Side:
    scores = [known(theirs.get(item.pk)) for _, theirs in by_rater]
    spread = variance(scores)
    return Side(
        item=item,
        said=[Said(name, written(one.get(item.pk)), comment_of(one.get(item.pk))) for name, one in by_rater],
        variance="" if spread is None else f"{float(spread):.1f}",
        far_apart=far_apart(scores),
        agreed=written(agreed),
        comment=comment_of(agreed),
    )


def known(scored: Scored | None) -> int | None:
    return None if scored is None else scored.score


def comment_of(scored: Scored | None) -> str:
    return "" if scored is None else scored.comment


def agreed_of(review: RiskReview) -> dict[int, Scored]:
    """What is agreed so far, by item; fetched once for the sums that follow."""
    prefetch_related_objects([review], "agreed")
    return {one.item_id: one for one in review.agreed.all()}


def offered(items: Iterable[InstrumentItem], ratings: Sequence[RiskRating]) -> dict[int, Scored]:
    """Where two raters or more all gave the same score, that score, for the coordinator to confirm."""
    by_rater = [{score.item_id: score for score in one.scores.all()} for one in ratings]
    found: dict[int, Scored] = {}
    for item in items:
        scores = {known(theirs.get(item.pk)) for theirs in by_rater}
        if len(by_rater) > 1 and len(scores) == 1 and None not in scores:
            found[item.pk] = RiskAgreed(item=item, score=scores.pop())
    return found
