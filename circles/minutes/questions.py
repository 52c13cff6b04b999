"""The questions of the minutes: where each is asked, when an answer is needed, who reads it and whether it leaves.

Form pages, the check before sending, the sheet of paper, what readers see and what agencies are given all read this
one table. A field that is not in it is not asked; an answer that does not say `outside=True` stays inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Readers(IntEnum):
    """Who reads an answer inside."""

    COORDINATOR = 1
    """The coordinator; and, until the minutes are sent, whoever wrote it."""
    CIRCLE = 2
    """Everybody who sees the meeting."""


@dataclass(frozen=True)
class ShownWhen:
    """Another question, and its answers that lead to this one."""

    field: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question of the minutes, by the name of its field."""

    page: int
    readers: Readers = Readers.COORDINATOR
    outside: bool = False
    """Whoever the minutes are shared with is given the answer too."""
    needed: str = ""
    """What is said when it is not answered; empty where the minutes can be sent without it."""
    shown_when: ShownWhen | None = None
    only_when_written: bool = False
    """Readers see the question only where it is answered."""
    forcing: tuple[str, ...] = ()
    """The answers that must be passed on as a concern, the mildest first."""
    forces_a_concern: str = ""
    """What is said of such an answer that has not been passed on."""
    is_asked: bool = True
    """False for what stands with the answers of its page and is written by the service."""


CIRCLE = Readers.CIRCLE
WORRIED = ShownWhen("worry", ("small", "now"))
CHILDREN = ShownWhen("children", ("yes",))

QUESTIONS: dict[str, Question] = {
    "worry": Question(
        1,
        CIRCLE,
        outside=True,
        needed="Say whether anything worried anyone.",
        forcing=("small", "now"),
        forces_a_concern="Something here must be passed on and has not been sent. Send it first.",
    ),
    "worry_words": Question(1, CIRCLE, outside=True, shown_when=WORRIED, only_when_written=True),
    "his_minutes_late": Question(1, CIRCLE, outside=True, only_when_written=True),
    "his_coming_words": Question(1, CIRCLE, outside=True, only_when_written=True),
    "worry_sent_as": Question(1, CIRCLE, outside=True, only_when_written=True, is_asked=False),
    "mode": Question(2, CIRCLE, outside=True, needed="Say how you met."),
    "prebrief_began_at": Question(2, CIRCLE, outside=True),
    "began_at": Question(2, CIRCLE, outside=True),
    "ended_at": Question(2, CIRCLE, outside=True),
    "debrief_ended_at": Question(2, CIRCLE, outside=True),
    "mood": Question(2, CIRCLE, outside=True, needed="Say how he was."),
    "mood_words": Question(2, CIRCLE, outside=True, only_when_written=True),
    "others_present": Question(2, CIRCLE, outside=True, only_when_written=True),
    "his_week": Question(3, CIRCLE, outside=True, needed="Write a line about his week."),
    "talked_about": Question(3, CIRCLE, outside=True),
    "risk_seen": Question(3, CIRCLE, outside=True, needed="Write what raised risk, or “none seen”."),
    "risk_basis": Question(3, CIRCLE, outside=True, only_when_written=True),
    "risk_opinion": Question(3, CIRCLE, outside=True, only_when_written=True),
    "protective_seen": Question(3, CIRCLE, outside=True),
    "challenge": Question(3, CIRCLE, outside=True, only_when_written=True),
    "truth": Question(3, CIRCLE, outside=True, only_when_written=True),
    "truth_words": Question(3, CIRCLE, outside=True, only_when_written=True),
    "licence": Question(
        4,
        CIRCLE,
        outside=True,
        needed="Say whether his licence, order or register came up.",
        forcing=("possible_breach",),
        forces_a_concern="A possible breach must be passed on first. It has not been sent.",
    ),
    "wellbeing": Question(
        4,
        CIRCLE,
        outside=True,
        needed="Say how his wellbeing was.",
        forcing=("thoughts", "plan"),
        forces_a_concern="Thoughts or a plan of harming himself must be passed on first. It has not been sent.",
    ),
    "children": Question(4, CIRCLE, outside=True, needed="Say whether children were mentioned."),
    "children_detail": Question(4, CIRCLE, outside=True, shown_when=CHILDREN, only_when_written=True),
    "children_contact": Question(
        4,
        CIRCLE,
        outside=True,
        needed="Say whether there has been any contact with a child.",
        shown_when=CHILDREN,
        only_when_written=True,
        forcing=("yes",),
        forces_a_concern="Contact with a child must be passed on first. It has not been sent.",
    ),
    "contact": Question(4, CIRCLE, outside=True),
    "boundary": Question(4, needed="Say whether there were gifts, money, favours or social media."),
    "boundary_words": Question(4, shown_when=ShownWhen("boundary", ("yes",)), only_when_written=True),
    "community": Question(
        4,
        CIRCLE,
        outside=True,
        needed="Say whether anything came up about a victim or the neighbourhood.",
    ),
    "community_words": Question(
        4,
        CIRCLE,
        outside=True,
        needed="Write what came up about a victim or the neighbourhood.",
        shown_when=ShownWhen("community", ("yes",)),
        only_when_written=True,
    ),
    "actions_agreed": Question(5, CIRCLE, outside=True),
    "next_plan": Question(5, CIRCLE, outside=True),
    "debrief": Question(5),
    "support": Question(5),
}
"""In the order of the log. Gifts and favours, the debrief and the wish to be rung are promised to the coordinator
alone, since the colleague they are about reads the rest (domain.md 1.7)."""


def fields_of_page(page: int) -> list[str]:
    """Everything that stands on a page, in order."""
    return [name for name, question in QUESTIONS.items() if question.page == page]


def asked_fields() -> list[str]:
    """What the log asks, in order."""
    return [name for name, question in QUESTIONS.items() if question.is_asked]


def is_shown(minutes: Any, question: Question) -> bool:
    """The other answers of these minutes lead to this question."""
    when = question.shown_when
    return when is None or getattr(minutes, when.field) in when.answers


def missing_answers(minutes: Any) -> Iterator[tuple[str, str]]:
    """Each needed answer that these minutes lack, with what is said of it."""
    for name, question in QUESTIONS.items():
        if question.needed and is_shown(minutes, question) and is_empty(getattr(minutes, name)):
            yield name, question.needed


def is_empty(answer: Any) -> bool:
    return answer is None or answer == [] or (isinstance(answer, str) and not answer.strip())


def forcing_questions() -> dict[str, Question]:
    """The questions that have answers which must be passed on, by field."""
    return {name: question for name, question in QUESTIONS.items() if question.forcing}


def fields_that_ask_for_a_concern() -> set[str]:
    """The fields whose change may ask for a concern, or take that back."""
    forcing = forcing_questions()
    return set(forcing) | {question.shown_when.field for question in forcing.values() if question.shown_when}
