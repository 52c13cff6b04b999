"""The totals of a circle's risk reviews, the prompts that follow from them, and the drawing of their trend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from circles.instrument.models import HIGHEST, Instrument
from circles.instrument.scoring import (
    NotFalling,
    Prompt,
    Round,
    Score,
    expected_total_of,
    prompts_of_rounds,
    total_of,
    totals_by_domain,
)
from circles.risk.models import RiskAgreed, RiskReview

WIDTH, HEIGHT = 640, 330
SMALL = 110
"""Height of the drawing of one domain."""

LEFT, RIGHT, TOP, BOTTOM = 62, 20, 22, 68


def _scores_by_key_of(review: RiskReview) -> dict[str, Score]:
    """The agreed score of every item, None for “not enough information”."""
    agreed = {scored.item_id: scored.score for scored in review.agreed.all()}
    return {item.key: agreed.get(item.pk) for item in review.instrument.items.all()}


def round_of(review: RiskReview) -> Round:
    scores = _scores_by_key_of(review)
    return Round(review.number, scores, total_of(list(scores.values()), may_miss=review.instrument.may_miss))


def domain_totals_of(review: RiskReview) -> dict[str, Fraction | None]:
    """The agreed total of each domain."""
    items = review.instrument.items.all()
    domains = {item.key: item.domain for item in items}
    return totals_by_domain(_scores_by_key_of(review), domains, may_miss=review.instrument.may_miss)


def totals_of(references: Iterable[str]) -> dict[str, Fraction | None]:
    """The agreed total of each of these reviews that is signed off, by reference. One query for all of them."""
    agreed = RiskAgreed.objects.filter(review__reference__in=references, review__status=RiskReview.Status.SIGNED_OFF)
    scores: dict[str, list[Score]] = {}
    allowed: dict[str, int] = {}
    for reference, score, may_miss in agreed.values_list("review__reference", "score", "review__instrument__may_miss"):
        scores.setdefault(reference, []).append(score)
        allowed[reference] = may_miss
    return {reference: total_of(given, may_miss=allowed[reference]) for reference, given in scores.items()}


def signed_off_reviews_of(circle_id: int) -> list[RiskReview]:
    """A circle's signed-off reviews, oldest first, with everything their totals need already fetched."""
    reviews = RiskReview.objects.filter(circle=circle_id, status=RiskReview.Status.SIGNED_OFF)
    needed = reviews.select_related("instrument", "prompt_answer__answered_by")
    return list(needed.prefetch_related("agreed", "instrument__items").order_by("number"))


def _comparable_reviews_of(reviews: Sequence[RiskReview]) -> list[RiskReview]:
    """The reviews scored with the instrument of the latest one. Other versions have other questions."""
    return [review for review in reviews if review.instrument_id == reviews[-1].instrument_id]


def prompts_after(review: RiskReview) -> list[Prompt]:
    """The prompts that this review gives, together with those signed off before it."""
    return prompts_of(
        [*[earlier for earlier in signed_off_reviews_of(review.circle_id) if earlier.number < review.number], review]
    )


def prompts_of(reviews: Sequence[RiskReview]) -> list[Prompt]:
    """The prompts that the latest of these reviews gives. The reviews come oldest first, and may be none."""
    if not reviews:
        return []
    rounds = [round_of(review) for review in _comparable_reviews_of(reviews)]
    return prompts_of_rounds(rounds, higher_is_worse=reviews[-1].instrument.higher_is_worse)


def prompt_sentence_of(prompt: Prompt, instrument: Instrument) -> str:
    """A prompt as a sentence for the page."""
    better, worse = ("fallen", "risen") if instrument.higher_is_worse else ("risen", "fallen")
    if isinstance(prompt, NotFalling):
        numbers = ", ".join(str(number) for number in prompt.reviews[:-1]) + f" and {prompt.reviews[-1]}"
        totals = ", ".join(total_text_of(value) for value in prompt.totals)
        return f"The total has not {better} over reviews {numbers}: {totals}."
    item = next(item for item in instrument.items.all() if item.key == prompt.item)
    return f"Item {item.number} has {worse} from {prompt.before} in review {prompt.since} to {prompt.now}: {item.text}"


def total_text_of(value: Fraction | None) -> str:
    """A total as the page shows it: a whole number, one decimal, or “no total”."""
    if value is None:
        return "no total"
    return f"{float(value):.1f}".removesuffix(".0")


@dataclass(frozen=True)
class TrendPoint:
    """One review in the drawing, in SVG coordinates. `y` is None if it has no total."""

    review: RiskReview
    x: float
    y: float | None
    expected_y: float
    total: str
    expected: str
    domains: list[str]


@dataclass(frozen=True)
class ScaleLine:
    """One horizontal line of the drawing, and its number at the side."""

    value: int
    y: float


