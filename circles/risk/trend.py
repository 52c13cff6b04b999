"""A circle's risk reviews as rounds that can be compared, and as the drawing of their trend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from circles.instrument.models import HIGHEST, Instrument
from circles.instrument.scoring import NotFalling, Prompt, Round, Score, expected, prompts, total, totals_by_domain
from circles.risk.models import RiskAgreed, RiskReview

WIDTH, HEIGHT = 640, 330
SMALL = 110
"""The height of a domain's own drawing."""

LEFT, RIGHT, TOP, BOTTOM = 62, 20, 22, 68


def agreed_scores(review: RiskReview) -> dict[str, Score]:
    """The agreed score of every item, None for “not enough information”."""
    agreed = {one.item_id: one.score for one in review.agreed.all()}
    return {item.key: agreed.get(item.pk) for item in review.instrument.items.all()}


def round_of(review: RiskReview) -> Round:
    scores = agreed_scores(review)
    return Round(review.number, scores, total(list(scores.values()), may_miss=review.instrument.may_miss))


def domains_of(review: RiskReview) -> dict[str, Fraction | None]:
    """The agreed sum of each domain."""
    items = review.instrument.items.all()
    domains = {item.key: item.domain for item in items}
    return totals_by_domain(agreed_scores(review), domains, may_miss=review.instrument.may_miss)


def totals_of(references: Iterable[str]) -> dict[str, Fraction | None]:
    """The agreed total of each of these signed-off reviews, all by one query: each has an answer to every item."""
    agreed = RiskAgreed.objects.filter(review__reference__in=references, review__status=RiskReview.Status.SIGNED_OFF)
    scores: dict[str, list[Score]] = {}
    allowed: dict[str, int] = {}
    for reference, score, may_miss in agreed.values_list("review__reference", "score", "review__instrument__may_miss"):
        scores.setdefault(reference, []).append(score)
        allowed[reference] = may_miss
    return {reference: total(found, may_miss=allowed[reference]) for reference, found in scores.items()}


def signed_off(circle_id: int) -> list[RiskReview]:
    """A circle's signed-off reviews, oldest first, with what their sums need."""
    reviews = RiskReview.objects.filter(circle=circle_id, status=RiskReview.Status.SIGNED_OFF)
    told = reviews.select_related("instrument", "prompt_answer__answered_by")
    return list(told.prefetch_related("agreed", "instrument__items").order_by("number"))


def comparable(reviews: Sequence[RiskReview]) -> list[RiskReview]:
    """Those that used the same instrument as the latest: other versions are other questions."""
    return [one for one in reviews if one.instrument_id == reviews[-1].instrument_id]


def prompts_after(review: RiskReview) -> list[Prompt]:
    """What this review, with those signed off before it, prompts."""
    return prompts_over([*[one for one in signed_off(review.circle_id) if one.number < review.number], review])


def prompts_over(reviews: Sequence[RiskReview]) -> list[Prompt]:
    """What the latest of these reviews prompts, oldest first; nothing where there is none."""
    if not reviews:
        return []
    rounds = [round_of(one) for one in comparable(reviews)]
    return prompts(rounds, higher_is_worse=reviews[-1].instrument.higher_is_worse)


def said(prompt: Prompt, instrument: Instrument) -> str:
    """A prompt in words."""
    better, worse = ("fallen", "risen") if instrument.higher_is_worse else ("risen", "fallen")
    if isinstance(prompt, NotFalling):
        numbers = ", ".join(str(number) for number in prompt.reviews[:-1]) + f" and {prompt.reviews[-1]}"
        totals = ", ".join(shown(one) for one in prompt.totals)
        return f"The total has not {better} over reviews {numbers}: {totals}."
    item = next(item for item in instrument.items.all() if item.key == prompt.item)
    return f"Item {item.number} has {worse} from {prompt.before} in review {prompt.since} to {prompt.now}: {item.text}"


def shown(value: Fraction | None) -> str:
    """A sum as it is read: a whole number, or one decimal."""
    if value is None:
        return "no total"
    return f"{float(value):.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Point:
    """One review of the drawing, in its coordinates; `y` is None where there is no total."""

    review: RiskReview
    x: float
    y: float | None
    expected_y: float
    total: str
    expected: str
    domains: list[str]


