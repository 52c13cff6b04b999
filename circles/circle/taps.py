"""Rows of taps on a page of the log: one question with a few answers side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms


class Taps(forms.RadioSelect):
    """The widget of a question whose answers are side by side, each one tap."""

    option_template_name = "circles/circle/tap.html"


@dataclass(frozen=True)
class TapRow:
    """One row: the name of its input, the record it is about, the answers, and the one that is tapped now."""

    name: str
    record: Any
    label: str
    choices: Sequence[tuple[str, str]]
    now: str

    def field(self) -> forms.ChoiceField:
        return forms.ChoiceField(label=self.label, choices=self.choices, required=False, widget=Taps, initial=self.now)
