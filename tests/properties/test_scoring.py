"""The sums of a risk review: some worked by hand, and rules for any scores."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circles.instrument.scoring import (
    NotFalling,
    Rise,
    Round,
    Score,
    are_far_apart,
    completion_rate_of,
    expected_total_of,
    prompts_of_rounds,
    total_of,
    totals_by_domain,
    variance_of,
)

score = st.integers(min_value=0, max_value=6)
known = st.lists(score, min_size=1, max_size=20)
any_score = st.one_of(st.none(), score)
maybe = st.lists(any_score, max_size=20)


def test_seventeen_scores_are_added_up() -> None:
    assert total_of([3, 2, 4, 1, 0, 6, 5, 2, 3, 3, 1, 2, 4, 0, 2, 3, 1], may_miss=2) == 42


def test_two_missing_are_made_up_in_proportion() -> None:
    """Fifteen of seventeen scored, all 3: 45 × 17 ÷ 15 = 51."""
    assert total_of([3] * 15 + [None, None], may_miss=2) == 51
    assert total_of([4, 4, 2, None], may_miss=2) == Fraction(40, 3)


def test_three_missing_leave_no_total() -> None:
    assert total_of([3] * 14 + [None] * 3, may_miss=2) is None
    assert total_of([], may_miss=2) is None
    assert total_of([None, None], may_miss=2) is None


@given(known)
def test_with_nothing_missing_the_total_is_the_sum(scores: list[int]) -> None:
    assert total_of(scores, may_miss=2) == sum(scores)


@given(maybe)
def test_a_total_is_there_exactly_when_few_enough_are_missing(scores: list[Score]) -> None:
    missing = scores.count(None)
    has = total_of(scores, may_miss=2) is not None
    assert has == (missing <= 2 and missing < len(scores))


@given(known, st.integers(min_value=0, max_value=2))
def test_a_total_made_up_stays_within_what_the_missing_could_have_been(scores: list[int], missing: int) -> None:
    summed = total_of([*scores, *[None] * missing], may_miss=2)
    assert summed is not None
    assert sum(scores) <= summed <= sum(scores) + 6 * missing


@given(st.lists(any_score, min_size=1, max_size=17), st.randoms())
def test_the_order_of_the_items_makes_no_difference(scores: list[Score], chance: object) -> None:
    turned = list(reversed(scores))
    assert total_of(scores, may_miss=2) == total_of(turned, may_miss=2)
    assert variance_of(scores) == variance_of(turned)


def test_domains_are_summed_by_their_own_items() -> None:
    domains = {"a": "People", "b": "People", "c": "Days", "d": "Days"}
    assert totals_by_domain({"a": 1, "b": 2, "c": 3, "d": 4}, domains, may_miss=2) == {"People": 3, "Days": 7}
    assert totals_by_domain({"a": 1, "b": None, "c": 3, "d": 4}, domains, may_miss=2) == {"People": 2, "Days": 7}
    assert totals_by_domain({"a": 1}, domains, may_miss=2) == {"People": None, "Days": None}
    assert totals_by_domain({"a": 1, "b": 2}, domains, may_miss=2) == {"People": 3, "Days": None}


@given(st.lists(score, min_size=2, max_size=17))
def test_with_nothing_missing_the_domains_add_up_to_the_total(scores: list[int]) -> None:
    by_item: dict[str, Score] = {str(place): one for place, one in enumerate(scores)}
    domains = {item: f"domain {place % 3}" for place, item in enumerate(by_item)}
    found = totals_by_domain(by_item, domains, may_miss=2)
    assert sum(one for one in found.values() if one is not None) == total_of(scores, may_miss=2)


def test_raters_who_say_two_four_and_six_vary_by_eight_thirds() -> None:
    """Mean 4; distances 2, 0, 2; squares 4, 0, 4; 8 ÷ 3."""
    assert variance_of([2, 4, 6]) == Fraction(8, 3)
    assert variance_of([2, None, 4]) == 1
    assert variance_of([5]) is None
    assert variance_of([None, 3, None]) is None


@given(st.lists(score, min_size=2, max_size=8))
def test_variance_is_nought_exactly_when_all_say_the_same(scores: list[int]) -> None:
    found = variance_of(scores)
    assert found is not None
    assert (found == 0) == (len(set(scores)) == 1)
    assert 0 <= found <= 9


@given(st.lists(st.integers(min_value=0, max_value=5), min_size=2, max_size=8))
def test_variance_does_not_move_when_everybody_says_one_more(scores: list[int]) -> None:
    assert variance_of(scores) == variance_of([one + 1 for one in scores])


def test_raters_three_apart_are_far_apart() -> None:
    assert are_far_apart([1, 4, 2])
    assert not are_far_apart([1, 3, None])
    assert not are_far_apart([])


def rounds(*totals: int | None, **items: list[Score]) -> list[Round]:
    return [
        Round(
            number,
            {name: scores[number - 1] for name, scores in items.items()},
            None if summed is None else Fraction(summed),
        )
        for number, summed in enumerate(totals, start=1)
    ]


@pytest.mark.parametrize(
    ("totals", "prompted"),
    [
        ((40, 38, 36), False),
        ((40, 40, 40), True),
        ((40, 36, 41), True),
        ((40, 36, 40), True),
        ((40, 44, 39), False),
        ((40, 41), False),
        ((40,), False),
        ((), False),
        ((50, 40, 40, 40), True),
        ((30, 40, 38, 36), False),
        ((40, None, 40, 40), True),
        ((40, 40, None), False),
    ],
)
def test_a_total_that_has_not_fallen_over_three_reviews_prompts(totals: tuple[int | None, ...], prompted: bool) -> None:
    assert any(isinstance(one, NotFalling) for one in prompts_of_rounds(rounds(*totals))) == prompted


def test_the_prompt_names_the_three_reviews_and_their_totals() -> None:
    assert prompts_of_rounds(rounds(50, 40, 41, 40)) == [
        NotFalling((2, 3, 4), (Fraction(40), Fraction(41), Fraction(40)))
    ]


def test_an_item_that_rises_by_two_prompts_and_by_one_does_not() -> None:
    assert prompts_of_rounds(rounds(40, 38, mood=[1, 3], days=[2, 3])) == [Rise("mood", 1, 1, 3)]


def test_a_rise_is_measured_from_the_last_time_the_item_was_scored() -> None:
    assert prompts_of_rounds(rounds(40, 38, 37, mood=[1, None, 3])) == [Rise("mood", 1, 1, 3)]
    assert prompts_of_rounds(rounds(40, 38, mood=[None, 6])) == []
    assert prompts_of_rounds(rounds(40, 38, mood=[1, None])) == []


def test_an_old_rise_that_came_down_again_prompts_no_more() -> None:
    assert prompts_of_rounds(rounds(40, 39, 38, mood=[1, 4, 4])) == []


def test_where_higher_is_better_falling_and_rising_change_places() -> None:
    assert prompts_of_rounds(rounds(40, 42, 44), higher_is_worse=False) == []
    assert prompts_of_rounds(rounds(40, 42, 40), higher_is_worse=False) == [
        NotFalling((1, 2, 3), (Fraction(40), Fraction(42), Fraction(40)))
    ]
    assert prompts_of_rounds(rounds(40, 42, hope=[5, 3]), higher_is_worse=False) == [Rise("hope", 1, 5, 3)]


@given(st.lists(st.tuples(any_score, any_score), max_size=6))
def test_turning_the_scale_round_prompts_the_same(pairs: list[tuple[Score, Score]]) -> None:
    """Six minus every score, read the other way, is the same story."""

    def turned(one: Score) -> Score:
        return None if one is None else 6 - one

    def told(pairs: list[tuple[Score, Score]]) -> list[Round]:
        return [Round(n, {"a": a, "b": b}, total_of([a, b], may_miss=1)) for n, (a, b) in enumerate(pairs, start=1)]

    plain = prompts_of_rounds(told(pairs))
    other = prompts_of_rounds(told([(turned(a), turned(b)) for a, b in pairs]), higher_is_worse=False)
    assert [type(one) for one in plain] == [type(one) for one in other]


@given(st.lists(score, min_size=2, max_size=10).map(sorted))
def test_reviews_that_only_fall_prompt_nothing(falling: list[int]) -> None:
    distinct = sorted(set(falling), reverse=True)
    assert prompts_of_rounds(rounds(*distinct, one=list(distinct))) == []


def test_the_control_line_falls_six_in_thirteen_weeks() -> None:
    fall = Fraction(-6)
    assert expected_total_of(Fraction(48), days=0, change=fall, most=102) == 48
    assert expected_total_of(Fraction(48), days=91, change=fall, most=102) == 42
    assert expected_total_of(Fraction(48), days=182, change=fall, most=102) == 36
    assert expected_total_of(Fraction(4), days=91, change=fall, most=102) == 0
    assert expected_total_of(Fraction(100), days=91, change=Fraction(6), most=102) == 102


@given(st.integers(min_value=0, max_value=102), st.integers(min_value=0, max_value=2000))
def test_the_control_line_never_rises_and_never_leaves_the_scale(start: int, days: int) -> None:
    now = expected_total_of(Fraction(start), days=days, change=Fraction(-6), most=102)
    later = expected_total_of(Fraction(start), days=days + 1, change=Fraction(-6), most=102)
    assert 0 <= later <= now <= start


def test_five_of_six_reviews_are_eighty_three_per_cent() -> None:
    assert completion_rate_of(6, 5) == 83
    assert completion_rate_of(3, 3) == 100
    assert completion_rate_of(4, 0) == 0
    assert completion_rate_of(0, 0) is None
