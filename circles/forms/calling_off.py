"""Cancelling a meeting, saying it was not held, and moving it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from circles.forms.schedule import PlaceField, time_field, words_field
from circles.models import Meeting
from core.forms import ChangingForm, DateField, Form, combined, years
from core.worktime import LONDON


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
