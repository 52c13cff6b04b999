"""Forms: change when a circle meets, and call off or move one meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from circles.circle.models import Circle
from circles.meeting.models import Meeting
from circles.schedule.models import Variation
from circles.schedule.rhythm import Occasion
from core.forms import ChangingForm, DateField, Form, combine_day_and_time, years
from core.worktime import LONDON

PLACE_CODE = r"^[A-Za-z0-9]{1,8}$"


CHOOSE = {"required": "Choose one.", "invalid_choice": "That one is no longer offered. Choose another."}


class PlaceField(forms.RegexField):
    """The code of a place, never an address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            regex=PLACE_CODE,
            label="Place",
            max_length=8,
            help_text="A short code the circle knows, such as ELM. Never an address.",
            error_messages={
                "invalid": "Give a code of up to eight letters and digits, such as ELM.",
                "required": "Give the code of the place, such as ELM.",
            },
            **kwargs,
        )


def _time_field(**kwargs: Any) -> forms.TimeField:
    """A field for a time of day."""
    messages = {"required": "Give the time, such as 18:30.", "invalid": "Write the time as hours and minutes: 18:30."}
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label="Time", widget=widget, error_messages=messages, **kwargs)


def _words_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=300,
        help_text="A few words. The circle’s volunteers read them.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say it in a few words, so that the circle knows."},
    )


class SlotField(forms.TypedChoiceField):
    """A choice of the circle's coming meetings that are not planned and not changed yet."""

    def __init__(self, free: Iterable[Occasion], **kwargs: Any) -> None:
        moments = [occasion.slot_at for occasion in free]
        choices = [
            (
                moment.isoformat(),
                f"{moment.astimezone(LONDON):%A} {moment.astimezone(LONDON).day} {moment.astimezone(LONDON):%B %Y}",
            )
            for moment in moments
        ]
        super().__init__(choices=choices, coerce=datetime.fromisoformat, error_messages=CHOOSE, **kwargs)


class VaryForm(Form):
    """Leave out one coming meeting, or move it to another day, time or place."""

    def __init__(self, data: Any = None, *, circle: Circle, free: Iterable[Occasion], at: datetime) -> None:
        self.circle = circle
        super().__init__(data, at=at)
        self.fields["slot"] = SlotField(free, label="Which meeting?")
        self.fields["kind"] = forms.ChoiceField(
            label="What happens to it?",
            choices=Variation.Kind.choices[::-1],
            widget=forms.RadioSelect,
            error_messages=CHOOSE,
        )
        self.fields["day"] = DateField(label="New day, if it moves", latest=years(2), required=False)
        self.fields["time"] = _time_field(required=False, initial=circle.meets_at)
        self.fields["place_code"] = PlaceField(required=False, initial=circle.place_code)
        self.fields["words"] = _words_field("Why?")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == Variation.Kind.MOVED and "day" in cleaned and "time" in cleaned:
            if not cleaned["day"]:
                self.add_error("day", "Write the day it moves to. It may be the same day at another time.")
            else:
                cleaned["moved_to"] = combine_day_and_time(
                    self, cleaned["day"], cleaned["time"] or self.circle.meets_at
                )
        return cleaned


class CallOffForm(Form):
    """One of three reasons, and a few words."""

    why_not = forms.TypedChoiceField(
        label="What was the reason?",
        choices=Meeting.WhyNot.choices,
        coerce=Meeting.WhyNot,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three reasons."},
        help_text="Acceptable: he was ill, at work, or told you in good time. Logistics: the place, or too few of you.",
    )
    words = _words_field("What happened?")


class MoveMeetingForm(ChangingForm):
    """Another day, time or place, filled with the present ones."""

    def __init__(self, data: Any = None, *, meeting: Meeting, at: datetime) -> None:
        starts = meeting.planned_at.astimezone(LONDON)
        initial = {"day": starts.date(), "time": starts.time(), "place_code": meeting.place_code}
        super().__init__(data, initial=initial, at=at)
        self.fields["day"] = DateField(
            label="Day",
            earliest=meeting.circle.started_on,
            latest=years(2),
            error_messages={"required": "Write the day."},
        )
        self.fields["time"] = _time_field()
        self.fields["place_code"] = PlaceField()
        self.fields["words"] = _words_field("Why does it move?")

    def changes(self) -> dict[str, Any]:
        """The arguments of `move_meeting`. Call `is_valid` first."""
        cleaned = self.cleaned_data
        return {name: cleaned[name] for name in ("planned_at", "place_code", "words")}

    def clean(self) -> dict[str, Any]:
        """Join day and time into one moment, by the clock in London."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("day") and cleaned.get("time"):
            cleaned["planned_at"] = combine_day_and_time(self, cleaned["day"], cleaned["time"])
        return cleaned
