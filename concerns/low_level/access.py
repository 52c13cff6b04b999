"""Who may do what in the safeguarding registers; and never anything to a record about oneself."""

from __future__ import annotations

from concerns.register.access import RegisterAccess
from core.access import act


class LowLevelAccess(RegisterAccess):
    """Low-level concerns about staff and volunteers."""

    @act("read the low-level concerns")
    def list_low_levels(self) -> bool:
        return self.keeps

    @act("record a low-level concern")
    def record_low_level(self) -> bool:
        return self.keeps

    @act("write what a month's low-level concerns add up to")
    def review_month(self) -> bool:
        return self.keeps
