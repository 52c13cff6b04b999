"""ChangingForm: a form that shows what a record holds now, and changes it.

Somebody else, or the same person on another device, may change the record after the page was loaded. So the form sends
back what the page showed. A field that was changed meanwhile and also here is refused, and the page shows both texts. A
field that was changed meanwhile and left alone here keeps that change.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from core.form_key import LOADED
from core.forms.base import Form
from core.forms.days import DateInput

PAGE = re.compile("@[0-9a-f]{12}")
EMPTY = "nothing"


class AsLoaded(forms.CharField):
    """A hidden field: how each field stood when the page was made. A page with an error counts as loaded again."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial


class ChangingForm(Form):
    """A form that changes a record. `initial` is what the record holds now, read under the lock of the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changed_meanwhile: dict[str, str] = {}
        self.fields[LOADED] = AsLoaded(required=False, initial=self.as_loaded)

    @property
    def page(self) -> str:
        """The random name that the sent page was given when it was loaded; empty if it sends none."""
        first = self._sent_digests().partition(" ")[0]
        return first[1:] if PAGE.fullmatch(first) else ""

    def _sent_digests(self) -> str:
        return str(self.data.get(self.add_prefix(LOADED), "")) if self.is_bound else ""

    def as_loaded(self) -> str:
        """The name of this page, and a digest of what each field holds now."""
        digests = [f"{name}:{digest_of(self._current_data_of(name))}" for name in self._compared_names()]
        return " ".join([f"@{self.page or uuid4().hex[:12]}", *digests])

    def _compared_names(self) -> list[str]:
        return [name for name, field in self.fields.items() if not field.widget.is_hidden]

    def _current_data_of(self, name: str) -> dict[str, list[str]]:
        """What a browser would send for this field if nobody changed it."""
        field = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        return browser_data_of(field.widget, self.add_prefix(name), value)

    def is_own_change(self, name: str) -> bool:
        """Whether this same page wrote what the record holds now, and so knows it."""
        return False

    def full_clean(self) -> None:
        if self.is_bound and PAGE.match(self._sent_digests()):
            self._compare()
        super().full_clean()
        if self.is_bound:
            getattr(self, "cleaned_data", {}).pop(LOADED, None)
            for name, words in self.changed_meanwhile.items():
                self.add_error(name, words)

    def _compare(self) -> None:
        """Find what was changed since the page was loaded. Where this page left a field alone, take the change over."""
        loaded = dict(part.split(":", 1) for part in self._sent_digests().split() if ":" in part)
        self.changed_meanwhile = {}
        self.data = data = _mutable_copy_of(self.data)
        for name in set(self._compared_names()) & set(loaded):
            now = self._current_data_of(name)
            mine = {key: data.getlist(key) for key in now}
            if not any(key in data for key in now) and _is_left_out(self, name):
                continue
            if digest_of(now) in (loaded[name], digest_of(mine)) or self.is_own_change(name):
                continue
            if digest_of(mine) == loaded[name]:
                for key, values in now.items():
                    data.setlist(key, values)
            else:
                self.changed_meanwhile[name] = self._both_texts_of(name, now, mine)

    def _both_texts_of(self, name: str, now: dict[str, list[str]], mine: dict[str, list[str]]) -> str:
        """The error message with both texts: what the record holds now, and what was written here."""
        field = self.fields[name]
        return (
            "This was changed since you opened the page, by somebody else or on another device of yours. "
            f"It is now: {answer_in_words(field, now)}. You have here: {answer_in_words(field, mine)}. "
            "Leave here what should stand, and send it again."
        )


def _is_left_out(form: forms.Form, name: str) -> bool:
    """Whether the page sent nothing for this field, and not because a box has no tick."""
    widget = form.fields[name].widget
    return bool(widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name)))


def _mutable_copy_of(data: Any) -> QueryDict:
    """A copy of what was sent that can be changed."""
    if isinstance(data, QueryDict):
        return data.copy()
    query = QueryDict(mutable=True)
    for key, value in data.items():
        query.setlist(key, value if isinstance(value, list) else [value])
    return query


def browser_data_of(widget: forms.Widget, name: str, value: Any) -> dict[str, list[str]]:
    """What a browser sends for a widget that shows this value, by the names of its inputs."""
    if isinstance(widget, DateInput):
        parts = zip(_box_names_of(widget), widget.decompress(value), strict=True)
        return {name + suffix: [str(part)] if part is not None else [] for suffix, part in parts}
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"] if widget.check_test(value) else []}
    shown = widget.format_value(value)
    if shown is None:
        return {name: []}
    return {name: [str(part) for part in shown] if isinstance(shown, list | tuple) else [str(shown)]}


def _box_names_of(widget: Any) -> list[str]:
    """The suffixes that name the boxes of a widget with several boxes."""
    return list(widget.widgets_names)


def digest_of(sent: dict[str, list[str]]) -> str:
    """A digest of a field's data. Line ends, outer spaces, the order of ticks and empty boxes make no difference."""
    compared = {key: sorted(same for value in values if (same := plain_text_of(value))) for key, values in sent.items()}
    return sha256(repr(sorted(compared.items())).encode()).hexdigest()[:12]


def plain_text_of(value: str) -> str:
    return value.replace("\r\n", "\n").strip()


def answer_in_words(field: forms.Field, sent: dict[str, list[str]]) -> str:
    """What was sent, as the page writes it: a choice by its label, a day in its three figures."""
    values = [text for box in sent.values() for value in box if (text := plain_text_of(value))]
    labels = _choice_labels_of(field)
    if isinstance(field.widget, forms.CheckboxInput):
        return "ticked" if values else "not ticked"
    answer = (" " if isinstance(field.widget, DateInput) else ", ").join(labels.get(value, value) for value in values)
    return f"“{answer}”" if answer else EMPTY


def _choice_labels_of(field: forms.Field) -> dict[str, str]:
    """The words of each choice, by its value."""
    return {str(value): str(words) for value, words in getattr(field, "choices", []) if not isinstance(words, list)}
