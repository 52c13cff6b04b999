"""Forms to add a holiday, and to propose another clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from concerns.choices import Level, Side
from core.forms import DateField, Form, years


class HolidayForm(Form):
    name = forms.CharField(label="What the day is", max_length=80, error_messages={"required": "Say what the day is."})
    day = DateField(label="Day", earliest=years(-1), latest=years(20), error_messages={"required": "Write the day."})


class ProposalForm(Form):
    level = forms.TypedChoiceField(label="Level", choices=Level.choices, coerce=Level)
    side = forms.TypedChoiceField(label="Whose clock", choices=Side.choices, coerce=Side)
    hours = forms.DecimalField(
        label="Hours until somebody must have it",
        help_text="Working hours for Priority and Log: eight are a working day. The steps between move in proportion.",
        min_value=0.05,
        max_value=400,
        decimal_places=2,
        error_messages={"required": "Write a number of hours, such as 1 or 0.5."},
    )
    reason = forms.CharField(label="Why", max_length=300, error_messages={"required": "Say why."})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "hours" in cleaned:
            cleaned["acknowledge_within"] = timedelta(hours=float(cleaned.pop("hours")))
        return cleaned
