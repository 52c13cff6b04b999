"""The sums of a risk review: totals, how far raters differ, and what the coordinator should look at.

Pure functions (domain.md 1.9). A score is a whole number, or None for “not enough information”. They return
fractions, so that no sum depends on rounding; a page rounds what it shows. Nothing here decides anything.
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


def total_of(scores: Sequence[Score], *, may_miss: int) -> Fraction | None:
    """The sum of the scores. Up to `may_miss` missing scores are made up in proportion; None if more are missing."""
    known = [score for score in scores if score is not None]
    missing = len(scores) - len(known)
    if not known or missing > may_miss:
        return None
    return Fraction(sum(known) * len(scores), len(known))


def totals_by_domain(
    scores: Mapping[str, Score], domains: Mapping[str, str], *, may_miss: int
) -> dict[str, Fraction | None]:
    """The total of each domain. All are None if the whole has no total.

    `scores` are by item; `domains` is the domain of each item. An item without a score counts as missing.
    """
    whole = total_of([scores.get(item) for item in domains], may_miss=may_miss)
    totals: dict[str, Fraction | None] = {}
    for domain in dict.fromkeys(domains.values()):
        own = [scores.get(item) for item, its_domain in domains.items() if its_domain == domain]
        totals[domain] = None if whole is None else total_of(own, may_miss=may_miss)
    return totals


def variance_of(scores: Sequence[Score]) -> Fraction | None:
    """How far raters differ: the mean squared distance from their mean. None for fewer than two.

    The raters are everybody, not a sample, so it is divided by their number.
    """
    known = [score for score in scores if score is not None]
    if len(known) < 2:
        return None
    mean = Fraction(sum(known), len(known))
    return sum(((score - mean) ** 2 for score in known), Fraction(0)) / len(known)


def are_far_apart(scores: Sequence[Score]) -> bool:
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


def prompts_of_rounds(rounds: Sequence[Round], *, higher_is_worse: bool = True) -> list[Prompt]:
    """What the coordinator should look at after the latest review. `rounds` are oldest first.

    If higher scores are better, falling and rising change places.
    """
    worse = 1 if higher_is_worse else -1
    prompts: list[Prompt] = []
    stuck = _not_falling_of(rounds, worse)
    if stuck is not None:
        prompts.append(stuck)
    return prompts + _rises_of(rounds, worse)


def _not_falling_of(rounds: Sequence[Round], worse: int) -> NotFalling | None:
    """The last three totals, if the latest is no better than the first of them; else None."""
    if not rounds or rounds[-1].total is None:
        return None
    with_total = [(review.number, review.total) for review in rounds if review.total is not None][-FALLS_OVER:]
    if len(with_total) < FALLS_OVER or (with_total[-1][1] - with_total[0][1]) * worse < 0:
        return None
    return NotFalling(tuple(number for number, _ in with_total), tuple(summed for _, summed in with_total))


def _rises_of(rounds: Sequence[Round], worse: int) -> list[Rise]:
    """The items of the latest review that are worse by two or more than when they were last scored."""
    if not rounds:
        return []
    rises = []
    for item, now in rounds[-1].scores.items():
        earlier = [(review.number, review.scores.get(item)) for review in rounds[:-1]]
        since, before = next(((number, score) for number, score in reversed(earlier) if score is not None), (0, None))
        if now is not None and before is not None and (now - before) * worse >= RISES_BY:
            rises.append(Rise(item, since, before, now))
    return rises


def expected_total_of(baseline: Fraction, *, days: int, change: Fraction, every: int = 91, most: int) -> Fraction:
    """The control line: the total that is expected after `days`, at the instrument's own rate.

    `change` is the expected change in `every` days, below nought for a fall. The result is between nought and `most`.
    """
    return min(max(baseline + change * days / every, Fraction(0)), Fraction(most))


def completion_rate_of(due: int, done: int) -> int | None:
    """The share of due reviews that were signed off, in per cent, rounded. None if none was due yet."""
    return round(Fraction(100 * done, due)) if due else None
