"""The moment field: a day and a time in London, including the hour that comes twice in October."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.formats import get_format

from core.forms.limits import FIRST_DAY, Bounded, Limit, date_in_words
from core.templatetags.ui import clock
from core.worktime import LONDON

EXAMPLE = "Write a day and a time, such as 27/03/2027 14:30."
ON_PAGE = "%Y-%m-%dT%H:%M"
FIRST, SECOND = "first", "second"
HAS_TIME = re.compile(r"[0-9][T ]+[0-9]+[:.][0-9]")
LONGEST = 40


class MomentInput(forms.DateTimeInput):
    """The browser's own date-and-time box. If a time comes twice, it asks below which of the two is meant.

    Its value is the text of the box, with `first` or `second` after it.
    """

    template_name = "django/forms/widgets/moment.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"type": "datetime-local", **(attrs or {})}, format=ON_PAGE)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        text, which = text_and_choice_of(value)
        naive = naive_time_of(text)
        shown = naive.isoformat(timespec="minutes") if naive is not None and naive.tzinfo is None else text
        context: dict[str, Any] = super().get_context(name, shown, attrs)
        if naive is not None and naive.tzinfo is None and _comes_twice(naive):
            context["widget"]["twice"] = [
                {
                    "value": FIRST,
                    "label": f"The first {clock(naive.time())}, before the clocks go back",
                    "on": which == FIRST,
                },
                {"value": SECOND, "label": f"The second {clock(naive.time())}, an hour later", "on": which == SECOND},
            ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        text, which = data.get(name), data.get(f"{name}_which", "")
        return f"{text} {which}" if text and which in (FIRST, SECOND) else text

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class MomentField(Bounded, forms.Field):
    """A day and a time, between the earliest and the latest that the form takes."""

    widget = MomentInput
    default_error_messages = {"required": EXAMPLE, "invalid": EXAMPLE}

    def __init__(self, *, latest: Limit, earliest: Limit = FIRST_DAY, unless_said: str = "", **kwargs: Any) -> None:
        """`unless_said` is which of the two times is meant if nobody says; without it the page asks."""
        self.earliest, self.latest, self.unless_said = earliest, latest, unless_said
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(LONDON) if isinstance(value, datetime) and value.tzinfo else value

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        text, which = text_and_choice_of(value)
        naive = naive_time_of(text)
        if naive is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        self.check_day(naive.date())
        moment = naive if naive.tzinfo else moment_in_london(naive, which=which or self.unless_said)
        return moment.astimezone(UTC)


def text_and_choice_of(value: Any) -> tuple[str, str]:
    """The text of the box, and which of the two times is chosen."""
    if isinstance(value, datetime):
        local = value.astimezone(LONDON) if value.tzinfo else value
        return local.replace(tzinfo=None, fold=0).isoformat(timespec="minutes"), SECOND if local.fold else FIRST
    text, _, which = str(value or "").rpartition(" ")
    return (text, which) if which in (FIRST, SECOND) else (str(value or ""), "")


def naive_time_of(text: str) -> datetime | None:
    """The day and time that a text gives, without a zone; None if it gives none."""
    if len(text) > LONGEST or not HAS_TIME.search(text):
        return None
    try:
        if moment := parse_datetime(text.strip()):
            return moment
    except ValueError:
        return None
    for form in [*get_format("DATETIME_INPUT_FORMATS"), "%d/%m/%Y %H.%M"]:
        try:
            return datetime.strptime(text.strip(), form)  # noqa: DTZ007 (a time on the wall has no zone yet)
        except ValueError:
            continue
    return None


def _comes_twice(naive: datetime) -> bool:
    """Whether the clocks go back over this time, so that it comes twice."""
    first, second = (naive.replace(tzinfo=LONDON, fold=fold).utcoffset() for fold in (0, 1))
    return first is not None and second is not None and first > second


def _comes_never(naive: datetime) -> bool:
    """Whether the clocks go forward over this time, so that it does not exist."""
    first, second = (naive.replace(tzinfo=LONDON, fold=fold).utcoffset() for fold in (0, 1))
    return first is not None and second is not None and first < second


def moment_in_london(naive: datetime, *, which: str = "") -> datetime:
    """The moment at which the clock in London shows this time.

    Raises ValidationError for a time that does not exist, and for one that comes twice unless `which` says which.
    """
    if _comes_never(naive):
        missing = naive.replace(tzinfo=LONDON).astimezone(UTC).astimezone(LONDON)
        raise ValidationError(
            f"The clocks go forward in that night, so there is no {clock(naive.time())} on {date_in_words(naive.date())}. "
            f"Write {clock(missing)} if you mean the hour after the change.",
            code="never",
        )
    if _comes_twice(naive) and not which:
        raise ValidationError(
            f"The clocks go back in that night, so {clock(naive.time())} comes twice on {date_in_words(naive.date())}. "
            "Choose the first or the second.",
            code="twice",
        )
    return naive.replace(tzinfo=LONDON, fold=int(which == SECOND))


def combine_day_and_time(form: forms.BaseForm, day: date, at: time, *, field: str = "time") -> datetime | None:
    """The moment of a day field and a time field. If there is none, put the error on the time's field.

    If a time comes twice, the first is meant: that is exact enough for a meeting.
    """
    try:
        return moment_in_london(datetime.combine(day, at), which=FIRST).astimezone(UTC)
    except ValidationError as wrong:
        form.add_error(field, wrong)
        return None
