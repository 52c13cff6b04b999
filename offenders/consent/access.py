"""Who may publish the text that core members agree to."""

from __future__ import annotations

from accounts.access import Role
from accounts.models import User
from core.access import Access, act


class ConsentTextAccess(Access):
    """The text that core members agree to."""

    by: User

    @act("publish the text that core members agree to")
    def publish_consent_text(self) -> bool:
        return self.by.has_role(Role.MANAGER)
