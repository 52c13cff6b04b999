"""Departing from a circle's rhythm, and changing it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms

from circles.models import Circle, Variation
from circles.rhythm import Occasion
from core.forms import DateField
from core.worktime import LONDON

PLACE_CODE = r"^[A-Za-z0-9]{1,8}$"
WEEKLY, FORTNIGHTLY = "weekly", "fortnightly"


class PlaceField(forms.RegexField):
    """A code the circle knows, and never an address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            regex=PLACE_CODE,
            label="Place",
            max_length=8,
            help_text="A short code the circle knows, such as ELM. Never an address.",
            error_messages={"invalid": "Give a code of up to eight letters and digits, such as ELM."},
            **kwargs,
        )


def time_field(**kwargs: Any) -> forms.TimeField:
    """A time of day, as the clock on the wall shows it."""
    return forms.TimeField(label="Time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


def words_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=300,
        help_text="A few words. The circle’s volunteers read them.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def moment_of(day: date, at: time) -> datetime:
    """A day and a time on the wall in London."""
    return datetime.combine(day, at, LONDON)


class SlotField(forms.TypedChoiceField):
    """One of the circle's coming moments, of which nothing has been made yet."""

    def __init__(self, free: Iterable[Occasion], **kwargs: Any) -> None:
        moments = [one.slot_at for one in free]
        choices = [(one.isoformat(), f"{one.astimezone(LONDON):%A} {one.astimezone(LONDON).day} "
                    f"{one.astimezone(LONDON):%B %Y}") for one in moments]  # fmt: skip
        super().__init__(choices=choices, coerce=datetime.fromisoformat, **kwargs)


class VaryForm(forms.Form):
    """One coming meeting left out, or moved to another day, time or place."""

    def __init__(self, data: Any = None, *, circle: Circle, free: Iterable[Occasion]) -> None:
        self.circle = circle
        super().__init__(data)
        self.fields["slot"] = SlotField(free, label="Which meeting?")
        self.fields["kind"] = forms.ChoiceField(
            label="What happens to it?", choices=Variation.Kind.choices[::-1], widget=forms.RadioSelect
        )
        self.fields["day"] = DateField(label="New day, if it moves", required=False)
        self.fields["time"] = time_field(required=False, initial=circle.meets_at)
        self.fields["place_code"] = PlaceField(required=False, initial=circle.place_code)
        self.fields["words"] = words_field("Why?")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == Variation.Kind.MOVED and "day" in cleaned and "time" in cleaned:
            if not cleaned["day"]:
                self.add_error("day", "Write the day it moves to. It may be the same day at another time.")
            else:
                cleaned["moved_to"] = moment_of(cleaned["day"], cleaned["time"] or self.circle.meets_at)
        return cleaned
