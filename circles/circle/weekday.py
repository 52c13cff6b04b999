"""The day of the week a circle meets on."""

from __future__ import annotations

from django.db import models


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Mondays"
    TUESDAY = 1, "Tuesdays"
    WEDNESDAY = 2, "Wednesdays"
    THURSDAY = 3, "Thursdays"
    FRIDAY = 4, "Fridays"
    SATURDAY = 5, "Saturdays"
    SUNDAY = 6, "Sundays"
