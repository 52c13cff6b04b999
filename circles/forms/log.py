"""The five short pages of the doorstep log. Nothing is required until the minutes are sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, cast
from uuid import uuid4

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.safestring import SafeString, mark_safe

from circles.forms.tags import tag_field
from circles.models import Attendance, Meeting, Minutes, MinutesTag, Tag
from circles.models.meeting import USUAL_LENGTH
from circles.models.minutes import LONGEST
from circles.operations.minutes import Answers
from core.worktime import LONDON
from volunteers.models import Volunteer

HIM = "came-him"
TALL = {"his_week": 5, "worry_words": 4}


def shown_field() -> forms.Field:
    """Says that check boxes were on the page, for a browser sends nothing of one that is not ticked."""
    return forms.CharField(required=False, widget=forms.HiddenInput, initial="yes")


class Taps(forms.RadioSelect):
    """One question's answers side by side, each a tap."""

    option_template_name = "circles/tap.html"


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
    if isinstance(question, models.TimeField):
        return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **said)
    return forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": TALL.get(name, 3)}),
        **said,
    )


@dataclass(frozen=True)
class Folded:
    """Optional questions behind one line."""

    parts: list[forms.BoundField]
    is_open: bool


class PageForm(forms.Form):
    """One page of the log: some of the minutes' questions, filled with what is saved."""

    number: ClassVar[int]
    heading: ClassVar[str]
    short: ClassVar[str]
    """What the page is called among the others, to a reader."""
    lead: ClassVar[str] = ""
    questions: ClassVar[dict[str, str]]
    """Names of the page's inputs, each with the name of the minutes' field it fills."""
    optional: ClassVar[tuple[str, ...]] = ()
    """Inputs that stand folded."""

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        self.meeting = meeting
        super().__init__(data, initial=self.kept(), prefix=None)
        for name, field in self.questions.items():
            self.fields[name] = asked(field)

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
        return {name: getattr(self.meeting.minutes, field) for name, field in self.questions.items()}

    def answers(self) -> Answers:
        """What was sent and is well formed; a question that was not sent is left alone."""
        given = {
            field: self.cleaned_data[name]
            for name, field in self.questions.items()
            if (name in self.data or f"{name}-shown" in self.data) and name in self.cleaned_data
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
    """How they met, when, and how he was."""

    number = 2
    heading = "The meeting"
    short = "The meeting"
    questions: ClassVar[dict[str, str]] = {
        name: name for name in ["mode", "began_at", "ended_at", "mood", "mood_words", "others_present"]
    }
    optional = ("mood_words", "others_present")

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, meeting=meeting)
        self.fields["mood_words-shown"] = shown_field()

    def kept(self) -> dict[str, Any]:
        """What the draft holds; the times as planned until somebody says otherwise."""
        kept = super().kept()
        planned = self.meeting.planned_at.astimezone(LONDON)
        return kept | {
            "began_at": kept["began_at"] or planned.time(),
            "ended_at": kept["ended_at"] or (planned + USUAL_LENGTH).time(),
        }


class WeekPage(PageForm):
    """His week, and what raises or lowers risk."""

    number = 3
    heading = "His week"
    short = "His week"
    questions: ClassVar[dict[str, str]] = {
        name: name
        for name in [
            "his_week",
            "talked_about",
            "risk_seen",
            "risk_basis",
            "risk_opinion",
            "protective_seen",
            "challenge",
            "truth",
            "truth_words",
        ]
    }
    optional = ("challenge", "truth", "truth_words")

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        offered = list(Tag.objects.offered_for(meeting.minutes))
        self.offered = {tag.reference: tag for tag in offered}
        super().__init__(data, meeting=meeting)
        held = MinutesTag.objects.picked_in(meeting.minutes)
        self.held = {one.tag.reference: one.tag for one in held}
        for kind in Tag.Kind:
            self.fields[kind] = tag_field(kind, offered)
            self.initial[kind] = [reference for reference, tag in self.held.items() if tag.kind == kind]
            self.fields[f"{kind}-shown"] = shown_field()

    @property
    def folded_topics(self) -> Folded:
        return self.fold(Tag.Kind.TOPIC)

    @property
    def folded_risks(self) -> Folded:
        return self.fold(Tag.Kind.RISK, "risk_basis", "risk_opinion")

    @property
    def folded_protective(self) -> Folded:
        return self.fold(Tag.Kind.PROTECTIVE)

    def picked(self) -> list[tuple[str, list[Tag]]]:
        """The kinds whose ticks differ from what is saved, each with its tags."""
        changed = []
        for kind in Tag.Kind:
            if f"{kind}-shown" in self.data and kind in self.cleaned_data:
                ticked = self.cleaned_data[kind]
                if set(ticked) != {reference for reference, tag in self.held.items() if tag.kind == kind}:
                    changed.append((str(kind.value), [self.offered[reference] for reference in ticked]))
        return changed

    @property
    def has_risks(self) -> bool:
        """Risk factors are ticked, which the next page asks about."""
        return bool(self.cleaned_data.get(Tag.Kind.RISK))


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
            "children_contact",
            "contact",
            "boundary",
            "boundary_words",
            "community",
            "community_words",
        ]
    }
    optional = ("community", "community_words")


class NextPage(PageForm):
    """What happens next, and how the volunteers are."""

    number = 5
    heading = "What happens next"
    short = "What happens next"
    questions: ClassVar[dict[str, str]] = {name: name for name in ["actions_agreed", "next_plan", "debrief", "support"]}


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
    field = {"risks": "risk_seen", "contacts": "contact"}.get(field, field)
    return next((page.number for page in PAGES if field in page.questions.values()), 1)
