"""The questions of the minutes: on which page each is asked, when it needs an answer, and who reads the answer.

The log, the check before sending, the log on paper, the readers' pages and the agencies' copies all use this one
table. A field that is not in it is not asked. An answer stays inside the charity unless it says `outside=True`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

PROMISE = (
    "Only the coordinator reads this, or whoever stands in for them; it never leaves the charity. If the law asks for a "
    "correction, the data-protection lead opens this answer alone, and the reason is written down."
)
"""What whoever writes an answer for the coordinator is promised. `may_read_answer` in readers.py keeps it."""


class Readers(IntEnum):
    """Who reads an answer inside."""

    COORDINATOR = 1
    """Those whom `PROMISE` names; until the minutes are sent, also whoever wrote the answer."""
    CIRCLE = 2
    """Everybody who sees the meeting."""


@dataclass(frozen=True)
class ShownWhen:
    """Another question, and those of its answers that make this one appear."""

    field: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question of the minutes, by the name of its field."""

    page: int
    readers: Readers = Readers.COORDINATOR
    outside: bool = False
    """Agencies that get the minutes get the answer too."""
    needed: str = ""
    """The message if it is not answered. Empty: the minutes can be sent without it."""
    shown_when: ShownWhen | None = None
    only_when_written: bool = False
    """Readers see the question only if it is answered."""
    forcing: tuple[str, ...] = ()
    """The answers that must be passed on as a concern, the mildest first."""
    forces_a_concern: str = ""
    """The message if such an answer has not been passed on."""
    is_asked: bool = True
    """False for a field that the service itself writes, and shows with the answers of its page."""


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
"""In the order of the log. Only the coordinator reads about gifts and favours, the debrief and the wish for a call:
the volunteers are promised that, because they may be about a colleague who reads the rest (domain.md 1.7)."""


def fields_of_page(page: int) -> list[str]:
    """The fields of one page, in order."""
    return [name for name, question in QUESTIONS.items() if question.page == page]


def asked_fields() -> list[str]:
    """The fields that the log asks for, in order."""
    return [name for name, question in QUESTIONS.items() if question.is_asked]


def is_shown(minutes: Any, question: Question) -> bool:
    """Whether the other answers of these minutes make this question appear."""
    when = question.shown_when
    return when is None or getattr(minutes, when.field) in when.answers


def missing_answers(minutes: Any) -> Iterator[tuple[str, str]]:
    """The field and the message of each needed answer that is missing."""
    for name, question in QUESTIONS.items():
        if question.needed and is_shown(minutes, question) and _is_empty(getattr(minutes, name)):
            yield name, question.needed


def _is_empty(answer: Any) -> bool:
    return answer is None or answer == [] or (isinstance(answer, str) and not answer.strip())


def forcing_questions() -> dict[str, Question]:
    """The questions with answers that must be passed on, by field."""
    return {name: question for name, question in QUESTIONS.items() if question.forcing}


def fields_that_ask_for_a_concern() -> set[str]:
    """The fields whose change may make a concern necessary, or no longer necessary."""
    forcing = forcing_questions()
    return set(forcing) | {question.shown_when.field for question in forcing.values() if question.shown_when}
