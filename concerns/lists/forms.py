"""What to show of a queue, in which order, and under which name to keep it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db import models

from concerns.choices import Level
from core.forms import Form


class Whose(models.TextChoices):
    """Who has it, seen from the reader."""

    MINE = "mine", "Mine"
    UNCLAIMED = "unclaimed", "Nobody has it"
    WAITING = "waiting", "On hold, waiting for somebody"
    OTHERS = "others", "Somebody else has it"
    ANSWERED = "answered", "Answered"


class Order(models.TextChoices):
    PRESSING = "", "Most pressing first"
    DUE = "due", "Soonest due first"
    OLDEST = "oldest", "Oldest first"
    NEWEST = "newest", "Newest first"
    CIRCLE = "circle", "By circle"


class QueueForm(Form):
    """The filters. `circles` are the references in the queue; what is not known is left out, never an error."""

    level = forms.ChoiceField(label="Level", choices=[("", "Every level"), *Level.choices], required=False)
    whose = forms.ChoiceField(label="Who has it", choices=[("", "Everybody"), *Whose.choices], required=False)
    circle = forms.ChoiceField(label="Circle", required=False)
    order = forms.ChoiceField(label="Order", choices=Order.choices, required=False)

    def __init__(self, *args: Any, circles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        circle = self.fields["circle"]
        assert isinstance(circle, forms.ChoiceField)
        circle.choices = [("", "Every circle"), *((each, each) for each in circles)]

    def full_clean(self) -> None:
        """A circle that has gone from the queue, or a word nobody knows, is no fault of the reader's."""
        super().full_clean()
        self.errors.clear()

    @property
    def asked(self) -> dict[str, str]:
        """What was chosen, without what was not and what is not known."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def address(self) -> str:
        """The same as an address's query."""
        return urlencode(self.asked)


class SaveViewForm(Form):
    name = forms.CharField(
        label="Keep this view as", max_length=40, error_messages={"required": "Give the view a name."}
    )
