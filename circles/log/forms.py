"""The pages of the log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.db.models import prefetch_related_objects

from circles.action.forms import action_rows
from circles.circle.taps import TapRow, Taps
from circles.goal.forms import goal_rows
from circles.log.page_forms import FoldedFields, PageForm, TapPage, boxes_shown_field, field_for_question
from circles.meeting.access import MeetingAccess
from circles.meeting.models import USUAL_LENGTH, Attendance
from circles.minutes.models import REASON_LENGTH, Minutes
from circles.minutes.sections import HEADINGS
from circles.minutes.visit import OUT_OF_ORDER, TIMES, first_time_out_of_order, planned_times_of
from circles.taxonomy.forms import tag_field
from circles.taxonomy.models import Tag, picked_tags_of
from core.forms import Form
from core.worktime import LONDON
from volunteers.volunteer.models import Volunteer

HIM = "came-him"
"""The row of taps for the core member."""

REST = "rest-came"
"""The button “Everybody else came”: one tap for all rows that were not tapped."""


def came_choices_of(him: bool) -> list[tuple[str, str]]:
    """The ways somebody can have come. “Left early” is asked about the core member only (domain.md 1.7)."""
    ways = list(Attendance.Came) if him else Attendance.OF_VOLUNTEERS
    return [(way.value, str(way.label)) for way in ways]


class FirstPage(PageForm):
    """Page 1: the worry, and who was there."""

    number = 1
    heading = "Did anything worry anyone tonight?"
    short = HEADINGS[0].title
    lead = "First, so that it is not forgotten. You can finish the rest tomorrow."
    input_names: ClassVar[dict[str, str]] = {
        "worry_words": "words",
        "his_minutes_late": "late_by",
        "his_coming_words": "late_words",
    }
    placed = ("worry", "words", "late_by", "late_words")

    def __init__(self, data: Any = None, *, may: MeetingAccess, roster: Iterable[Volunteer]) -> None:
        prefetch_related_objects([may.meeting], "attendance")
        self.came_before = {row.volunteer_id: row.came for row in may.meeting.attendance.all()}
        self.people: dict[str, Volunteer | None] = {HIM: None}
        self.people |= {f"came-{volunteer.reference}": volunteer for volunteer in roster}
        super().__init__(data, may=may)

    def add_fields(self) -> None:
        for name, volunteer in self.people.items():
            self.fields[name] = forms.ChoiceField(
                label=volunteer.user.first_name if volunteer else self.meeting.circle.known_as,
                choices=came_choices_of(volunteer is None),
                required=False,
                widget=Taps,
                initial=self.came_before.get(volunteer.pk if volunteer else None, ""),
            )
        self.fields["submit_key"] = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    @property
    def taps(self) -> list[forms.BoundField]:
        """The rows of “Who was there?”."""
        return [self[name] for name in self.people]

    def other_values(self) -> dict[str, Any]:
        return {name: self.fields[name].initial for name in self.people}

    def sent_attendance(self) -> dict[str, tuple[Volunteer | None, Attendance.Came]]:
        """The taps that were sent. “Everybody else came” answers for each row that was not tapped."""
        otherwise = Attendance.Came.CAME.value if REST in self.data else ""
        tapped = {name: self.cleaned_data.get(name, "") or otherwise for name in self.people}
        return {name: (self.people[name], Attendance.Came(came)) for name, came in tapped.items() if came}


class MeetingPage(TapPage):
    """Page 2: the actions agreed before, how they met, the times of the three parts, and how he was."""

    number = 2
    heading = "The meeting"
    short = HEADINGS[1].title
    optional = ("mood_words", "others_present")

    def rows(self) -> list[TapRow]:
        return action_rows(self.meeting, lock=self.is_bound)

    def add_fields(self) -> None:
        super().add_fields()
        self.fields["mood_words-shown"] = boxes_shown_field()

    def saved_values(self) -> dict[str, Any]:
        """What is saved. Until somebody changes them: the planned times, and the way they met last time."""
        saved = super().saved_values()
        usual: dict[str, Any] = planned_times_of(self.meeting.planned_at.astimezone(LONDON), USUAL_LENGTH)
        if not saved["mode"] and not self.is_sent:
            usual["mode"] = Minutes.objects.last_mode_before(self.meeting)
        return saved | {name: saved[name] or usual[name] for name in usual}

    def clean(self) -> dict[str, Any]:
        """Name the first time that is out of order. No time is saved then; the rest of the page is."""
        cleaned: dict[str, Any] = super().clean() or {}
        sent = {name: cleaned[name] for name in TIMES if name in self.data and name in cleaned}
        wrong = first_time_out_of_order(self.meeting.minutes.times | sent)
        if wrong is not None:
            self.add_error(wrong, OUT_OF_ORDER[wrong])
            for name in TIMES:
                self.cleaned_data.pop(name, None)
        return cleaned


class WeekPage(PageForm):
    """Page 3: his week, and what raises or lowers risk."""

    number = 3
    heading = "His week"
    short = HEADINGS[2].title
    placed = ("his_week", "talked_about", "risk_seen", "risk_basis", "risk_opinion", "protective_seen")
    optional = ("challenge", "truth", "truth_words")

    def add_fields(self) -> None:
        offered = list(Tag.objects.offered_for(self.meeting.minutes))
        self.offered = {tag.reference: tag for tag in offered}
        picked = [minutes_tag.tag for minutes_tag in picked_tags_of(self.meeting.minutes)]
        self.picked = {kind: [tag for tag in picked if tag.kind == kind] for kind in Tag.Kind}
        for kind in Tag.Kind:
            self.fields[kind] = tag_field(kind, offered)
            self.fields[kind].initial = [tag.reference for tag in self.picked[kind]]
            self.fields[f"{kind}-shown"] = boxes_shown_field()

    def other_values(self) -> dict[str, Any]:
        return {str(kind.value): [tag.name for tag in self.picked[kind]] for kind in Tag.Kind}

    @property
    def folded_topics(self) -> FoldedFields:
        return self.fold_fields(Tag.Kind.TOPIC)

    @property
    def folded_risks(self) -> FoldedFields:
        return self.fold_fields(Tag.Kind.RISK, "risk_basis", "risk_opinion")

    @property
    def folded_protective(self) -> FoldedFields:
        return self.fold_fields(Tag.Kind.PROTECTIVE)

    def sent_tags(self) -> dict[str, list[Tag]]:
        """The ticks of each kind whose boxes were on the page."""
        sent = [kind for kind in Tag.Kind if f"{kind}-shown" in self.data and kind in self.cleaned_data]
        return {str(kind.value): [self.offered[reference] for reference in self.cleaned_data[kind]] for kind in sent}

    @property
    def has_risks(self) -> bool:
        """Whether risk factors are ticked. The next page asks about each."""
        return bool(self.cleaned_data.get(Tag.Kind.RISK))


class MattersPage(PageForm):
    """Page 4: the questions that must be asked every week."""

    number = 4
    heading = "Asked every week"
    short = HEADINGS[3].title
    placed = (
        "licence",
        "wellbeing",
        "children",
        "children_contact",
        "children_detail",
        "contact",
        "boundary",
        "boundary_words",
        "community",
        "community_words",
    )


class NextPage(TapPage):
    """Page 5: what happens next, his goals, and how the volunteers are."""

    number = 5
    heading = "What happens next"
    short = HEADINGS[4].title

    def rows(self) -> list[TapRow]:
        return goal_rows(self.meeting)


PAGES: tuple[type[PageForm], ...] = (FirstPage, MeetingPage, WeekPage, MattersPage, NextPage)
"""The pages in order."""


def anchor_of(field: str) -> str:
    """The HTML id of the first input for a field of the minutes."""
    if field == "attendance":
        return f"id_{HIM}_0"
    page = PAGES[page_of(field) - 1]
    name = next(name for name, asked_field in page.questions().items() if asked_field == field)
    return f"id_{name}_0" if isinstance(field_for_question(field).widget, forms.RadioSelect) else f"id_{name}"


def page_of(field: str) -> int:
    """The number of the page that asks for a field of the minutes. Attendance is asked on page 1."""
    field = {"risks": "risk_seen", "contacts": "contact"}.get(field, field)
    return next((page.number for page in PAGES if field in page.questions().values()), 1)


class LateForm(Form):
    """Asked when minutes are sent after their 48 hours."""

    late_reason = forms.CharField(
        label="Why are these minutes late?",
        max_length=REASON_LENGTH,
        required=False,
        help_text="For example: written on paper in the prison, typed in at home.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
