"""What somebody sent in a form, in the words of its page: fields by their labels, choices by their words.

A page does not send which form it was. It is the form in the view's module that has most of the sent fields.
"""

from __future__ import annotations

import inspect
import re
import sys
from contextlib import suppress
from datetime import datetime

from django import forms
from django.urls import Resolver404, resolve

from core.templatetags.ui import clock

A_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?")
CHOSEN = "as you chose"


def fields_of_page(page: str, names: set[str]) -> dict[str, forms.Field]:
    """The form's fields, by the names under which they were sent. Empty if no form of the page is known."""
    try:
        view = inspect.unwrap(resolve(page.partition("?")[0]).func)
    except Resolver404:
        return {}
    known = vars(sys.modules[view.__module__]).values()
    kinds = [kind for kind in known if isinstance(kind, type) and issubclass(kind, forms.BaseForm)]
    fields = [{name: field for name in names if (field := field_of(kind, name))} for kind in kinds]
    return max(fields, key=len, default={})


def field_of(kind: type[forms.BaseForm], name: str) -> forms.Field | None:
    """The field that was sent under this name, with or without the form's prefix. A day is sent in three parts."""
    fields: dict[str, forms.Field] = getattr(kind, "base_fields", {})
    plain = re.sub(r"_[0-2]$", "", name)
    return next((fields[part] for part in (name, plain, plain.rpartition("-")[2]) if part in fields), None)


def label_of(name: str, field: forms.Field | None) -> str:
    """The label of a field on its page."""
    if field is not None and field.label:
        return str(field.label)
    return name.rpartition("-")[2].replace("_", " ").capitalize()


def value_in_words(value: str, field: forms.Field | None) -> str:
    """A value as people read it: a choice by its words, a moment or a day written out, anything else unchanged."""
    if isinstance(field, forms.ModelChoiceField):
        return CHOSEN
    if isinstance(field, forms.ChoiceField):
        offered: dict[object, object] = dict(field.choices)  # type: ignore[arg-type]
        return str(offered.get(value, value))
    if isinstance(field, forms.BooleanField):
        return "ticked"
    return readable_value_of(value)


def readable_value_of(value: str) -> str:
    """A moment or a day written out; a browser sends it as 2026-10-25T01:30. Anything else unchanged."""
    with suppress(ValueError):
        if A_MOMENT.fullmatch(value):
            here = datetime.fromisoformat(value)
            return f"{here.day} {here:%B %Y}" + (f" {clock(here.time())}" if "T" in value else "")
    return value
