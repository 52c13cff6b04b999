"""The log on paper: its questions, its two sides, and the form for its code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms

from circles.circle.taps import TapRow
from circles.log.forms import PAGES, FirstPage, came_choices_of
from circles.log.page_forms import PageForm, field_for_question
from core.forms import Form

HIM_ON_PAPER = "The core member"
"""His first name is not printed, because a sheet can be left lying about."""


NOT_ON_PAPER = {"debrief", "boundary_words"}
"""Others may read paper in a prison. What only the coordinator reads is written when the sheet is typed in."""


class SheetCodeForm(Form):
    code = forms.CharField(
        label="Code at the top of the sheet",
        max_length=16,
        help_text="For example M-7K4QXCD. Capitals do not matter.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocapitalize": "characters"}),
    )


OVERLEAF = 2
"""The number of questions about his week that are printed on the second side."""


@dataclass(frozen=True)
class PaperQuestion:
    """One question on the sheet, with boxes to tick or lines to write on."""

    words: str
    hint: str = ""
    boxes: list[str] = field(default_factory=list)
    lines: range = range(0)

    @property
    def is_wide(self) -> bool:
        return len(self.lines) > 1


@dataclass(frozen=True)
class PaperPart:
    """One page of the log on the sheet."""

    heading: str
    questions: list[PaperQuestion]


def paper_parts_of(people: Iterable[str], actions: Iterable[TapRow], goals: Iterable[TapRow]) -> list[PaperPart]:
    """The whole log as parts to print. `people` are the names whose attendance is asked."""
    attendance = [
        PaperQuestion(name, boxes=[label for _, label in came_choices_of(name == HIM_ON_PAPER)]) for name in people
    ]
    rows_by_page = {2: [_row_question_of(row) for row in actions], 5: [_row_question_of(row) for row in goals]}
    parts = []
    for page in PAGES:
        questions = [_field_question_of(name) for name in page.questions().values() if name not in NOT_ON_PAPER]
        rows_of_page = rows_by_page.get(page.number, [])
        parts.append(
            PaperPart(_heading_of(page), [*rows_of_page, *questions, *(attendance if page is FirstPage else [])])
        )
    return parts


def sides_of(parts: list[PaperPart]) -> list[tuple[int, list[PaperPart]]]:
    """The parts on the two sides of one sheet. The questions about his week are on both sides, to make them fit."""
    worries, meeting, week, weekly, after = parts
    week_begun = PaperPart(week.heading, week.questions[:-OVERLEAF])
    week_continued = PaperPart(f"{week.heading}, continued", week.questions[-OVERLEAF:])
    return [(1, [worries, meeting, week_begun]), (2, [week_continued, weekly, after])]


def _heading_of(page: type[PageForm]) -> str:
    return "Worries, and who was there" if page is FirstPage else page.heading


def _row_question_of(row: TapRow) -> PaperQuestion:
    return PaperQuestion(row.label, boxes=[label for _, label in row.choices])


def _field_question_of(name: str) -> PaperQuestion:
    """A field of the log on paper: a box for each answer, or lines."""
    form_field: Any = field_for_question(name)
    if isinstance(form_field, forms.ChoiceField):
        choices: Any = form_field.choices
        return PaperQuestion(
            str(form_field.label), str(form_field.help_text), [str(label) for value, label in choices if value]
        )
    line_count = 1 if isinstance(form_field, forms.TimeField | forms.IntegerField) else 2
    return PaperQuestion(str(form_field.label), str(form_field.help_text), lines=range(line_count))
