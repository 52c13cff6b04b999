"""The form for one tap: how long a volunteer travelled."""

from __future__ import annotations

from django import forms

from core.forms import Form

OFFERED = (0, 15, 30, 45, 60, 90, 120)
"""Minutes there and back."""


class TravelForm(Form):
    minutes = forms.TypedChoiceField(choices=[(minutes, str(minutes)) for minutes in OFFERED], coerce=int)
