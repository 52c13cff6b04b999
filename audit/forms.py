"""The form that searches the trail."""

from __future__ import annotations

from django import forms

from audit.models import Act
from core.forms import DateField, Form, years


class TrailForm(Form):
    """What to look for. Every field is optional, and matches whole values only: nobody shall browse by parts of a name."""

    person = forms.CharField(label="Person's reference", required=False, max_length=20, help_text="Such as U-7M4QX")
    reference = forms.CharField(label="Record's reference", required=False, max_length=60, help_text="Such as C-0142")
    act = forms.ChoiceField(label="What was done", required=False, choices=[("", "Anything"), *Act.choices])
    since = DateField(label="From", latest=years(1), required=False)
    until = DateField(label="To", latest=years(1), required=False)
