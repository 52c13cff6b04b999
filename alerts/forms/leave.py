"""When somebody is away, and who covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.models import User
from alerts.access import deputies_for

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


class LeaveForm(forms.Form):
    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"] = moment_field("Away from")
        self.fields["ends_at"] = moment_field("Back at")
        self.fields["deputy"] = PersonField(
            label="Who covers",
            queryset=deputies_for(person),
            required=False,
            empty_label="Nobody: what is for you goes on to the next people at once",
            help_text="They are told what you would be, and see it while you are away.",
        )
