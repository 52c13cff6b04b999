"""The widget for a choice of rows: if there is none to choose, it says what to do first."""

from __future__ import annotations

from typing import Any

from django import forms


class RowSelect(forms.Select):
    """A select that says `if_none` below it while it offers nothing."""

    template_name = "django/forms/widgets/row_select.html"

    def __init__(self, *args: Any, if_none: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.if_none = if_none

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        offered = [option for _, options, _ in context["widget"]["optgroups"] for option in options if option["value"]]
        context["widget"]["if_none"] = "" if offered else self.if_none
        return context
