"""The form that narrows the timeline: which kinds, from which day, until which day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Case, When

from circles.circle.models import Circle
from circles.overview.timeline import Strand
from core.forms import DateField, Form, years
from core.forms.listing import ListForm

LAST_WHEN_OVER = Case(When(status__in=Circle.OVER, then=1), default=0)


class CircleListForm(ListForm):
    """The list of circles."""

    def __init__(self, data: Any) -> None:
        super().__init__(
            data,
            finds=("reference", "known_as", "coordinator__full_name", "place_code"),
            states=Circle.Status,
            orders={
                "reference": ("By reference, those that are over last", (LAST_WHEN_OVER, "reference")),
                "coordinator": ("By coordinator", ("coordinator__full_name", "reference")),
                "day": ("By the day it meets on", ("weekday", "meets_at", "reference")),
                "newest": ("The newest first", ("-opened_at", "-pk")),
            },
            hint="A reference, a first name, a coordinator or a place.",
            noun=("circle", "circles"),
        )


class TimelineForm(Form):
    """Choosing nothing shows everything. An invalid value gets an error, and does not narrow the list."""

    kind = forms.MultipleChoiceField(
        label="Show only",
        required=False,
        help_text="Nothing ticked shows everything.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "There is no such kind here. Tick one of the list."},
    )
    since = DateField(label="From", latest=years(20), required=False)
    until = DateField(label="Until", latest=years(20), required=False)

    def __init__(self, *args: Any, strands: Sequence[Strand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.strands = strands
        kind = self.fields["kind"]
        assert isinstance(kind, forms.MultipleChoiceField)
        kind.choices = [(strand.name, strand.label) for strand in strands]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day must not come before the first. Change one of them.")
        return cleaned

    @property
    def chosen_strands(self) -> list[Strand]:
        """The strands to show."""
        self.is_valid()
        kinds = self.cleaned_data.get("kind") or []
        return [strand for strand in self.strands if strand.name in kinds] or list(self.strands)

    @property
    def days(self) -> dict[str, Any]:
        """The two days, None for one that is empty or invalid."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in ("since", "until")}

    @property
    def is_narrowed(self) -> bool:
        """Whether something is left out."""
        return len(self.chosen_strands) < len(self.strands) or any(self.days.values())
