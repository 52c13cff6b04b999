"""A moment of a circle's rhythm in an address: 20270327T1830Z."""

from __future__ import annotations

from datetime import UTC, datetime

WRITTEN = "%Y%m%dT%H%MZ"


class SlotConverter:
    """To and from UTC, to the minute."""

    regex = r"\d{8}T\d{4}Z"

    def to_python(self, value: str) -> datetime:
        return datetime.strptime(value, WRITTEN).replace(tzinfo=UTC)

    def to_url(self, value: datetime) -> str:
        return value.astimezone(UTC).strftime(WRITTEN)
