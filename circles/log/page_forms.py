"""One page of the log: some of the minutes' questions, how they stood when it was loaded, what was sent of them."""

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
from circles.circle.taps import Row
from circles.goal.models import Goal
from circles.log.operations import Answers
from circles.log.page_operations import OTHER_DEVICE, Chosen, Clash, Loaded, Page, loaded_of
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Attendance
from circles.minutes.models import LATEST, LONGEST, Minutes
from circles.minutes.questions import QUESTIONS, ShownWhen, fields_of_page
from circles.minutes.readers import is_for_the_circle, may_read_answer
from circles.taxonomy.models import Tag
from core.forms import Form
from volunteers.volunteer.models import Volunteer

BETWEEN_THEM = "{name} has written here too. Only {name} and the coordinator read it."
ANSWERED_ALREADY = (
    "Somebody else has answered a question here that stays with the coordinator. Tell the coordinator yourself if you "
    "want to add to it."
)
WHOLE = f"Write the minutes in figures, from 1 to {LATEST}, such as 15."
HAND = re.compile("@[0-9a-f]{12}")
TALL = {"his_week": 5, "worry_words": 4}


def loaded_in(data: Any) -> dict[str, Loaded]:
    """How each field stood when the page was loaded, as the page sends it back; nonsense is passed over."""
    parts = [one.split(":") for one in str(data.get("loaded", "")).split()]
    well_formed = [part for part in parts if len(part) == 3 and part[1].isdecimal() and len(part[1]) < 9]
    return {name: Loaded(int(version), digest) for name, version, digest in well_formed}


def hand_in(data: Any) -> str:
    """The name of the page, made when it was loaded; it keeps it while it comes back with something to put right."""
    first = str(data.get("loaded", "")).partition(" ")[0]
    return first[1:] if HAND.fullmatch(first) else ""


def chosen_in(data: Any) -> dict[str, Chosen]:
    """Which of two texts somebody chose, by field."""
    chosen = {}
    for name, value in data.items():
        which, _, version = str(value).partition(":")
        if name.startswith("keep-") and which in {"mine", "theirs"} and version.isdecimal() and len(version) < 9:
            chosen[name.removeprefix("keep-")] = Chosen(which == "mine", int(version))
    return chosen


def shown_field() -> forms.Field:
    """Says that check boxes were on the page, for a browser sends nothing of one that is not ticked."""
    return forms.CharField(required=False, widget=forms.HiddenInput, initial="yes")


def asked(name: str) -> forms.Field:
    """The form field of one question, in the model's words."""
    question: Any = Minutes._meta.get_field(name)
    said: dict[str, Any] = {
        "label": question.verbose_name,
        "help_text": question.help_text,
        "required": False,
    }
    if isinstance(question, ArrayField):
        return forms.MultipleChoiceField(choices=Minutes.MoodWord.choices, widget=forms.CheckboxSelectMultiple, **said)
    if question.choices:
        return forms.ChoiceField(choices=list(question.choices), widget=forms.RadioSelect, **said)
    if isinstance(question, models.PositiveSmallIntegerField):
        return forms.IntegerField(
            min_value=1,
            max_value=LATEST,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
            error_messages={"invalid": WHOLE, "min_value": WHOLE, "max_value": WHOLE},
            **said,
        )
    if isinstance(question, models.TimeField):
        return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **said)
    return forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": TALL.get(name, 3)}),
        **said,
    )


class Further(NamedTuple):
    """A question that a page shows after those its template places, and the answers that lead to it."""

    field: forms.BoundField
    when: ShownWhen | None


@dataclass(frozen=True)
class Folded:
    """Optional questions behind one line."""

    parts: list[forms.BoundField]
    is_open: bool


