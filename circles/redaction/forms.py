"""The form parts that show which names are left out of a text for agencies, and let the sender change that."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from core.forms import Form
from core.forms.changing import AsLoaded
from core.redaction import ByHand, Find, Kind, Redaction

DECIDED = "decided"
"""The field that says for which ticks the words on the page were drawn."""

SHOW_AGAIN = "show_again"
"""The button that draws them again, and shares nothing."""

READ_AGAIN = "The words are now as you ticked. Read them, then send."


class NamesForm(Form):
    """A form that shares a text: names left out can be put back, and names left in can be left out.

    Nothing is shared that was not on the page as it goes out: other ticks bring the page back with the words anew.
    """

    def __init__(self, *args: Any, names: Redaction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drawn_for = _ticks_of(names.by_hand)
        self.fields[DECIDED] = AsLoaded(required=False, initial=self.drawn_for)
        self._add_boxes(names)

    @property
    def only_shows(self) -> bool:
        """Whether the words are to be shown again, and nothing else."""
        return self.is_bound and SHOW_AGAIN in self.data

    def is_valid(self) -> bool:
        return not self.only_shows and super().is_valid()

    def full_clean(self) -> None:
        """A page that is only shown again has nothing wrong yet."""
        if self.only_shows:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()
        if self.is_bound:
            self.cleaned_data.pop(DECIDED, None)
            if self.data.get(DECIDED, "") != self.drawn_for:
                self.add_error(None, READ_AGAIN)

    def _add_boxes(self, names: Redaction) -> None:
        """Add a check box for each name as it is written. Without names there is no question."""
        if names.left_out:
            self.fields["put_back"] = _names_field(
                "Left out of what they get",
                "Volunteers’ names. Tick those that must be put back. This is kept on record.",
                names.left_out,
            )
        if names.left_in:
            self.fields["leave_out"] = _names_field(
                "Left as they are",
                "Each of these is a volunteer’s name, but may be an ordinary word here. Tick those that must be left out.",
                names.left_in,
            )

    def by_hand(self) -> ByHand:
        """The decisions made here against the rule. Call `is_valid` first."""
        return ByHand(
            frozenset(self.cleaned_data.get("put_back", ())), frozenset(self.cleaned_data.get("leave_out", ()))
        )


class NamesField(forms.MultipleChoiceField):
    """Accepts names that are no longer in the text, and does nothing about them."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        return True


def _names_field(label: str, hint: str, finds: Iterable[tuple[Find, int]]) -> NamesField:
    return NamesField(
        label=label,
        help_text=hint,
        required=False,
        choices=[(find.key, _label_of(find, count)) for find, count in finds],
    )


def _label_of(find: Find, count: int) -> str:
    """The label of a name's box, such as “O’Neill”: surname left out ×3."""
    if not find.by_rule:
        return f"“{find.written}” ×{count}"
    how = "surname left out" if find.kind == Kind.SURNAME else f"written as {find.replacement}"
    return f"“{find.written}”: {how} ×{count}"


def _ticks_of(by_hand: ByHand) -> str:
    """What was decided by hand, as one text; empty where nothing was."""
    ticks = [sorted(by_hand.put_back), sorted(by_hand.left_out)]
    return json.dumps(ticks, ensure_ascii=False) if any(ticks) else ""


def by_hand_of(data: Any) -> ByHand:
    """The boxes ticked on the page, even if the rest of the form is not valid. `data` may be None."""
    if data is None:
        return ByHand()
    return ByHand(frozenset(data.getlist("put_back")), frozenset(data.getlist("leave_out")))
