"""The form to change the MAPPA category and level."""

from __future__ import annotations

from django import forms

from core.forms import DateField, Form, years
from offenders.core_member.models import Category, ManagementLevel


class MappaForm(Form):
    category = forms.TypedChoiceField(
        label="MAPPA category now", choices=Category.choices, coerce=int, widget=forms.RadioSelect
    )
    level = forms.TypedChoiceField(
        label="MAPPA level now", choices=ManagementLevel.choices, coerce=int, widget=forms.RadioSelect
    )
    changed_on = DateField(label="Since which day?", latest=years(1))
    why = forms.CharField(
        label="Why?",
        max_length=300,
        help_text="Such as “The MAPPA meeting of 3 March decided it.” Never its minutes.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
