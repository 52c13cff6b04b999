"""The form that every form of the service is, and putting a refusal on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django import forms
from django.db import IntegrityError

from core.constraints import refusal_of
from core.errors import Refused
from core.forms.asking import say_what_to_do
from core.forms.limits import Bounded
from core.sight import note_refusal
from core.typed import cleaned


class Cleaned(forms.Form):
    """Whatever is sent passes core/typed.py before a field, a `clean` or the page drawn again sees it."""

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        return cleaned(widget, super()._widget_data_value(widget, html_name))  # type: ignore[misc]

    def full_clean(self) -> None:
        """What a field says of what is missing or wrong is what to do about it (core/forms/asking.py)."""
        for name, field in self.fields.items():
            say_what_to_do(field, name=name)
        super().full_clean()


class Form(Cleaned):
    """Everything the service asks. `at` is the moment it is filled in, from which days and moments are counted."""

    def __init__(self, *args: Any, at: datetime | None = None, **kwargs: Any) -> None:
        self.at = at
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        for field in self.fields.values():
            if isinstance(field, Bounded):
                field.at = self.at
        super().full_clean()


@contextmanager
def refusals_on(form: forms.BaseForm) -> Iterator[None]:
    """Put what an operation refuses on the form, at its field if the form has it; what is there already, too."""
    try:
        yield
    except Refused as refusal:
        note_refusal()
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    except IntegrityError as failure:
        refusal_in_words = refusal_of(failure)
        if refusal_in_words is None:
            raise
        form.add_error(None, refusal_in_words.message)
