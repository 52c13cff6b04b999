"""Answers to the questions of the minutes, for an evening on which nothing happened."""

from __future__ import annotations

from typing import Any

from circles.log.operations import Answers
from circles.minutes.models import Minutes
from circles.minutes.questions import QUESTIONS, Question


def ordinary_answers() -> Answers:
    """Answers to the questions that must be answered before minutes are sent. None of them forces a concern.

    The demo and the tests start from these, so a new question needs no answer of its own there.
    """
    needed = {name: question for name, question in QUESTIONS.items() if question.needed and not question.shown_when}
    return {name: _ordinary_answer_to(name, question) for name, question in needed.items()}


def _ordinary_answer_to(name: str, question: Question) -> str:
    field: Any = Minutes._meta.get_field(name)
    offered = [value for value, _ in field.choices or [] if value not in question.forcing]
    return offered[0] if offered else "Nothing to note."