@dataclass(frozen=True)
class DomainLine:
    """The small drawing of one domain. `says` describes it in words."""

    name: str
    lines: list[str]
    dots: list[tuple[float, float]]
    most: int
    says: str


@dataclass(frozen=True)
class Trend:
    """The drawing and its table. `line` and `control` hold points as SVG writes them; `says` describes it in words."""

    points: list[TrendPoint]
    rungs: list[ScaleLine]
    domains: list[str]
    most: int
    line: list[str]
    control: str
    says: str
    by_domain: list[DomainLine]
    left: int = LEFT
    right: int = WIDTH - RIGHT
    width: int = WIDTH
    height: int = HEIGHT
    small: int = SMALL
    floor: int = HEIGHT - BOTTOM


def trend_of(reviews: Sequence[RiskReview]) -> Trend | None:
    """The trend of these signed-off reviews, which come oldest first. None without reviews."""
    if not reviews:
        return None
    drawn = _comparable_reviews_of(reviews)
    most = HIGHEST * len(drawn[-1].instrument.items.all())
    rounds = [round_of(review) for review in drawn]
    start = next(
        (
            (review.due_on, summed.total)
            for review, summed in zip(drawn, rounds, strict=True)
            if summed.total is not None
        ),
        None,
    )
    points = [
        _point_of(review, summed, start, whole=drawn, most=most) for review, summed in zip(drawn, rounds, strict=True)
    ]
    return Trend(
        points=points,
        rungs=[
            ScaleLine(value, _height_of(Fraction(value), most)) for value in (most * step // 4 for step in range(5))
        ],
        domains=list(domain_totals_of(drawn[-1])),
        most=most,
        line=_stretches_of(None if point.y is None else (point.x, point.y) for point in points),
        control=" ".join(f"{point.x},{point.expected_y}" for point in points) if start else "",
        says=_trend_sentence_of(points),
        by_domain=_domain_lines_of(drawn, [point.x for point in points]),
    )


def _domain_lines_of(drawn: Sequence[RiskReview], places: Sequence[float]) -> list[DomainLine]:
    """A small drawing for each domain, on its own scale. The total can stand still while one domain moves."""
    sums = [domain_totals_of(review) for review in drawn]
    lines = []
    for name, items in drawn[-1].instrument.by_domain():
        most = HIGHEST * len(items)
        values = [by_domain[name] for by_domain in sums]
        dots = [
            None if value is None else (x, _small_height_of(value, most))
            for x, value in zip(places, values, strict=True)
        ]
        says = ", ".join(total_text_of(value) for value in values)
        lines.append(DomainLine(name, _stretches_of(dots), [dot for dot in dots if dot], most, f"{says}, of {most}"))
    return lines


def _small_height_of(value: Fraction, most: int) -> float:
    return round(SMALL - 12 - (SMALL - 24) * float(value) / most, 1)


def _point_of(
    review: RiskReview, summed: Round, start: tuple[date, Fraction] | None, *, whole: Sequence[RiskReview], most: int
) -> TrendPoint:
    """The point of one review. Its day decides `x`, not its number. `start` is the first day with a total."""
    control = Fraction(0)
    if start is not None:
        control = expected_total_of(
            start[1],
            days=(review.due_on - start[0]).days,
            change=Fraction(review.instrument.expected_change),
            most=most,
        )
    return TrendPoint(
        review=review,
        x=_x_of(review.due_on, whole[0].due_on, whole[-1].due_on),
        y=None if summed.total is None else _height_of(summed.total, most),
        expected_y=_height_of(control, most),
        total=total_text_of(summed.total),
        expected=total_text_of(control) if start is not None else "–",
        domains=[total_text_of(summed) if summed is not None else "–" for summed in domain_totals_of(review).values()],
    )


def _x_of(day: date, first: date, last: date) -> float:
    span = (last - first).days
    share = (day - first).days / span if span else 0.0
    return round(LEFT + 48 + share * (WIDTH - LEFT - RIGHT - 96), 1)


def _height_of(value: Fraction, most: int) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - float(value) / most), 1)


def _stretches_of(dots: Iterable[tuple[float, float] | None]) -> list[str]:
    """The line as one or more stretches of points. A review without a total interrupts it."""
    stretches: list[list[str]] = [[]]
    for dot in dots:
        if dot is None:
            stretches.append([])
        else:
            stretches[-1].append(f"{dot[0]},{dot[1]}")
    return [" ".join(stretch) for stretch in stretches if len(stretch) > 1]


def _trend_sentence_of(points: Sequence[TrendPoint]) -> str:
    """The drawing in words, for somebody who cannot see it."""
    reviews = "; ".join(f"review {point.review.number}, {point.total}, expected {point.expected}" for point in points)
    return f"Trend of the agreed total: {reviews}."
