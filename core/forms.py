"""How every form is drawn; the date field; putting a refusal on a form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

from core.constraints import refusal_of
from core.errors import Refused

CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.HiddenInput, ""),
    (Input, "govuk-input"),
]
"""The class each widget's own element carries; the first that fits, for check boxes are a kind of radio to Django."""

ERROR_CLASSES = {
    "govuk-input": "govuk-input--error",
    "govuk-textarea": "govuk-textarea--error",
    "govuk-select": "govuk-select--error",
}


class Field(BoundField):
    """A field on a page: it knows its class, its group and what the error summary links to."""

    @property
    def is_group(self) -> bool:
        """Several inputs under one question, which is then a legend and not a label."""
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple | DateInput)

    @property
    def is_single_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def first_id(self) -> str:
        """The first thing a person can fill in: a group has no id of its own to link to."""
        own = self.auto_id or f"id_{self.html_name}"
        return f"{own}_0" if self.is_group else own

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        name = next((name for kind, name in CLASSES if isinstance(widget, kind)), "")
        classes = [widget.attrs.get("class", ""), name]
        if self.form.is_bound and self.errors:
            classes.append(ERROR_CLASSES.get(name, ""))
        joined = " ".join(word for word in classes if word)
        if joined:
            built["class"] = joined
        return built


class Renderer(TemplatesSetting):
    """Draws every form of the service, the libraries' too."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = Field


class DateInput(forms.MultiWidget):
    """A date in three boxes, because nobody misreads those."""

    template_name = "django/forms/widgets/three_boxes.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput(
                attrs={
                    "inputmode": "numeric",
                    "maxlength": size,
                    "class": f"govuk-input govuk-date-input__input govuk-input--width-{size}",
                }
            )
            for name, size in (("day", 2), ("month", 2), ("year", 4))
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, date):
            return [value.day, value.month, value.year]
        return [None, None, None]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


class DateField(forms.MultiValueField):
    """A date typed as day, month and year; says which part is wrong."""

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        parts = [forms.CharField(required=False) for _ in range(3)]
        kwargs.setdefault("help_text", "For example 27 3 2027")
        super().__init__(parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> date | None:
        words = [str(part or "").strip() for part in data_list]
        if not any(words):
            return None
        if not all(word.isdecimal() for word in words):
            raise ValidationError("Write the day, the month and the year in numbers, such as 27 3 2027.")
        if len(words[2]) != 4:
            raise ValidationError("Write the year with all four figures, such as 2027.")
        day, month, year = (int(word) for word in words)
        try:
            return date(year, month, day)
        except ValueError as failure:
            raise ValidationError(f"There is no such date as {day} {month} {year}. Check it.") from failure


@contextmanager
def refusals_on(form: forms.BaseForm) -> Iterator[None]:
    """Put what an operation refuses on the form, at its field if the form has it; what is there already, too."""
    try:
        yield
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    except IntegrityError as failure:
        refusal_in_words = refusal_of(failure)
        if refusal_in_words is None:
            raise
        form.add_error(None, refusal_in_words.message)
