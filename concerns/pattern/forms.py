"""Forms for a place, a vehicle or a name online in a concern, and to say that a pattern was looked at."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

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


class SeenForm(Form):
    """Which pattern was looked at: as it was when it last grew."""

    grew_at = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    @property
    def as_of(self) -> datetime | None:
        """When the pattern on the page had last grown. None where the page did not say."""
        self.is_valid()
        with suppress(ValueError):
            grew_at = parse_datetime(self.cleaned_data.get("grew_at", ""))
            return grew_at if grew_at is not None and is_aware(grew_at) else None
        return None
