"""Cancelling a meeting, saying it was not held, and moving it."""

from __future__ import annotations

from typing import Any

from django import forms

from circles.forms.schedule import PlaceField, moment_of, time_field, words_field
from circles.models import Meeting
from core.forms import DateField
from core.worktime import LONDON


class CallOffForm(forms.Form):
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


class MoveForm(forms.Form):
    """Another day, time or place; filled with what stands now."""

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        now = meeting.planned_at.astimezone(LONDON)
        first = {"day": now.date(), "time": now.time(), "place_code": meeting.place_code}
        super().__init__(data, initial=first)
        self.fields["day"] = DateField(label="Day", error_messages={"required": "Write the day."})
        self.fields["time"] = time_field()
        self.fields["place_code"] = PlaceField()
        self.fields["words"] = words_field("Why does it move?")

    def asked(self) -> dict[str, Any]:
        """What the operation takes. Only after `is_valid`."""
        cleaned = self.cleaned_data
        return {
            "planned_at": moment_of(cleaned["day"], cleaned["time"]),
            "place_code": cleaned["place_code"],
            "words": cleaned["words"],
        }
