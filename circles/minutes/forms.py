"""Returning minutes, and adding to them."""

from __future__ import annotations

from django import forms

from circles.minutes.models import LONGEST
from core.forms import Form


class ReturnForm(Form):
    reason = forms.CharField(
        label="What is missing?",
        max_length=300,
        help_text="The writer sees this and can mend it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AddendumForm(Form):
    words = forms.CharField(
        label="What do you want to add?",
        max_length=LONGEST,
        help_text="It stands beside the minutes with your name and the time. The minutes stay as they are.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
