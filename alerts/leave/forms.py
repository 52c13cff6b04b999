"""The form for leave: when somebody is away, and who covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.models import User
from alerts.leave.access import deputies_for
from core.forms import Form, MomentField, years

if TYPE_CHECKING:
    PersonChoice = forms.ModelChoiceField[User]
else:
    PersonChoice = forms.ModelChoiceField


class DeputyField(PersonChoice):
    def label_from_instance(self, obj: User) -> str:
        return obj.full_name


class LeaveForm(Form):
    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"] = MomentField(label="Away from", earliest=years(-1), latest=years(2))
        self.fields["ends_at"] = MomentField(label="Back at", earliest=years(-1), latest=years(5))
        self.fields["deputy"] = DeputyField(
            label="Who covers",
            queryset=deputies_for(person),
            required=False,
            empty_label="Nobody: your alerts go to the next people at once",
            help_text="While you are away they get your alerts, and see what you see.",
        )
