"""How forms are rendered: the CSS class of each widget, and the templates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

from core.forms.days import DateInput

CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.HiddenInput, ""),
    (Input, "govuk-input"),
]
"""The CSS class of each widget's element. The first that fits counts: in Django check boxes are a kind of radio."""

ERROR_CLASSES = {
    "govuk-input": "govuk-input--error",
    "govuk-textarea": "govuk-textarea--error",
    "govuk-select": "govuk-select--error",
}


class Field(BoundField):
    """A field on a page: its CSS class, whether it is a group, and what the error summary links to."""

    @property
    def is_group(self) -> bool:
        """Whether one question has several inputs. The question is then a legend and not a label."""
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple | DateInput)

    @property
    def is_single_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def first_id(self) -> str:
        """The id of the first input: a group has no id of its own to link to."""
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
    """Renders every form, the libraries' forms too."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = Field
