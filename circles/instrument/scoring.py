"""The sums of a risk review: totals, proration, how far raters differ, and what to prompt about.

Pure functions (domain.md 1.9). A score is a whole number, or None for “not enough information”. Fractions,
so that no sum depends on rounding; a page rounds what it shows. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Score = int | None

FALLS_OVER = 3
"""A total that has not fallen over this many reviews prompts the coordinator."""

RISES_BY = 2
"""An item that has risen by this much or more prompts the coordinator."""

FAR_APART = 3
"""Raters whose highest and lowest score of an item differ by this much should talk about it."""


def total(scores: Sequence[Score], *, may_miss: int) -> Fraction | None:
    """The sum, made up in proportion for up to `may_miss` missing scores; None when more are missing."""
    known = [score for score in scores if score is not None]
    missing = len(scores) - len(known)
    if not known or missing > may_miss:
        return None
    return Fraction(sum(known) * len(scores), len(known))


def totals_by_domain(
    scores: Mapping[str, Score], domains: Mapping[str, str], *, may_miss: int
) -> dict[str, Fraction | None]:
    """Each domain's sum, by its own items. None throughout when the whole has no total.

    `scores` are by item, `domains` names each item's domain; an item without a score counts as missing.
    """
    whole = total([scores.get(item) for item in domains], may_miss=may_miss)
    found: dict[str, Fraction | None] = {}
    for domain in dict.fromkeys(domains.values()):
        own = [scores.get(item) for item, its in domains.items() if its == domain]
        found[domain] = None if whole is None else total(own, may_miss=may_miss)
    return found


def variance(scores: Sequence[Score]) -> Fraction | None:
    """How far raters differ: the mean squared distance from their mean. None for fewer than two.

    Of the raters there are, who are everybody and no sample, so divided by their number.
    """
    known = [score for score in scores if score is not None]
    if len(known) < 2:
        return None
    mean = Fraction(sum(known), len(known))
    return sum(((score - mean) ** 2 for score in known), Fraction(0)) / len(known)


def far_apart(scores: Sequence[Score]) -> bool:
    """Whether raters differ so much that an average would hide it."""
    known = [score for score in scores if score is not None]
    return bool(known) and max(known) - min(known) >= FAR_APART


@dataclass(frozen=True)
class Round:
    """One review's agreed scores, by item, and its total."""

    number: int
    scores: Mapping[str, Score]
    total: Fraction | None


@dataclass(frozen=True)
class NotFalling:
    """The total is no better than it was two reviews ago: the numbers of the reviews, and their totals."""

    reviews: tuple[int, ...]
    totals: tuple[Fraction, ...]


@dataclass(frozen=True)
class Rise:
    """One item is worse by two or more than when it was last scored."""

    item: str
    since: int
    before: int
    now: int


Prompt = NotFalling | Rise


def prompts(rounds: Sequence[Round], *, higher_is_worse: bool = True) -> list[Prompt]:
    """What to ask the coordinator to look at after the latest of these reviews, oldest first.

    For an instrument whose higher scores are better, falling and rising change places.
    """
    worse = 1 if higher_is_worse else -1
    found: list[Prompt] = []
    stuck = not_falling(rounds, worse)
    if stuck is not None:
        found.append(stuck)
    return found + rises(rounds, worse)


def not_falling(rounds: Sequence[Round], worse: int) -> NotFalling | None:
    """The latest of the last three totals, when it is no better than the first of them."""
    if not rounds or rounds[-1].total is None:
        return None
    with_total = [(one.number, one.total) for one in rounds if one.total is not None][-FALLS_OVER:]
    if len(with_total) < FALLS_OVER or (with_total[-1][1] - with_total[0][1]) * worse < 0:
        return None
    return NotFalling(tuple(number for number, _ in with_total), tuple(summed for _, summed in with_total))


def rises(rounds: Sequence[Round], worse: int) -> list[Rise]:
    """The items of the latest review that are worse by two or more than at their last score before it."""
    if not rounds:
        return []
    found = []
    for item, now in rounds[-1].scores.items():
        earlier = [(one.number, one.scores.get(item)) for one in rounds[:-1]]
        since, before = next(((number, score) for number, score in reversed(earlier) if score is not None), (0, None))
        if now is not None and before is not None and (now - before) * worse >= RISES_BY:
            found.append(Rise(item, since, before, now))
    return found


def expected(baseline: Fraction, *, days: int, change: Fraction, every: int = 91, most: int) -> Fraction:
    """The control line: where the total would stand after so many days at the instrument's own rate.

    `change` is what is expected in `every` days, less than nothing for a fall; never below nought or above `most`.
    """
    return min(max(baseline + change * days / every, Fraction(0)), Fraction(most))


def completion(due: int, done: int) -> int | None:
    """In per cent, rounded: reviews signed off of those that were due. None when none was due yet."""
    return round(Fraction(100 * done, due)) if due else None
