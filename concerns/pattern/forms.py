"""The form for a place, a vehicle or a name online in a concern."""

from __future__ import annotations

from django import forms

from concerns.pattern.models import Named
from core.forms import Form


class NameSubjectForm(Form):
    kind = forms.ChoiceField(
        label="What is it?",
        choices=Named.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is.", "invalid_choice": "Choose what it is."},
    )
    text = forms.CharField(
        label="Which one?",
        max_length=200,
        help_text="A place: its name and town, or its postcode. A vehicle: its registration. Online: the name, one at a time.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={"required": "Write which one."},
    )

    def clean_kind(self) -> Named:
        return Named(self.cleaned_data["kind"])
