"""Forms to filter and order a queue, and to save that as a view."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db import models

from concerns.choices import Level
from core.forms import Form
from core.forms.listing import ChoiceForm


class Whose(models.TextChoices):
    """Who has it, seen from the reader."""

    MINE = "mine", "Mine"
    UNCLAIMED = "unclaimed", "Nobody has it"
    WAITING = "waiting", "On hold, waiting for somebody"
    OTHERS = "others", "Somebody else has it"
    ANSWERED = "answered", "Answered"


class Order(models.TextChoices):
    PRESSING = "", "Most urgent first"
    DUE = "due", "Soonest due first"
    OLDEST = "oldest", "Oldest first"
    NEWEST = "newest", "Newest first"
    CIRCLE = "circle", "By circle"


class QueueForm(ChoiceForm):
    """The filters of a queue. `circles` are the references in it; one may have left it since the address was kept."""

    level = forms.ChoiceField(label="Level", choices=[("", "Every level"), *Level.choices], required=False)
    whose = forms.ChoiceField(label="Who has it", choices=[("", "Everybody"), *Whose.choices], required=False)
    circle = forms.ChoiceField(label="Circle", required=False)
    order = forms.ChoiceField(label="Order", choices=Order.choices, required=False)

    def __init__(self, *args: Any, circles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        circle = self.fields["circle"]
        assert isinstance(circle, forms.ChoiceField)
        circle.choices = [("", "Every circle"), *((reference, reference) for reference in circles)]

    @property
    def address(self) -> str:
        """The same as the query of an address."""
        return urlencode(self.asked)


class SaveViewForm(Form):
    name = forms.CharField(
        label="Save this view as", max_length=40, error_messages={"required": "Give the view a name."}
    )
