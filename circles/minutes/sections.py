"""The minutes laid out for a reader: which answers stand under which heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, NamedTuple

from django.db import models

from circles.minutes.models import Minutes
from circles.minutes.questions import QUESTIONS, fields_of_page
from core.templatetags.ui import clock


class Missing(NamedTuple):
    """An answer the minutes still need, and what is said of it."""

    field: str
    words: str


@dataclass(frozen=True)
class Heading:
    """One page of the log as a reader finds it: its number and what it is called."""

    page: int
    title: str

    @property
    def fields(self) -> list[str]:
        """What stands under it, in order."""
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


def correctable_fields() -> list[str]:
    """The narrative fields of the minutes: a tap is put right by an addendum."""
    return [field.name for field in Minutes._meta.local_fields if isinstance(field, models.TextField)]


def answers_of(minutes: Minutes, fields: Iterable[str], wanting: Mapping[str, str]) -> list[Answer]:
    """The answers to these questions, without those that are only shown when something is written."""
    shown = []
    for name in fields:
        words = said(minutes, name)
        if QUESTIONS[name].only_when_written and not words:
            continue
        question: Any = Minutes._meta.get_field(name)
        shown.append(Answer(name, str(question.verbose_name), words, wanting.get(name, "")))
    return shown


def said(minutes: Minutes, name: str) -> str:
    """An answer as one reads it."""
    value: Any = getattr(minutes, name)
    if isinstance(value, list):
        return ", ".join(Minutes.MoodWord(word).label for word in value)
    if isinstance(value, time):
        return clock(value)
    chosen = getattr(minutes, f"get_{name}_display", None)
    return str(chosen() if chosen is not None and value else value or "")
