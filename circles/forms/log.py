"""The five short pages of the doorstep log. Nothing is required until the minutes are sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, cast
from uuid import uuid4

from django import forms
from django.db import models

from circles.forms.action import action_rows
from circles.forms.goal import goal_rows
from circles.forms.taps import Row, Taps, changed
from circles.models import Attendance, Meeting, Minutes
from circles.models.meeting import USUAL_LENGTH
from circles.models.minutes import LONGEST
from circles.models.visit import OUT_OF_ORDER, TIMES, as_planned, out_of_order
from circles.operations.minutes import Answers
from core.worktime import LONDON
from volunteers.models import Volunteer

HIM = "came-him"
TALL = {"his_week": 5, "worry_words": 4}


def asked(name: str) -> forms.Field:
    """The form field of one question, in the model's words."""
    question: Any = Minutes._meta.get_field(name)
    said: dict[str, Any] = {
        "label": question.verbose_name,
        "help_text": question.help_text,
        "required": False,
    }
    if question.choices:
        return forms.ChoiceField(choices=list(question.choices), widget=forms.RadioSelect, **said)
    if isinstance(question, models.TimeField):
        return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **said)
    return forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": TALL.get(name, 3)}),
        **said,
    )


class PageForm(forms.Form):
    """One page of the log: some of the minutes' questions, filled with what is saved."""

    number: ClassVar[int]
    heading: ClassVar[str]
    short: ClassVar[str]
    """What the page is called among the others, to a reader."""
    lead: ClassVar[str] = ""
    questions: ClassVar[dict[str, str]]
    """Names of the page's inputs, each with the name of the minutes' field it fills."""

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        self.meeting = meeting
        super().__init__(data, initial=self.kept(), prefix=None)
        for name, field in self.questions.items():
            self.fields[name] = asked(field)

    def kept(self) -> dict[str, Any]:
        """What the draft holds for this page."""
        return {name: getattr(self.meeting.minutes, field) for name, field in self.questions.items()}

    def answers(self) -> Answers:
        """What was sent and is well formed; a question that was not sent is left alone."""
        given = {
            field: self.cleaned_data[name]
            for name, field in self.questions.items()
            if name in self.data and name in self.cleaned_data
        }
        return cast(Answers, given)


class FirstPage(PageForm):
    """The worry, and who was there."""

    number = 1
    heading = "Did anything worry anyone tonight?"
    short = "Worries"
    lead = "First, so that it is not forgotten. You can finish the rest tomorrow."
    questions: ClassVar[dict[str, str]] = {"worry": "worry", "words": "worry_words"}

    def __init__(self, data: Any = None, *, meeting: Meeting, roster: Iterable[Volunteer]) -> None:
        self.there = {row.volunteer_id: row.came for row in meeting.attendance.all()}
        self.people: dict[str, Volunteer | None] = {HIM: None}
        self.people |= {f"came-{volunteer.reference}": volunteer for volunteer in roster}
        super().__init__(data, meeting=meeting)
        for name, volunteer in self.people.items():
            self.fields[name] = forms.ChoiceField(
                label=volunteer.user.first_name if volunteer else meeting.circle.known_as,
                choices=Attendance.Came.choices,
                required=False,
                widget=Taps,
                initial=self.there.get(volunteer.pk if volunteer else None, ""),
            )
        self.fields["submit_key"] = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    @property
    def taps(self) -> list[forms.BoundField]:
        """The rows of “Who was there?”."""
        return [self[name] for name in self.people]

    def changes(self) -> list[tuple[Volunteer | None, Attendance.Came]]:
        """The taps that differ from what is saved."""
        changed = []
        for name, volunteer in self.people.items():
            came = self.cleaned_data.get(name, "")
            if came and came != self.there.get(volunteer.pk if volunteer else None):
                changed.append((volunteer, Attendance.Came(came)))
        return changed


