"""The form that adds a programme or changes one."""

from __future__ import annotations

from django import forms

from circles.programme.models import Programme
from core.forms import ChangingForm


class ProgrammeForm(ChangingForm):
    name = forms.CharField(label="Name", max_length=60)
    months = forms.IntegerField(label="Length in months", min_value=1, max_value=60)
    cadence = forms.ChoiceField(label="How often it meets", choices=Programme.Cadence.choices, widget=forms.RadioSelect)
    least_volunteers = forms.IntegerField(label="Fewest volunteers", min_value=1, max_value=12)
    most_volunteers = forms.IntegerField(label="Most volunteers", min_value=1, max_value=12)
    review_weeks = forms.IntegerField(label="Weeks between reviews", min_value=1, max_value=52)
