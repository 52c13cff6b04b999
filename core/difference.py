"""The difference between two texts, word by word, for two columns side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

WORDS = re.compile(r"\s+|\S+")

MOST_COMPARED = 10_000 * 10_000
"""Words of one text times words of the other. Above this a stretch is shown as changed as a whole."""


@dataclass(frozen=True)
class Piece:
    """A stretch of one text; `changed` when the other text does not have it."""

    words: str
    changed: bool


@dataclass(frozen=True)
class _Stretch:
    """The same place in both texts: from which word to which word of each."""

    changed: bool
    old: slice
    new: slice


def pieces_of_both(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces. The pieces of each, joined, are that text exactly."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for stretch in _joined_stretches_of(_stretches(old, new), old):
        if words := "".join(old[stretch.old]):
            left.append(Piece(words, stretch.changed))
        if words := "".join(new[stretch.new]):
            right.append(Piece(words, stretch.changed))
    return left, right


def _stretches(old: list[str], new: list[str]) -> Iterator[_Stretch]:
    """The equal and the changed stretches, in order. Words are compared as numbers, which is faster."""
    start = _same_at_the_start(old, new)
    end = _same_at_the_start(old[start:][::-1], new[start:][::-1])
    last_old, last_new = len(old) - end, len(new) - end
    yield _Stretch(False, slice(0, start), slice(0, start))
    if (last_old - start) * (last_new - start) > MOST_COMPARED:
        yield _Stretch(True, slice(start, last_old), slice(start, last_new))
    else:
        numbers: dict[str, int] = {}
        old_numbers, new_numbers = (
            [numbers.setdefault(word, len(numbers)) for word in words]
            for words in (old[start:last_old], new[start:last_new])
        )
        for step in LCSseq.opcodes(old_numbers, new_numbers):
            yield _Stretch(
                step.tag != "equal",
                slice(start + step.src_start, start + step.src_end),
                slice(start + step.dest_start, start + step.dest_end),
            )
    yield _Stretch(False, slice(last_old, len(old)), slice(last_new, len(new)))


def _same_at_the_start(old: list[str], new: list[str]) -> int:
    """How many words are equal at the start of both texts."""
    count = 0
    for old_word, new_word in zip(old, new, strict=False):
        if old_word != new_word:
            break
        count += 1
    return count


def _joined_stretches_of(stretches: Iterator[_Stretch], old: list[str]) -> list[_Stretch]:
    """Join changed stretches that have only a space between them: easier to read, and a smaller page."""
    joined: list[_Stretch] = []
    for stretch in stretches:
        if stretch.old.start == stretch.old.stop and stretch.new.start == stretch.new.stop:
            continue
        if joined and joined[-1].changed == stretch.changed:
            joined[-1] = _one_stretch_of(joined[-1], stretch)
        elif len(joined) > 1 and stretch.changed and not "".join(old[joined[-1].old]).strip():
            between = joined.pop()
            joined[-1] = _one_stretch_of(joined[-1], _one_stretch_of(between, stretch))
        else:
            joined.append(stretch)
    return joined


def _one_stretch_of(first: _Stretch, second: _Stretch) -> _Stretch:
    return _Stretch(
        first.changed or second.changed,
        slice(first.old.start, second.old.stop),
        slice(first.new.start, second.new.stop),
    )
