"""What changed between two texts, word by word, for two columns side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A stretch of one text; `changed` when the other text does not have it."""

    words: str
    changed: bool


def difference(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces. The pieces of each, joined, are that text exactly."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        changed = tag != "equal"
        if i < j:
            left.append(Piece("".join(old[i:j]), changed))
        if k < m:
            right.append(Piece("".join(new[k:m]), changed))
    return left, right
