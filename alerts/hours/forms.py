"""The form in which a person chooses how to hear of what can wait."""

from __future__ import annotations

from django import forms

from alerts.hours.models import Preference
from core.forms import ChangingForm


class HoursForm(ChangingForm):
    news = forms.TypedChoiceField(
        label="News, which needs nothing done",
        choices=Preference.News.choices,
        coerce=Preference.News,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how news comes to you."},
    )
    quiet_from = forms.TimeField(
        label="Quiet from",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Write a time, such as 21:00.", "required": "Write a time, such as 21:00."},
    )
    quiet_to = forms.TimeField(
        label="Quiet until",
        help_text="What needs you but can wait is sent when the quiet hours end. What is urgent is sent at any hour.",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Write a time, such as 07:00.", "required": "Write a time, such as 07:00."},
    )
