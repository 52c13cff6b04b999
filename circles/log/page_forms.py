"""The form of one page of the log: its questions, their values when the page was loaded, and what was sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple
from uuid import uuid4

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.safestring import SafeString, mark_safe

from circles.action.models import Action
from circles.circle.taps import TapRow
from circles.goal.models import Goal
from circles.log.operations import Answers
from circles.log.page_operations import OTHER_DEVICE, Choice, Clash, LoadedField, SentPage, loaded_fields_of
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Attendance
from circles.minutes.models import LATEST, LONGEST_ANSWER, Minutes
from circles.minutes.questions import QUESTIONS, ShownWhen, fields_of_page
from circles.minutes.readers import is_for_the_circle, may_read_answer
from circles.taxonomy.models import Tag
from core.forms import Form
from volunteers.volunteer.models import Volunteer

NOTE_ON_THEIRS = "{name} has written here too. Only {name} and the coordinator read it."
NOTE_ON_UNREADABLE = (
    "Somebody else has answered a question here that stays with the coordinator. Tell the coordinator yourself if you "
    "want to add to it."
)
WRONG_NUMBER = f"Write the minutes in figures, from 1 to {LATEST}, such as 15."
PAGE_KEY = re.compile("@[0-9a-f]{12}")
ROWS_OF_TEXT = {"his_week": 5, "worry_words": 4}


def _loaded_fields_in(data: Any) -> dict[str, LoadedField]:
    """Read each field's version and digest from when the page was loaded. Malformed parts are ignored."""
    parts = [part.split(":") for part in str(data.get("loaded", "")).split()]
    well_formed = [part for part in parts if len(part) == 3 and part[1].isdecimal() and len(part[1]) < 9]
    return {name: LoadedField(int(version), digest) for name, version, digest in well_formed}


def _page_key_in(data: Any) -> str:
    """The key of the open page, made when it was loaded; it stays the same when the page is shown again with errors."""
    first = str(data.get("loaded", "")).partition(" ")[0]
    return first[1:] if PAGE_KEY.fullmatch(first) else ""


def _choices_in(data: Any) -> dict[str, Choice]:
    """Which of two texts this person chose, by field."""
    chosen = {}
    for name, value in data.items():
        which, _, version = str(value).partition(":")
        if name.startswith("keep-") and which in {"mine", "theirs"} and version.isdecimal() and len(version) < 9:
            chosen[name.removeprefix("keep-")] = Choice(which == "mine", int(version))
    return chosen


def boxes_shown_field() -> forms.Field:
    """A hidden field that says that check boxes were on the page: a browser sends nothing for an unticked box."""
    return forms.CharField(required=False, widget=forms.HiddenInput, initial="yes")


def field_for_question(name: str) -> forms.Field:
    """The form field of one question, with the model's label and hint."""
    question: Any = Minutes._meta.get_field(name)
    words: dict[str, Any] = {
        "label": question.verbose_name,
        "help_text": question.help_text,
        "required": False,
    }
    if isinstance(question, ArrayField):
        return forms.MultipleChoiceField(choices=Minutes.MoodWord.choices, widget=forms.CheckboxSelectMultiple, **words)
    if question.choices:
        return forms.ChoiceField(choices=list(question.choices), widget=forms.RadioSelect, **words)
    if isinstance(question, models.PositiveSmallIntegerField):
        return forms.IntegerField(
            min_value=1,
            max_value=LATEST,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
            error_messages={"invalid": WRONG_NUMBER, "min_value": WRONG_NUMBER, "max_value": WRONG_NUMBER},
            **words,
        )
    if isinstance(question, models.TimeField):
        return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **words)
    return forms.CharField(
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": ROWS_OF_TEXT.get(name, 3)}),
        **words,
    )


class FurtherQuestion(NamedTuple):
    """A question that the template does not place itself, and the answers that show it."""

    field: forms.BoundField
    when: ShownWhen | None


@dataclass(frozen=True)
class FoldedFields:
    """Optional questions that one line opens."""

    parts: list[forms.BoundField]
    is_open: bool


