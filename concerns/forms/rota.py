"""A shift on call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.models import User

if TYPE_CHECKING:
    PersonChoice = forms.ModelChoiceField[User]
else:
    PersonChoice = forms.ModelChoiceField

EXAMPLE = "Write a day and a time, such as 27/03/2027 17:00."


class PersonField(PersonChoice):
    def label_from_instance(self, obj: User) -> str:
        return obj.full_name


def moment_field(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": EXAMPLE, "invalid": EXAMPLE},
    )


class ShiftForm(forms.Form):
    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonField(
            label="Who is on call", queryset=people, error_messages={"required": "Choose who is on call."}
        )
        self.fields["telephone"] = forms.CharField(
            label="The number volunteers ring",
            help_text="It shows on every volunteer page and on the sign-in page, without a name.",
            max_length=20,
            error_messages={"required": "Write the number volunteers ring."},
        )
        self.fields["starts_at"] = moment_field("From")
        self.fields["ends_at"] = moment_field("Until")