class MeetingPage(PageForm):
    """What came of the last actions, how they met, the times of the three parts, and how he was."""

    number = 2
    heading = "The meeting"
    short = "The meeting"
    questions: ClassVar[dict[str, str]] = {name: name for name in ["mode", *TIMES, "mood"]}

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, meeting=meeting)
        self.action_rows: list[Row] = action_rows(meeting)
        for row in self.action_rows:
            self.fields[row.name] = row.field()

    @property
    def taps(self) -> list[forms.BoundField]:
        """The rows of “What was agreed before”."""
        return [self[row.name] for row in self.action_rows]

    @property
    def asked_in_words(self) -> list[forms.BoundField]:
        """The page's questions without the rows of taps."""
        return [self[name] for name in self.questions]

    def action_changes(self) -> list[tuple[Any, str]]:
        """The actions whose tap differs from what is kept."""
        return changed(self.action_rows, self.cleaned_data)

    def kept(self) -> dict[str, Any]:
        """What the draft holds; the times as planned until somebody says otherwise."""
        kept = super().kept()
        planned = as_planned(self.meeting.planned_at.astimezone(LONDON), USUAL_LENGTH)
        return kept | {name: kept[name] or planned[name] for name in TIMES}

    def clean(self) -> dict[str, Any]:
        """Times in the wrong order are named and none of them is kept; the rest of the page is."""
        cleaned: dict[str, Any] = super().clean() or {}
        said = {name: cleaned[name] for name in TIMES if name in self.data and name in cleaned}
        wrong = out_of_order(self.meeting.minutes.times | said)
        if wrong is not None:
            self.add_error(wrong, OUT_OF_ORDER[wrong])
            for name in TIMES:
                self.cleaned_data.pop(name, None)
        return cleaned


class WeekPage(PageForm):
    """His week, and what raises or lowers risk."""

    number = 3
    heading = "His week"
    short = "His week"
    questions: ClassVar[dict[str, str]] = {
        name: name
        for name in ["his_week", "talked_about", "risk_seen", "risk_basis", "risk_opinion", "protective_seen"]
    }


class MattersPage(PageForm):
    """The questions that must be asked every week."""

    number = 4
    heading = "Asked every week"
    short = "Asked every week"
    questions: ClassVar[dict[str, str]] = {
        name: name
        for name in [
            "licence",
            "wellbeing",
            "children",
            "children_detail",
            "contact",
            "contact_detail",
            "boundary",
        ]
    }


class NextPage(PageForm):
    """What happens next, his goals, and how the volunteers are."""

    number = 5
    heading = "What happens next"
    short = "What happens next"
    questions: ClassVar[dict[str, str]] = {name: name for name in ["actions_agreed", "next_plan", "debrief", "support"]}

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, meeting=meeting)
        self.goal_rows: list[Row] = goal_rows(meeting)
        for row in self.goal_rows:
            self.fields[row.name] = row.field()

    @property
    def taps(self) -> list[forms.BoundField]:
        """The rows of “How do his goals go?”."""
        return [self[row.name] for row in self.goal_rows]

    @property
    def asked_in_words(self) -> list[forms.BoundField]:
        """The page's questions without the rows of taps."""
        return [self[name] for name in self.questions]

    def goal_changes(self) -> list[tuple[Any, str]]:
        """The goals whose tap differs from what is kept."""
        return changed(self.goal_rows, self.cleaned_data)


PAGES: tuple[type[PageForm], ...] = (FirstPage, MeetingPage, WeekPage, MattersPage, NextPage)
"""The pages in order."""


def anchor_of(field: str) -> str:
    """The id of the first thing to fill in for a field of the minutes."""
    if field == "attendance":
        return f"id_{HIM}_0"
    page = PAGES[page_of(field) - 1]
    name = next(name for name, kept in page.questions.items() if kept == field)
    return f"id_{name}_0" if isinstance(asked(field).widget, forms.RadioSelect) else f"id_{name}"


def page_of(field: str) -> int:
    """The page that asks for a field of the minutes; attendance is asked on the first."""
    return next((page.number for page in PAGES if field in page.questions.values()), 1)
