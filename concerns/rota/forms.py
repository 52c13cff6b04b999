"""The form for a shift on call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.models import User
from core.forms import Form, MomentField, years
from core.telephones import LONGEST

if TYPE_CHECKING:
    PersonChoice = forms.ModelChoiceField[User]
else:
    PersonChoice = forms.ModelChoiceField


class OnCallPersonField(PersonChoice):
    def label_from_instance(self, obj: User) -> str:
        return obj.full_name


class ShiftForm(Form):
    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = OnCallPersonField(
            label="Who is on call", queryset=people, error_messages={"required": "Choose who is on call."}
        )
        self.fields["telephone"] = forms.CharField(
            label="The number volunteers ring",
            help_text="It shows on every volunteer page and on the sign-in page, without a name.",
            max_length=LONGEST,
            error_messages={"required": "Write the number volunteers ring."},
        )
        self.fields["starts_at"] = MomentField(label="From", earliest=years(-1), latest=years(2))
        self.fields["ends_at"] = MomentField(label="Until", earliest=years(-1), latest=years(2))