class PageForm(Form):
    """One page of the log: some of the minutes' questions, filled with what is saved."""

    number: ClassVar[int]
    heading: ClassVar[str]
    short: ClassVar[str]
    """What the page is called among the others, to a reader."""
    lead: ClassVar[str] = ""
    input_names: ClassVar[dict[str, str]] = {}
    """Fields of the minutes whose input on the page has a name of its own."""
    placed: ClassVar[tuple[str, ...]] = ()
    """Inputs that the page's template places itself; every other question follows them."""
    optional: ClassVar[tuple[str, ...]] = ()
    """Inputs that stand folded."""

    def __init__(self, data: Any = None, *, may: MeetingAccess) -> None:
        self.meeting = may.meeting
        self.kept_from_them = [field for field in self.questions().values() if not may_read_answer(may, field)]
        self.asked_here = {name: field for name, field in self.questions().items() if may_read_answer(may, field)}
        super().__init__(data, initial=self.kept(), prefix=None)
        self.clashes: list[Clash] = []
        for name, field in self.asked_here.items():
            self.fields[name] = asked(field)
        self.add_fields()
        self.stand_ready()

    @classmethod
    def questions(cls) -> dict[str, str]:
        """Names of the page's inputs, each with the name of the minutes' field it fills."""
        return {
            cls.input_names.get(name, name): name for name in fields_of_page(cls.number) if QUESTIONS[name].is_asked
        }

    @property
    def further(self) -> list[Further]:
        """The page's questions that its template does not place."""
        names = [name for name in self.asked_here if name not in {*self.placed, *self.optional}]
        return [Further(self[name], self.shown_when(name)) for name in names]

    def shown_when(self, name: str) -> ShownWhen | None:
        """The input, and its answers, that lead to the question of this input."""
        when = QUESTIONS[self.asked_here[name]].shown_when
        return when and ShownWhen(self.input_names.get(when.field, when.field), when.answers)

    def add_fields(self) -> None:
        """What the page asks besides the minutes' own questions."""

    @property
    def folded(self) -> Folded:
        """The page's optional questions."""
        return self.fold(*self.optional)

    def fold(self, *names: str) -> Folded:
        """Some fields as one folded part, open when something stands in it."""
        parts = [self[name] for name in names]
        return Folded(parts, is_open=any(part.value() or part.errors for part in parts))

    @property
    def hidden_parts(self) -> SafeString:
        return mark_safe("".join(str(field) for field in self.hidden_fields()))  # noqa: S308 (widgets escape)

    def kept(self) -> dict[str, Any]:
        """What the draft holds for this page."""
        return {name: getattr(self.meeting.minutes, field) for name, field in self.asked_here.items()}

    def stand_ready(self) -> None:
        """Remember in the page how each field stood when it was loaded, so that two people do not overwrite each other."""
        shown = {field: self.get_initial_for_field(self.fields[name], name) for name, field in self.asked_here.items()}
        loaded = loaded_of(self.meeting.minutes, shown | self.shown_beside())
        written = " ".join(f"{name}:{one.version}:{one.digest}" for name, one in loaded.items())
        written = f"@{uuid4().hex[:12]} {written}"
        self.fields["loaded"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=written)

    def shown_beside(self) -> dict[str, Any]:
        """What the page shows that is no answer of the minutes, by name."""
        return {}

    def sent(self) -> Page:
        """What was sent and is well formed, with how it stood and what was chosen."""
        loaded, chosen = loaded_in(self.data), chosen_in(self.data)
        return Page(self.answers(), self.came(), self.tags(), loaded, chosen, self.tapped(), hand_in(self.data))

    def came(self) -> dict[str, tuple[Volunteer | None, Attendance.Came]]:
        return {}

    def tags(self) -> dict[str, list[Tag]]:
        return {}

    def tapped(self) -> dict[str, tuple[Action | Goal, str]]:
        return {}

    @property
    def clashing(self) -> list[dict[str, Any]]:
        """Each clash with what the page calls its field."""
        return [
            vars(clash)
            | {"label": self.label_of(clash.name), "is_ones_own": clash.by == OTHER_DEVICE}
            | {"theirs": self.theirs_in_words(clash), "mine": self.in_words(clash.name, clash.mine)}
            for clash in self.clashes
        ]

    def input_of(self, name: str) -> forms.BoundField:
        """The input of a field, by its name in the draft."""
        inputs = {field: name for name, field in self.asked_here.items()}
        return self[inputs.get(name, name)]

    def label_of(self, name: str) -> str:
        """What a field is called on the page, by its name in the draft."""
        return str(self.input_of(name).label)

    def theirs_in_words(self, clash: Clash) -> str:
        """The other's answer; not where only the coordinator reads it."""
        stays = clash.name in QUESTIONS and not is_for_the_circle(clash.name)
        if stays and clash.by != OTHER_DEVICE:
            return BETWEEN_THEM.format(name=clash.by)
        return self.in_words(clash.name, clash.theirs)

    @property
    def note_on_kept(self) -> str:
        """What is said where somebody else's answers are not shown."""
        return ANSWERED_ALREADY if self.kept_from_them else ""

    def in_words(self, name: str, value: str) -> str:
        """A value as the page offers it: a tap by its label."""
        asked_as: Any = self.input_of(name).field
        if not isinstance(asked_as, forms.ChoiceField) or isinstance(asked_as, forms.MultipleChoiceField):
            return value
        offered: Any = asked_as.choices
        return str(dict(offered).get(value, value))

    def answers(self) -> Answers:
        """What was sent and is well formed; a question that was not sent is left alone."""
        return {
            field: self.cleaned_data[name]
            for name, field in self.asked_here.items()
            if (name in self.data or f"{name}-shown" in self.data) and name in self.cleaned_data
        }


class TapPage(PageForm):
    """A page that also asks about records of the circle, a row of taps for each."""

    def rows(self) -> list[Row]:
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

    def shown_beside(self) -> dict[str, Any]:
        return {row.name: row.now for row in self.tap_rows}

    def tapped(self) -> dict[str, tuple[Action | Goal, str]]:
        """Each row that was sent with a tap: its record and the answer."""
        given = {row.name: (row.record, self.cleaned_data.get(row.name, "")) for row in self.tap_rows}
        return {name: (record, how) for name, (record, how) in given.items() if how}
