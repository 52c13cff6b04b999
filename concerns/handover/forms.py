"""What whoever was on call leaves in writing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from concerns.concern.answers import LONGEST
from concerns.concern.models import Concern
from concerns.handover.operations import ASKED
from core.forms import Form


def words(label: str, name: str, help_text: str = "") -> forms.CharField:
    """A few sentences, with words for when they are missing."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": ASKED[name]},
    )


class HandoverForm(Form):
    happened = words("What happened", "happened")
    risk_now = words("How things stand now: what could go wrong", "risk_now", "For him, for others, for volunteers.")
    done = words("What was done", "done")
    who_told = words("Who was told, and when", "who_told", "Name or post, agency, and the time.")
    next_steps = words("What comes next", "next_steps")
    owner = forms.ChoiceField(
        label="Who has it from the next working morning",
        error_messages={"required": "Choose who has it from the next working morning."},
    )

    def __init__(self, *args: Any, concern: Concern, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people.order_by("full_name", "pk")}
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [("", "Choose somebody"), *((pk, person.full_name) for pk, person in self.people.items())]
        self.initial["owner"] = str(concern.circle.coordinator_id)

    def clean_owner(self) -> User:
        return self.people[self.cleaned_data["owner"]]
