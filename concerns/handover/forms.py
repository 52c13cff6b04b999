"""The form in which the person on call hands a concern over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from concerns.concern.answers import LONGEST
from concerns.concern.models import Concern
from concerns.handover.operations import MISSING_WORDS
from core.forms import Form


def _words_field(label: str, name: str, help_text: str = "") -> forms.CharField:
    """A field for a few sentences, with its message if they are missing."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": MISSING_WORDS[name]},
    )


class HandoverForm(Form):
    happened = _words_field("What happened", "happened")
    risk_now = _words_field(
        "How things stand now: what could go wrong", "risk_now", "For him, for others, for volunteers."
    )
    done = _words_field("What was done", "done")
    who_told = _words_field("Who was told, and when", "who_told", "Name or post, agency, and the time.")
    next_steps = _words_field("What comes next", "next_steps")
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
