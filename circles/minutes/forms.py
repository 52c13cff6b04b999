"""Forms: return minutes, and add a note to them."""

from __future__ import annotations

from django import forms

from circles.minutes.models import LONGEST_ANSWER
from core.forms import Form


class ReturnForm(Form):
    reason = forms.CharField(
        label="What is missing?",
        max_length=300,
        help_text="The writer reads this and can correct the minutes.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AddendumForm(Form):
    words = forms.CharField(
        label="What do you want to add?",
        max_length=LONGEST_ANSWER,
        help_text="It is shown below the minutes, with your name and the time. The minutes stay as they are.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
