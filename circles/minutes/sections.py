"""The answers of the minutes under their headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, NamedTuple

from django.db import models

from circles.minutes.models import Minutes
from circles.minutes.questions import QUESTIONS, fields_of_page
from core.templatetags.ui import clock


class MissingAnswer(NamedTuple):
    """An answer that the minutes still need, and its message."""

    field: str
    words: str


@dataclass(frozen=True)
class Heading:
    """The heading that readers see over the answers of one page of the log."""

    page: int
    title: str

    @property
    def fields(self) -> list[str]:
        """The fields under it, in order."""
        return fields_of_page(self.page)


HEADINGS = (
    Heading(1, "Worries"),
    Heading(2, "The meeting"),
    Heading(3, "His week"),
    Heading(4, "Asked every week"),
    Heading(5, "What happens next"),
)
"""In the order of the log."""


@dataclass(frozen=True)
class Answer:
    field: str
    question: str
    words: str
    missing: str = ""


@dataclass(frozen=True)
class Section:
    page: int
    heading: str
    answers: list[Answer]


def question_in_words(name: str) -> str:
    """The question of a field, as the log asks it."""
    question: Any = Minutes._meta.get_field(name)
    return str(question.verbose_name)


def correctable_fields() -> list[str]:
    """The text fields of the minutes. A wrong tap is corrected by an addendum instead."""
    return [field.name for field in Minutes._meta.local_fields if isinstance(field, models.TextField)]


def answers_of(minutes: Minutes, fields: Iterable[str], wanting: Mapping[str, str]) -> list[Answer]:
    """The answers of these fields, without empty ones that are only shown when written.

    `wanting` holds the messages of missing answers, by field.
    """
    answers = []
    for name in fields:
        words = _answer_text_of(minutes, name)
        if QUESTIONS[name].only_when_written and not words:
            continue
        answers.append(Answer(name, question_in_words(name), words, wanting.get(name, "")))
    return answers


def _answer_text_of(minutes: Minutes, name: str) -> str:
    """An answer as text."""
    value: Any = getattr(minutes, name)
    if isinstance(value, list):
        return ", ".join(Minutes.MoodWord(word).label for word in value)
    if isinstance(value, time):
        return clock(value)
    label_of = getattr(minutes, f"get_{name}_display", None)
    return str(label_of() if label_of is not None and value else value or "")
