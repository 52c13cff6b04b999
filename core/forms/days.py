"""The date field: a day in three boxes, between the first and the last that the form takes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms.limits import FIRST_DAY, Bounded, Limit

EXAMPLE = "Write the day, the month and the year in numbers, such as 27 3 2027."


class DateInput(forms.MultiWidget):
    """A date in three boxes, which nobody misreads."""

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


class DateField(Bounded, forms.MultiValueField):
    """A date typed as day, month and year. The error says which part is wrong."""

    widget = DateInput

    def __init__(self, *, latest: Limit, earliest: Limit = FIRST_DAY, **kwargs: Any) -> None:
        self.earliest, self.latest = earliest, latest
        parts = [forms.CharField(required=False) for _ in range(3)]
        kwargs.setdefault("help_text", "For example 27 3 2027")
        super().__init__(parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> date | None:
        words = [str(part or "").strip() for part in data_list]
        if not any(words):
            return None
        if not all(word.isdecimal() for word in words):
            raise ValidationError(EXAMPLE)
        written_day, written_month, written_year = words
        if len(written_year) != 4:
            raise ValidationError("Write the year with all four figures, such as 2027.")
        if max(len(written_day), len(written_month)) > 2:
            raise ValidationError(EXAMPLE)
        day = _date_of(int(written_year), int(written_month), int(written_day))
        self.check_day(day)
        return day


def _date_of(year: int, month: int, day: int) -> date:
    """The date of these figures. Raises ValidationError; it says so if day and month have changed places."""
    try:
        return date(year, month, day)
    except ValueError as failure:
        message = f"There is no such date as {day} {month} {year}. Check it."
        if month > 12 >= day:
            message = f"There is no month {month}. Write the day first and then the month: {month} {day} {year}."
        raise ValidationError(message) from failure
