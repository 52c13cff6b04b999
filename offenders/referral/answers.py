"""Reads and checks the answers to the sections of the form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.errors import Refused
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.models import Referral
from offenders.referral.questions import LINE, WORDS, Kind, Question, Section
from offenders.referral.sections import SECTIONS

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class FilledSection:
    """A section and its answers. It may be filled several times, once for each offence or professional."""

    section: Section
    filled: list[tuple[int, Answers]]

    @property
    def lines(self) -> list[tuple[int, list[tuple[str, str]]]]:
        """For each time it was filled: its number, and each answered question with its answer in words."""
        return [
            (
                number,
                [
                    (question.label, words)
                    for question in self.section.questions
                    if (words := question.words_of(answers.get(question.name)))
                ],
            )
            for number, answers in self.filled
        ]

    @property
    def missing(self) -> list[str]:
        """What must still be answered before the form is sent."""
        if not self.filled:
            return [question.label for question in self.section.needed]
        return [
            question.label
            for _, answers in self.filled
            for question in self.section.needed
            if not answers.get(question.name)
        ]

    @property
    def next_number(self) -> int:
        """The number for filling it once more."""
        return max((number for number, _ in self.filled), default=0) + 1


def answers_of(referral: Referral) -> list[SectionAnswers]:
    """The answers of a referral that was opened through its link."""
    return list(SectionAnswers.objects.filter(referral=referral).order_by("pk"))


def filled_sections(rows: Iterable[SectionAnswers]) -> list[FilledSection]:
    """Every section of the form, in its order, with these answers."""
    by_section: dict[str, list[tuple[int, Answers]]] = {}
    for row in sorted(rows, key=lambda row: row.number):
        by_section.setdefault(row.section, []).append((row.number, row.answers))
    return [FilledSection(section, by_section.get(name, [])) for name, section in SECTIONS.items()]


def missing_in_words(sections: Iterable[FilledSection]) -> list[str]:
    """What must still be answered, by section."""
    return [f"{filled.section.title}: {', '.join(filled.missing)}" for filled in sections if filled.missing]


def stored_answers(section: Section, answers: Answers) -> dict[str, Any]:
    """Answers as they are stored. Raises Refused for a question of another section, or an answer that is not offered."""
    stored = {}
    for name, answer in answers.items():
        question = section.by_name.get(name)
        if question is None:
            raise Refused("This page has changed. Open it again, and answer its questions.")
        if answer not in (None, "", []):
            stored[name] = _stored_answer(question, answer)
    return stored


def _stored_answer(question: Question, answer: Any) -> Any:
    wrong = Refused(f"Answer “{question.label}” again: that is none of its answers.", field=question.name)
    if question.kind == Kind.DAY:
        if not isinstance(answer, date):
            raise wrong
        return answer.isoformat()
    allowed = {value for value, _ in question.choices}
    if question.kind == Kind.TICKS:
        if not set(answer) <= allowed:
            raise wrong
        return sorted(answer)
    if question.kind == Kind.CHOICE:
        if answer not in allowed:
            raise wrong
        return answer
    if len(answer) > (WORDS if question.kind == Kind.WORDS else LINE):
        raise Refused(f"Write less under “{question.label}”.", field=question.name)
    return answer.strip()
