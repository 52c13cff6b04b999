"""Who may see the hours that a volunteer gives."""

from __future__ import annotations

from accounts.access import Role
from accounts.models import User
from core.access import Access, act


class HoursAccess(Access):
    """One's own hours."""

    by: User

    @act("see hours of your own, which only volunteers have")
    def see_own_hours(self) -> bool:
        return self.by.has_role(Role.VOLUNTEER)
