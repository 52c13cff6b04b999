"""Who may read patterns."""

from __future__ import annotations

from accounts.models import User
from concerns.pattern.models import READS_PATTERNS
from core.access import Access, act


class PatternAccess(Access):
    """Patterns, for those who answer for safeguarding."""

    by: User

    @act("read which concerns name the same place, vehicle or name online")
    def read_patterns(self) -> bool:
        return any(self.by.has_role(role) for role in READS_PATTERNS)
