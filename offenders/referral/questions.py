"""What a question of the referral form is, and a section of questions. The tables stand in sections.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

Choices = Sequence[tuple[str, str]]

LINE, WORDS = 200, 4000
"""The longest answer in one line, and in more of them."""


class Kind(StrEnum):
    """How a question is answered."""

    LINE = "line"
    WORDS = "words"
    CHOICE = "choice"
    TICKS = "ticks"
    DAY = "day"


@dataclass(frozen=True)
class Question:
    """One question. Without an answer to a `needed` one the referral is not sent."""

    name: str
    label: str
    kind: Kind = Kind.LINE
    choices: Choices = ()
    hint: str = ""
    needed: bool = False

    def words_of(self, answer: Any) -> str:
        """An answer as a page says it."""
        if not answer:
            return ""
        if self.kind == Kind.DAY:
            day = date.fromisoformat(answer)
            return f"{day.day} {day:%B} {day.year}"
        labels = dict(self.choices)
        if self.kind == Kind.TICKS:
            return ", ".join(labels.get(each, each) for each in answer)
        return labels.get(answer, str(answer))


@dataclass(frozen=True)
class Section:
    """One page of the form. A section that is `many` is filled once for each thing: an offence, a professional."""

    name: str
    title: str
    questions: tuple[Question, ...]
    lead: str = ""
    many: str = ""
    """What one of them is called; empty for a section that is filled once."""

    @property
    def by_name(self) -> Mapping[str, Question]:
        return {question.name: question for question in self.questions}

    @property
    def article(self) -> str:
        """One of them, with its article: “an offence”."""
        return f"{'an' if self.many[:1] in 'aeiou' else 'a'} {self.many}"

    @property
    def needed(self) -> list[Question]:
        return [question for question in self.questions if question.needed]


def choices(*labels: str) -> Choices:
    """Choices by their labels. The value that is kept is made of the label’s first words."""
    return [(key_of(label), label) for label in labels]


def key_of(label: str) -> str:
    """The value that is kept for a label: “Not known” is not_known."""
    letters = "".join(letter if letter.isalnum() else " " for letter in label.lower())
    return "_".join(letters.split())[:40]


YES_NO = choices("Yes", "No", "Not known")
