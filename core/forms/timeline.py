"""The form that narrows a timeline: which kinds, from which day, until which day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from core.forms.base import Form
from core.forms.days import DateField
from core.forms.limits import years
from core.timeline import Strand


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

    def __init__(self, *args: Any, strands: Sequence[Strand[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.strands = strands
        fields: Any = self.fields
        fields["kind"].choices = [(strand.name, strand.label) for strand in strands]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day must not come before the first. Change one of them.")
        return cleaned

    @property
    def chosen_strands(self) -> list[Strand[Any]]:
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