@dataclass(frozen=True)
class Rung:
    """A line of the scale at the side."""

    value: int
    y: float


@dataclass(frozen=True)
class DomainLine:
    """One domain's own small drawing. `says` is what it shows, in words."""

    name: str
    lines: list[str]
    dots: list[tuple[float, float]]
    most: int
    says: str


@dataclass(frozen=True)
class Trend:
    """The drawing and its table. `line` and `control` are points as SVG writes them."""

    points: list[Point]
    rungs: list[Rung]
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
    """The trend of these signed-off reviews, oldest first; None when there is none."""
    if not reviews:
        return None
    drawn = comparable(reviews)
    most = HIGHEST * len(drawn[-1].instrument.items.all())
    rounds = [round_of(one) for one in drawn]
    start = next(((one.due_on, r.total) for one, r in zip(drawn, rounds, strict=True) if r.total is not None), None)
    points = [point(one, summed, start, whole=drawn, most=most) for one, summed in zip(drawn, rounds, strict=True)]
    return Trend(
        points=points,
        rungs=[Rung(value, height(Fraction(value), most)) for value in (most * step // 4 for step in range(5))],
        domains=list(domains_of(drawn[-1])),
        most=most,
        line=runs(None if one.y is None else (one.x, one.y) for one in points),
        control=" ".join(f"{one.x},{one.expected_y}" for one in points) if start else "",
        says=sentence(points),
        by_domain=domain_lines(drawn, [one.x for one in points]),
    )


def domain_lines(drawn: Sequence[RiskReview], places: Sequence[float]) -> list[DomainLine]:
    """Each domain's sums along the same days, on its own scale: the whole can stand still while one moves."""
    sums = [domains_of(one) for one in drawn]
    found = []
    for name, items in drawn[-1].instrument.by_domain():
        most = HIGHEST * len(items)
        values = [one[name] for one in sums]
        dots = [None if value is None else (x, small(value, most)) for x, value in zip(places, values, strict=True)]
        says = ", ".join(shown(value) for value in values)
        found.append(DomainLine(name, runs(dots), [dot for dot in dots if dot], most, f"{says}, of {most}"))
    return found


def small(value: Fraction, most: int) -> float:
    return round(SMALL - 12 - (SMALL - 24) * float(value) / most, 1)


def point(
    review: RiskReview, summed: Round, start: tuple[date, Fraction] | None, *, whole: Sequence[RiskReview], most: int
) -> Point:
    """Where one review stands. Its place along the way is its day, not its number."""
    control = Fraction(0)
    if start is not None:
        control = expected(
            start[1],
            days=(review.due_on - start[0]).days,
            change=Fraction(review.instrument.expected_change),
            most=most,
        )
    return Point(
        review=review,
        x=place(review.due_on, whole[0].due_on, whole[-1].due_on),
        y=None if summed.total is None else height(summed.total, most),
        expected_y=height(control, most),
        total=shown(summed.total),
        expected=shown(control) if start is not None else "–",
        domains=[shown(one) if one is not None else "–" for one in domains_of(review).values()],
    )


def place(day: date, first: date, last: date) -> float:
    span = (last - first).days
    share = (day - first).days / span if span else 0.0
    return round(LEFT + 48 + share * (WIDTH - LEFT - RIGHT - 96), 1)


def height(value: Fraction, most: int) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - float(value) / most), 1)


def runs(dots: Iterable[tuple[float, float] | None]) -> list[str]:
    """The stretches of a line: a review without a sum breaks it, for nothing is known there."""
    stretches: list[list[str]] = [[]]
    for dot in dots:
        if dot is None:
            stretches.append([])
        else:
            stretches[-1].append(f"{dot[0]},{dot[1]}")
    return [" ".join(stretch) for stretch in stretches if len(stretch) > 1]


def sentence(points: Sequence[Point]) -> str:
    """What the drawing shows, for somebody who cannot see it."""
    told = "; ".join(f"review {one.review.number}, {one.total}, expected {one.expected}" for one in points)
    return f"Trend of the agreed total: {told}."
