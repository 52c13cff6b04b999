"""Forms: say that a risk review was missed; answer its prompts."""

from __future__ import annotations

from django import forms

from circles.minutes.models import LONGEST_ANSWER
from core.forms import Form


class MissedForm(Form):
    reason = forms.CharField(
        label="Why was it missed?",
        max_length=300,
        help_text="It counts as due and not as done.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PromptsForm(Form):
    words = forms.CharField(
        label="What do you make of it?",
        max_length=LONGEST_ANSWER,
        help_text="What you have done or will do, or why nothing more is needed.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
