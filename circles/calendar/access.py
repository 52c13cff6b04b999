"""Who may do what with their own calendar."""

from __future__ import annotations

from accounts.access import Role
from accounts.models import User
from core.access import Access, act


class FeedAccess(Access):
    """One's own private calendar."""

    by: User

    @act("keep a private calendar")
    def keep_feed(self) -> bool:
        return self.by.has_role(Role.VOLUNTEER) or self.by.has_role(Role.COORDINATOR)
