"""Converts a moment of a circle's rhythm to and from its form in an address: 20270327T1830Z."""

from __future__ import annotations

from datetime import UTC, datetime

from core.constraints import FIRST_YEAR, LAST_YEAR

FORMAT = "%Y%m%dT%H%MZ"


class SlotConverter:
    """A moment in UTC, to the minute."""

    regex = r"\d{8}T\d{4}Z"

    def to_python(self, value: str) -> datetime:
        slot = datetime.strptime(value, FORMAT).replace(tzinfo=UTC)
        if not FIRST_YEAR <= slot.year <= LAST_YEAR:
            raise ValueError("No circle met or will meet in that year.")
        return slot

    def to_url(self, value: datetime) -> str:
        return value.astimezone(UTC).strftime(FORMAT)
