"""The form that shows what stands in a record and puts other words in its place.

Such a page may have been loaded before somebody else, or its person on another device, changed the record. What the page
showed goes back with it. A field that was changed meanwhile, and written here too, is not taken but shown with both
texts; one that was changed meanwhile and left alone here keeps the change.
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
    """How each field stood when the page was made. A page that comes back with an error is loaded anew."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial


class ChangingForm(Form):
    """A form that changes what stands. It is given what stands now as `initial`, read under the lock of its page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changed_meanwhile: dict[str, str] = {}
        self.fields[LOADED] = AsLoaded(required=False, initial=self.as_loaded)

    @property
    def page(self) -> str:
        """The name of the page that was sent, made when it was loaded; empty when it sends none."""
        first = self.sent_loaded().partition(" ")[0]
        return first[1:] if PAGE.fullmatch(first) else ""

    def sent_loaded(self) -> str:
        return str(self.data.get(self.add_prefix(LOADED), "")) if self.is_bound else ""

    def as_loaded(self) -> str:
        """The name of this page, and a digest of each field as it stands now."""
        digests = [f"{name}:{digest(self.standing(name))}" for name in self.compared()]
        return " ".join([f"@{self.page or uuid4().hex[:12]}", *digests])

    def compared(self) -> list[str]:
        return [name for name, field in self.fields.items() if not field.widget.is_hidden]

    def standing(self, name: str) -> dict[str, list[str]]:
        """What a browser would send of this field if it were left as it stands now."""
        field = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        return sent_by(field.widget, self.add_prefix(name), value)

    def is_own_change(self, name: str) -> bool:
        """Whether what stands was written from this very page, which therefore knows it."""
        return False

    def full_clean(self) -> None:
        if self.is_bound and PAGE.match(self.sent_loaded()):
            self.compare()
        super().full_clean()
        if self.is_bound:
            getattr(self, "cleaned_data", {}).pop(LOADED, None)
            for name, words in self.changed_meanwhile.items():
                self.add_error(name, words)

    def compare(self) -> None:
        """Find what was changed since the page was loaded; where this page left it alone, take it over."""
        loaded = dict(part.split(":", 1) for part in self.sent_loaded().split() if ":" in part)
        self.changed_meanwhile = {}
        self.data = data = as_query(self.data)
        for name in set(self.compared()) & set(loaded):
            now = self.standing(name)
            mine = {key: data.getlist(key) for key in now}
            if not any(key in data for key in now) and is_left_out(self, name):
                continue
            if digest(now) in (loaded[name], digest(mine)) or self.is_own_change(name):
                continue
            if digest(mine) == loaded[name]:
                for key, values in now.items():
                    data.setlist(key, values)
            else:
                self.changed_meanwhile[name] = self.both(name, now, mine)

    def both(self, name: str, now: dict[str, list[str]], mine: dict[str, list[str]]) -> str:
        """What stands now and what was written here, in the words that the page offers."""
        field = self.fields[name]
        return (
            "This was changed since you opened the page, by somebody else or on another device of yours. "
            f"It is now: {in_words(field, now)}. You have here: {in_words(field, mine)}. "
            "Leave here what should stand, and send it again."
        )


def is_left_out(form: forms.Form, name: str) -> bool:
    """The page sent nothing of this field, and not because a box was left without a tick."""
    widget = form.fields[name].widget
    return bool(widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name)))


def as_query(data: Any) -> QueryDict:
    """What was sent, to be changed."""
    if isinstance(data, QueryDict):
        return data.copy()
    found = QueryDict(mutable=True)
    for key, value in data.items():
        found.setlist(key, value if isinstance(value, list) else [value])
    return found


def sent_by(widget: forms.Widget, name: str, value: Any) -> dict[str, list[str]]:
    """By input, what a browser sends of a widget that shows this value."""
    if isinstance(widget, DateInput):
        parts = zip(names_of(widget), widget.decompress(value), strict=True)
        return {name + suffix: [str(part)] if part is not None else [] for suffix, part in parts}
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"] if widget.check_test(value) else []}
    shown = widget.format_value(value)
    if shown is None:
        return {name: []}
    return {name: [str(one) for one in shown] if isinstance(shown, list | tuple) else [str(shown)]}


def names_of(widget: Any) -> list[str]:
    """How the boxes of a widget of several are named, after its own name."""
    return list(widget.widgets_names)


def digest(sent: dict[str, list[str]]) -> str:
    """Line ends, spaces around and the order of ticks do not count; an empty box is as none."""
    kept = {key: sorted(same for value in values if (same := plain(value))) for key, values in sent.items()}
    return sha256(repr(sorted(kept.items())).encode()).hexdigest()[:12]


def plain(value: str) -> str:
    return value.replace("\r\n", "\n").strip()


def in_words(field: forms.Field, sent: dict[str, list[str]]) -> str:
    """What was sent as the page says it: a choice by its label, and a day in its three figures."""
    values = [same for one in sent.values() for value in one if (same := plain(value))]
    labels = labels_of(field)
    if isinstance(field.widget, forms.CheckboxInput):
        return "ticked" if values else "not ticked"
    said = (" " if isinstance(field.widget, DateInput) else ", ").join(labels.get(one, one) for one in values)
    return f"“{said}”" if said else EMPTY


def labels_of(field: forms.Field) -> dict[str, str]:
    """The words of each choice, by the value that stands for it."""
    return {str(value): str(words) for value, words in getattr(field, "choices", []) if not isinstance(words, list)}
