"""Who may change the tags that minutes are sorted by."""

from __future__ import annotations

from accounts.access import Role
from accounts.models import User
from core.access import Access, act


class TaxonomyAccess(Access):
    """Acts on the tags that minutes are sorted by."""

    by: User

    @act("change the words minutes are sorted by")
    def change_taxonomy(self) -> bool:
        return self.by.has_role(Role.MANAGER)
