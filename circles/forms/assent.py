"""Agreeing with the minutes, or adding a dissenting note."""

from __future__ import annotations

from django import forms

from circles.models import Assent
from circles.models.minutes import LONGEST
from core.forms import Form


class AssentForm(Form):
    answer = forms.ChoiceField(
        label="You were there. Are these minutes right?",
        choices=Assent.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you agree with these minutes."},
    )
    words = forms.CharField(
        label="What did you see differently?",
        help_text="Only if you did. It stands beside the minutes with your name. Use initials, not names.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
