"""Rows of taps on a page of the log: one thing, its few answers side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms


class Taps(forms.RadioSelect):
    """One question's answers side by side, each a tap."""

    option_template_name = "circles/circle/tap.html"


@dataclass(frozen=True)
class Row:
    """One row: the input's name, what it is about, what may be tapped and what is tapped already."""

    name: str
    record: Any
    label: str
    choices: Sequence[tuple[str, str]]
    now: str

    def field(self) -> forms.ChoiceField:
        return forms.ChoiceField(label=self.label, choices=self.choices, required=False, widget=Taps, initial=self.now)
