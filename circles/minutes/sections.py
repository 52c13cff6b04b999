"""The minutes laid out for a reader: which answers stand under which heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, NamedTuple

from django.db import models

from circles.minutes.models import Minutes
from circles.minutes.visit import TIMES
from core.templatetags.ui import clock


class Missing(NamedTuple):
    """An answer the minutes still need, and what is said of it."""

    field: str
    words: str


ONLY_WHEN_WRITTEN = {
    "worry_words",
    "worry_sent_as",
    "his_minutes_late",
    "his_coming_words",
    "children_detail",
    "children_contact",
    "mood_words",
    "others_present",
    "challenge",
    "truth",
    "truth_words",
    "community_words",
    "boundary_words",
    "risk_basis",
    "risk_opinion",
}


@dataclass(frozen=True)
class Heading:
    """One page of the log as a reader finds it: its number, what it is called, its fields in order."""

    page: int
    title: str
    fields: tuple[str, ...]


HEADINGS = (
    Heading(1, "Worries", ("worry", "worry_words", "his_minutes_late", "his_coming_words", "worry_sent_as")),
    Heading(2, "The meeting", ("mode", *TIMES, "mood", "mood_words", "others_present")),
    Heading(
        3,
        "His week",
        (
            "his_week",
            "talked_about",
            "risk_seen",
            "risk_basis",
            "risk_opinion",
            "protective_seen",
            "challenge",
            "truth",
            "truth_words",
        ),
    ),
    Heading(
        4,
        "Asked every week",
        (
            "licence",
            "wellbeing",
            "children",
            "children_detail",
            "children_contact",
            "contact",
            "boundary",
            "boundary_words",
            "community",
            "community_words",
        ),
    ),
    Heading(5, "What happens next", ("actions_agreed", "next_plan", "debrief", "support")),
)
"""In the order of the log. What became of the worry is no question of the log, and stands with it all the same."""


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
        if name in ONLY_WHEN_WRITTEN and not words:
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