class PageForm(Form):
    """One page of the log: some of the minutes' questions, filled with what is saved."""

    number: ClassVar[int]
    heading: ClassVar[str]
    short: ClassVar[str]
    """The title of the page in the minutes, for a reader."""
    lead: ClassVar[str] = ""
    input_names: ClassVar[dict[str, str]] = {}
    """For fields of the minutes whose input on the page has another name, that name."""
    placed: ClassVar[tuple[str, ...]] = ()
    """Inputs that the template places itself. Every other question follows them."""
    optional: ClassVar[tuple[str, ...]] = ()
    """Inputs that are folded away until opened."""

    def __init__(self, data: Any = None, *, may: MeetingAccess) -> None:
        self.meeting = may.meeting
        self.is_sent = data is not None
        self.unreadable_fields = [field for field in self.questions().values() if not may_read_answer(may, field)]
        self.fields_by_input = {name: field for name, field in self.questions().items() if may_read_answer(may, field)}
        super().__init__(data, initial=self.saved_values(), prefix=None)
        self.clashes: list[Clash] = []
        for name, field in self.fields_by_input.items():
            self.fields[name] = field_for_question(field)
        self.add_fields()
        self._add_loaded_field()

    @classmethod
    def questions(cls) -> dict[str, str]:
        """For each input of the page by name, the field of the minutes that it fills."""
        return {
            cls.input_names.get(name, name): name for name in fields_of_page(cls.number) if QUESTIONS[name].is_asked
        }

    @property
    def further_questions(self) -> list[FurtherQuestion]:
        """The page's questions that its template does not place."""
        names = [name for name in self.fields_by_input if name not in {*self.placed, *self.optional}]
        return [FurtherQuestion(self[name], self.shown_when(name)) for name in names]

    def shown_when(self, name: str) -> ShownWhen | None:
        """The input, and its answers, that show the question of this input. None if it is always shown."""
        when = QUESTIONS[self.fields_by_input[name]].shown_when
        return when and ShownWhen(self.input_names.get(when.field, when.field), when.answers)

    def add_fields(self) -> None:
        """Add the fields that are not questions of the minutes."""

    @property
    def folded(self) -> FoldedFields:
        """The page's optional questions."""
        return self.fold_fields(*self.optional)

    def fold_fields(self, *names: str) -> FoldedFields:
        """Fold these fields into one part, which is open if one of them has a value or an error."""
        parts = [self[name] for name in names]
        return FoldedFields(parts, is_open=any(part.value() or part.errors for part in parts))

    @property
    def hidden_parts(self) -> SafeString:
        return mark_safe("".join(str(field) for field in self.hidden_fields()))  # noqa: S308 (widgets escape)

    def saved_values(self) -> dict[str, Any]:
        """The saved answers of this page, by input."""
        return {name: getattr(self.meeting.minutes, field) for name, field in self.fields_by_input.items()}

    def _add_loaded_field(self) -> None:
        """Send each field's version along in the page, so that two people do not overwrite each other."""
        shown = {
            field: self.get_initial_for_field(self.fields[name], name) for name, field in self.fields_by_input.items()
        }
        loaded = loaded_fields_of(self.meeting.minutes, shown | self.other_values())
        versions = " ".join(f"{name}:{field.version}:{field.digest}" for name, field in loaded.items())
        self.fields["loaded"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=f"@{uuid4().hex[:12]} {versions}"
        )

    def other_values(self) -> dict[str, Any]:
        """The values on the page that are not answers of the minutes, by input."""
        return {}

    def sent_page(self) -> SentPage:
        """What was sent and is well formed, with the loaded versions and what was chosen."""
        loaded, chosen = _loaded_fields_in(self.data), _choices_in(self.data)
        return SentPage(
            self.sent_answers(),
            self.sent_attendance(),
            self.sent_tags(),
            loaded,
            chosen,
            self.sent_taps(),
            _page_key_in(self.data),
        )

    def sent_attendance(self) -> dict[str, tuple[Volunteer | None, Attendance.Came]]:
        return {}

    def sent_tags(self) -> dict[str, list[Tag]]:
        return {}

    def sent_taps(self) -> dict[str, tuple[Action | Goal, str]]:
        return {}

    @property
    def clash_cards(self) -> list[dict[str, Any]]:
        """Each clash with the label of its field, and both texts as the page says them."""
        return [
            vars(clash)
            | {"label": self.label_of(clash.name), "is_ones_own": clash.by == OTHER_DEVICE}
            | {"theirs": self._words_of_theirs(clash), "mine": self.words_of_value(clash.name, clash.mine)}
            for clash in self.clashes
        ]

    def input_of(self, name: str) -> forms.BoundField:
        """The input of a field of the draft."""
        inputs = {field: name for name, field in self.fields_by_input.items()}
        return self[inputs.get(name, name)]

    def label_of(self, name: str) -> str:
        """The label on the page of a field of the draft."""
        return str(self.input_of(name).label)

    def _words_of_theirs(self, clash: Clash) -> str:
        """The other's answer; a note instead where only they and the coordinator read it."""
        stays = clash.name in QUESTIONS and not is_for_the_circle(clash.name)
        if stays and clash.by != OTHER_DEVICE:
            return NOTE_ON_THEIRS.format(name=clash.by)
        return self.words_of_value(clash.name, clash.theirs)

    @property
    def note_on_unreadable(self) -> str:
        """A note for the page where somebody else's answers are not shown; empty elsewhere."""
        return NOTE_ON_UNREADABLE if self.unreadable_fields else ""

    def words_of_value(self, name: str, value: str) -> str:
        """A value in the words of the page: for a choice its label."""
        form_field: Any = self.input_of(name).field
        if not isinstance(form_field, forms.ChoiceField) or isinstance(form_field, forms.MultipleChoiceField):
            return value
        offered: Any = form_field.choices
        return str(dict(offered).get(value, value))

    def sent_answers(self) -> Answers:
        """The answers that were sent and are well formed. A question that was not sent is left out."""
        return {
            field: self.cleaned_data[name]
            for name, field in self.fields_by_input.items()
            if (name in self.data or f"{name}-shown" in self.data) and name in self.cleaned_data
        }


class TapPage(PageForm):
    """A page that also has a row of taps for each action or goal of the circle."""

    def rows(self) -> list[TapRow]:
        """The rows of this meeting."""
        raise NotImplementedError

    def add_fields(self) -> None:
        self.tap_rows = self.rows()
        for row in self.tap_rows:
            self.fields[row.name] = row.field()

    @property
    def taps(self) -> list[forms.BoundField]:
        """The rows as fields."""
        return [self[row.name] for row in self.tap_rows]

    def other_values(self) -> dict[str, Any]:
        return {row.name: row.now for row in self.tap_rows}

    def sent_taps(self) -> dict[str, tuple[Action | Goal, str]]:
        """For each row that was tapped, its record and the answer."""
        answers = {row.name: (row.record, self.cleaned_data.get(row.name, "")) for row in self.tap_rows}
        return {name: (record, answer) for name, (record, answer) in answers.items() if answer}
