"""What is left out of words that go to agencies, shown to whoever shares them and turned round by a tap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from core.forms import Form
from core.redaction import ByHand, Find, Kind, Redaction


class NamesForm(Form):
    """A form that sends words: every name that is left out of them can be put back, and the other way about."""

    def __init__(self, *args: Any, names: Redaction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(names)

    def offer(self, names: Redaction) -> None:
        """One box for each name as it is written. Nothing is asked where nothing was found."""
        if names.left_out:
            self.fields["put_back"] = boxes(
                "Left out of what they get",
                "Volunteers’ names. Tick what must stand there all the same; that is kept on record.",
                names.left_out,
            )
        if names.left_in:
            self.fields["leave_out"] = boxes(
                "Left as they are",
                "Each of these is a volunteer’s name, and may be an ordinary word here. Tick what must be left out.",
                names.left_in,
            )

    def by_hand(self) -> ByHand:
        """What was decided here against the rule."""
        return ByHand(
            frozenset(self.cleaned_data.get("put_back", ())), frozenset(self.cleaned_data.get("leave_out", ()))
        )


class NamesField(forms.MultipleChoiceField):
    """Names that stand in the words no more are no fault: nothing is done about them."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        return True


def boxes(label: str, hint: str, found: Iterable[tuple[Find, int]]) -> NamesField:
    return NamesField(
        label=label, help_text=hint, required=False, choices=[(find.key, said(find, count)) for find, count in found]
    )


def said(find: Find, count: int) -> str:
    """“O’Neill”: surname left out ×3."""
    if not find.by_rule:
        return f"“{find.written}” ×{count}"
    how = "surname left out" if find.kind == Kind.SURNAME else f"written as {find.replacement}"
    return f"“{find.written}”: {how} ×{count}"


def by_hand_in(data: Any) -> ByHand:
    """What is ticked on the page just now, whether or not the rest of the form is right."""
    if data is None:
        return ByHand()
    return ByHand(frozenset(data.getlist("put_back")), frozenset(data.getlist("leave_out")))
