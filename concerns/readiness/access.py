"""Who may see what is still to set up."""

from __future__ import annotations

from accounts.access import Role
from accounts.models import User
from core.access import Access, act


class ReadinessAccess(Access):
    """What the service still lacks. It names no case."""

    by: User

    @act("see what is still to set up; a manager may")
    def read_needs(self) -> bool:
        return self.by.has_role(Role.MANAGER)
