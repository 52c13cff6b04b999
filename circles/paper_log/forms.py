"""The log on paper: its questions, its two sides, and its code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms

from circles.circle.taps import Row
from circles.log.forms import PAGES, FirstPage, came_choices
from circles.log.page_forms import PageForm, asked
from core.forms import Form

HIM_ON_PAPER = "The core member"
"""Not even his first name stands on a sheet that can be left lying."""


NOT_ON_PAPER = {"debrief", "boundary_words"}
"""Paper in a prison is read by others: what stays with the coordinator is written when the sheet is typed in."""


class CodeForm(Form):
    code = forms.CharField(
        label="Code at the top of the sheet",
        max_length=16,
        help_text="For example M-7K4QXCD. Capitals do not matter.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocapitalize": "characters"}),
    )


OVERLEAF = 2
"""Questions about his week that stand on the second side."""


@dataclass(frozen=True)
class Question:
    """One question on the sheet: boxes to tick, or lines to write on."""

    words: str
    hint: str = ""
    boxes: list[str] = field(default_factory=list)
    lines: range = range(0)

    @property
    def wide(self) -> bool:
        return len(self.lines) > 1


@dataclass(frozen=True)
class Part:
    """One page of the log on the sheet."""

    heading: str
    questions: list[Question]


def on_paper(people: Iterable[str], actions: Iterable[Row], goals: Iterable[Row]) -> list[Part]:
    """The whole log as questions to be answered with a pen."""
    came = [Question(name, boxes=[label for _, label in came_choices(name == HIM_ON_PAPER)]) for name in people]
    rows = {2: [ticked(row) for row in actions], 5: [ticked(row) for row in goals]}
    parts = []
    for page in PAGES:
        written = [drawn(name) for name in page.questions().values() if name not in NOT_ON_PAPER]
        extra = rows.get(page.number, [])
        parts.append(Part(heading_of(page), [*extra, *written, *(came if page is FirstPage else [])]))
    return parts


def two_sides(parts: list[Part]) -> list[tuple[int, list[Part]]]:
    """The parts on the two sides of one sheet: his week goes on overleaf, so that both have room."""
    worries, met, week, weekly, after = parts
    begun = Part(week.heading, week.questions[:-OVERLEAF])
    rest = Part(f"{week.heading}, continued", week.questions[-OVERLEAF:])
    return [(1, [worries, met, begun]), (2, [rest, weekly, after])]


def heading_of(page: type[PageForm]) -> str:
    return "Worries, and who was there" if page is FirstPage else page.heading


def ticked(row: Row) -> Question:
    return Question(row.label, boxes=[label for _, label in row.choices])


def drawn(name: str) -> Question:
    """A question as drawn: a box for each answer, or lines."""
    one: Any = asked(name)
    if isinstance(one, forms.ChoiceField):
        choices: Any = one.choices
        return Question(str(one.label), str(one.help_text), [str(label) for value, label in choices if value])
    tall = 1 if isinstance(one, forms.TimeField | forms.IntegerField) else 2
    return Question(str(one.label), str(one.help_text), lines=range(tall))
