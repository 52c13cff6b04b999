"""Changing the times a circle meets, and calling one meeting off or moving it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms

from circles.circle.models import Circle
from circles.meeting.models import Meeting
from circles.schedule.models import Variation
from circles.schedule.rhythm import Occasion
from core.forms import ChangingForm, DateField, Form, combined, years
from core.worktime import LONDON

PLACE_CODE = r"^[A-Za-z0-9]{1,8}$"


CHOOSE = {"required": "Choose one.", "invalid_choice": "Choose one of those offered: that one has gone meanwhile."}


WEEKLY, FORTNIGHTLY = "weekly", "fortnightly"


class PlaceField(forms.RegexField):
    """A code the circle knows, and never an address."""

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


def time_field(**kwargs: Any) -> forms.TimeField:
    """A time of day, as the clock on the wall shows it."""
    said = {"required": "Give the time, such as 18:30.", "invalid": "Write the time as hours and minutes: 18:30."}
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label="Time", widget=widget, error_messages=said, **kwargs)


def words_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=300,
        help_text="A few words. The circle’s volunteers read them.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say it in a few words, so that the circle knows."},
    )


class SlotField(forms.TypedChoiceField):
    """One of the circle's coming moments, of which nothing has been made yet."""

    def __init__(self, free: Iterable[Occasion], **kwargs: Any) -> None:
        moments = [one.slot_at for one in free]
        choices = [
            (
                one.isoformat(),
                f"{one.astimezone(LONDON):%A} {one.astimezone(LONDON).day} {one.astimezone(LONDON):%B %Y}",
            )
            for one in moments
        ]
        super().__init__(choices=choices, coerce=datetime.fromisoformat, error_messages=CHOOSE, **kwargs)


class VaryForm(Form):
    """One coming meeting left out, or moved to another day, time or place."""

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
        self.fields["time"] = time_field(required=False, initial=circle.meets_at)
        self.fields["place_code"] = PlaceField(required=False, initial=circle.place_code)
        self.fields["words"] = words_field("Why?")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == Variation.Kind.MOVED and "day" in cleaned and "time" in cleaned:
            if not cleaned["day"]:
                self.add_error("day", "Write the day it moves to. It may be the same day at another time.")
            else:
                cleaned["moved_to"] = combined(self, cleaned["day"], cleaned["time"] or self.circle.meets_at)
        return cleaned


class RhythmForm(ChangingForm):
    """Every week, or every second week from one of the coming meetings on."""

    def __init__(self, data: Any = None, *, circle: Circle, free: Iterable[Occasion]) -> None:
        now = FORTNIGHTLY if circle.fortnightly_from else WEEKLY
        super().__init__(data, initial={"rhythm": now})
        self.fields["rhythm"] = forms.ChoiceField(
            label="How often does the circle meet?",
            choices=[(WEEKLY, "Every week"), (FORTNIGHTLY, "Every second week")],
            error_messages=CHOOSE,
            widget=forms.RadioSelect,
        )
        self.fields["slot"] = SlotField(
            free,
            label="Every second week from",
            required=False,
            empty_value=None,
            help_text="The first meeting of the slower rhythm. Meetings planned already stay as they are.",
        )

    def chosen(self) -> date | None:
        """The day the slower rhythm begins; None for every week. Only after `is_valid`."""
        slot: datetime | None = self.cleaned_data["slot"]
        if self.cleaned_data["rhythm"] == WEEKLY or slot is None:
            return None
        return slot.astimezone(LONDON).date()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("rhythm") == FORTNIGHTLY and not cleaned.get("slot"):
            self.add_error("slot", "Choose the meeting from which the circle meets every second week.")
        return cleaned


class CallOffForm(Form):
    """One of exactly three reasons, and words."""

    why_not = forms.TypedChoiceField(
        label="What was the reason?",
        choices=Meeting.WhyNot.choices,
        coerce=Meeting.WhyNot,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three reasons."},
        help_text="Acceptable: he was ill, at work, or told you in good time. Logistics: the place, or too few of you.",
    )
    words = words_field("What happened?")


class MoveForm(ChangingForm):
    """Another day, time or place; filled with what stands now."""

    def __init__(self, data: Any = None, *, meeting: Meeting, at: datetime) -> None:
        now = meeting.planned_at.astimezone(LONDON)
        first = {"day": now.date(), "time": now.time(), "place_code": meeting.place_code}
        super().__init__(data, initial=first, at=at)
        self.fields["day"] = DateField(
            label="Day",
            earliest=meeting.circle.started_on,
            latest=years(2),
            error_messages={"required": "Write the day."},
        )
        self.fields["time"] = time_field()
        self.fields["place_code"] = PlaceField()
        self.fields["words"] = words_field("Why does it move?")

    def asked(self) -> dict[str, Any]:
        """What the operation takes. Only after `is_valid`."""
        cleaned = self.cleaned_data
        return {name: cleaned[name] for name in ("planned_at", "place_code", "words")}

    def clean(self) -> dict[str, Any]:
        """Day and time as one moment of London's clock."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("day") and cleaned.get("time"):
            cleaned["planned_at"] = combined(self, cleaned["day"], cleaned["time"])
        return cleaned
