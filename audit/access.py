"""Who may read the trail: the data-protection lead."""

from __future__ import annotations

from accounts.access import Role
from accounts.models import User
from core.access import Access, act


class AuditAccess(Access):
    by: User

    @act("read the trail")
    def read_trail(self) -> bool:
        return self.by.has_role(Role.DATA_PROTECTION_LEAD)
