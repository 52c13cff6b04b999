"""The form that narrows and orders the list of circles."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, When

from circles.circle.models import Circle
from core.forms.listing import ListForm

LAST_WHEN_OVER = Case(When(status__in=Circle.OVER, then=1), default=0)


class CircleListForm(ListForm):
    """The list of circles."""

    def __init__(self, data: Any) -> None:
        super().__init__(
            data,
            finds=("reference", "known_as", "coordinator__full_name", "place_code"),
            states=Circle.Status,
            orders={
                "reference": ("By reference, those that are over last", (LAST_WHEN_OVER, "reference")),
                "coordinator": ("By coordinator", ("coordinator__full_name", "reference")),
                "day": ("By the day it meets on", ("weekday", "meets_at", "reference")),
                "newest": ("The newest first", ("-opened_at", "-pk")),
            },
            hint="A reference, a first name, a coordinator or a place.",
            noun=("circle", "circles"),
        )
