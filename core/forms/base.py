"""The base class of every form, and how a refusal is put on a form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest

from core.constraints import refusal_of
from core.errors import Refused
from core.forms.asking import say_what_to_do
from core.forms.limits import Bounded
from core.sight import note_refusal
from core.typed import clean_input


class CleanedForm(forms.Form):
    """A form whose input is cleaned by core/typed.py before any field, any `clean` or the page reads it."""

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        return clean_input(widget, super()._widget_data_value(widget, html_name))  # type: ignore[misc]

    def full_clean(self) -> None:
        """Give each field its messages first (core/forms/asking.py)."""
        for name, field in self.fields.items():
            say_what_to_do(field, name=name)
        super().full_clean()


class Form(CleanedForm):
    """The base of the service's own forms. `at` is the moment the form is filled in: limits of days count from it."""

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
    """Put a refusal of the operation on the form, at its field if the form has it. A repeated unique value is one too."""
    try:
        yield
    except Refused as refusal:
        note_refusal()
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    except IntegrityError as failure:
        repeated = refusal_of(failure)
        if repeated is None:
            raise
        form.add_error(None, repeated.message)


@contextmanager
def refusals_as_messages(request: HttpRequest) -> Iterator[None]:
    """Show a refusal of the operation on the next page, where the act has no form of its own."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, refusal.message)
