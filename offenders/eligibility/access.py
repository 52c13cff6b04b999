"""Who may change the criteria."""

from __future__ import annotations

from accounts.access import Role
from accounts.models import User
from core.access import Access, act


class CriteriaAccess(Access):
    """The criteria that referrals are compared with."""

    by: User

    @act("change the criteria")
    def change_criteria(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("read the criteria")
    def read_criteria(self) -> bool:
        return self.change_criteria or self.by.has_role(Role.COORDINATOR) or self.by.has_role(Role.SAFEGUARDING_LEAD)
