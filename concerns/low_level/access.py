"""Who may read, record and review low-level concerns."""

from __future__ import annotations

from concerns.register.access import RegisterAccess
from core.access import act


class LowLevelAccess(RegisterAccess):
    """Acts on low-level concerns about staff and volunteers."""

    @act("read the low-level concerns")
    def list_low_levels(self) -> bool:
        return self.keeps

    @act("record a low-level concern")
    def record_low_level(self) -> bool:
        return self.keeps

    @act("write what a month's low-level concerns add up to")
    def review_month(self) -> bool:
        return self.keeps
