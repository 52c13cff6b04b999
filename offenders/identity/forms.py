"""The forms to write down who somebody is, to say why a name is revealed, and to look for a person."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import TODAY, DateField, Form, NameField
from offenders.identity.operations import Reason
from offenders.identity.particulars import Particulars

LONGEST_NAME = 120
LONGEST_NUMBER = 40
NO_STORE = {"autocomplete": "off"}
"""The browser keeps none of it."""


def _number(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_NUMBER, required=False, widget=forms.TextInput(attrs=NO_STORE), **more
    )


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **NO_STORE})


class IdentityForm(Form):
    """Everything that is sealed, as a whole."""

    surname = NameField(label="Surname", max_length=LONGEST_NAME, widget=forms.TextInput(attrs=NO_STORE))
    first_names = NameField(
        label="First names", max_length=LONGEST_NAME, required=False, widget=forms.TextInput(attrs=NO_STORE)
    )
    aliases = forms.CharField(
        label="Other names he has used",
        max_length=1000,
        required=False,
        widget=_lines(3),
        help_text="One on each line. He is found by each of them.",
    )
    born_on = DateField(
        label="Date of birth", latest=TODAY, required=False, help_text="Without it he is found by his numbers only."
    )
    addresses = forms.CharField(
        label="Where he lives",
        max_length=2000,
        required=False,
        widget=_lines(4),
        help_text="The address now, and any other that matters.",
    )
    telephone = _number("His telephone")
    pnc = _number("PNC number", help_text="Such as 2008/0123456X.")
    crn = _number("CRN", help_text="Probation’s case reference number.")
    prison_number = _number("Prison number")
    visor = _number("ViSOR or MAPPS reference")

    def clean_aliases(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip())

    def particulars(self) -> Particulars:
        """What was typed, as it is sealed."""
        return Particulars(**self.cleaned_data)


def typed_from(particulars: Particulars) -> dict[str, Any]:
    """What the form shows of what is sealed."""
    names = (name for name in IdentityForm.base_fields if name != "aliases")
    return {**{name: getattr(particulars, name) for name in names}, "aliases": "\n".join(particulars.aliases)}


class RevealForm(Form):
    reason = forms.TypedChoiceField(
        label="Why do you need to know?", choices=Reason.choices, coerce=Reason, widget=forms.RadioSelect
    )


class FindForm(Form):
    """A name with a date of birth, or a number. Never a part of a name: that would be a list to browse."""

    name = forms.CharField(
        label="Surname, or whole name",
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs=NO_STORE),
        help_text="As it is written, or any other name he has used.",
    )
    born_on = DateField(label="Date of birth", latest=TODAY, required=False)
    number = _number("Or a number", help_text="PNC, CRN, prison number, or ViSOR or MAPPS reference.")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.errors or given["number"]:
            return given
        if not given["name"]:
            self.add_error("name", "Write a name and the date of birth, or a number.")
        elif given["born_on"] is None:
            self.add_error("born_on", "Write the date of birth too: a name alone finds nobody.")
        return given


class SettleForm(Form):
    is_one_person = forms.TypedChoiceField(
        label="Are they one person?",
        choices=[("yes", "Yes, they are one person"), ("no", "No, they are two people")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
