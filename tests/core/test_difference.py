"""What changed between two texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.difference import pieces_of_both
from tests.slow_texts import cpu_seconds_of

FEW_WORDS = st.lists(st.sampled_from(["a", "b", "c", " ", "\n"]), max_size=60).map("".join)


def test_only_the_word_that_changed_is_marked() -> None:
    before, after = pieces_of_both("He was calm tonight.", "He was angry tonight.")
    assert [(piece.words, piece.changed) for piece in before] == [
        ("He was ", False),
        ("calm", True),
        (" tonight.", False),
    ]
    assert [piece.words for piece in after if piece.changed] == ["angry"]


def test_two_answers_of_one_word_again_and_again_are_compared_at_once() -> None:
    assert cpu_seconds_of(lambda: pieces_of_both("a " * 300, "a a c " * 100)) < 0.1


def test_changed_words_with_a_space_between_them_are_one_piece() -> None:
    before, after = pieces_of_both("He was very calm tonight.", "He was rather angry tonight.")
    assert [piece.words for piece in before] == ["He was ", "very calm", " tonight."]
    assert [piece.words for piece in after] == ["He was ", "rather angry", " tonight."]


@given(FEW_WORDS, FEW_WORDS)
def test_of_a_few_words_in_any_order_the_pieces_joined_are_the_texts(before: str, after: str) -> None:
    for text, pieces in zip((before, after), pieces_of_both(before, after), strict=True):
        assert "".join(piece.words for piece in pieces) == text


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_pieces_joined_are_the_texts(before: str, after: str) -> None:
    left, right = pieces_of_both(before, after)
    assert "".join(piece.words for piece in left) == before
    assert "".join(piece.words for piece in right) == after


@given(st.text(max_size=200))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert not any(piece.changed for side in pieces_of_both(text, text) for piece in side)


@given(st.text(max_size=100), st.text(max_size=100))
def test_what_is_not_marked_is_the_same_on_both_sides(before: str, after: str) -> None:
    left, right = pieces_of_both(before, after)
    same = ["".join(piece.words for piece in side if not piece.changed) for side in (left, right)]
    assert same[0] == same[1]
