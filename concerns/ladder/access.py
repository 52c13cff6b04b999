"""Who may read and change the ladder and the holidays."""

from __future__ import annotations

from accounts.access import Role
from accounts.models import User
from concerns.ladder.models import READS_LADDER, LadderVersion
from concerns.leads import LEADS_CONCERNS
from core.access import Access, act


class LadderAccess(Access):
    """Acts on the ladder's versions and the holidays. Changing a clock takes two people (escalation.md 3)."""

    by: User
    record: LadderVersion | None

    @act("read the ladder and the holidays")
    def read_ladder(self) -> bool:
        return any(self.by.has_role(role) for role in READS_LADDER)

    @act("change the list of holidays")
    def edit_holidays(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("propose another ladder")
    def propose_ladder(self) -> bool:
        return any(self.by.has_role(role) for role in LEADS_CONCERNS)

    @act("agree to this ladder, because somebody other than its author must")
    def approve_ladder(self) -> bool:
        return self.propose_ladder and self.record is not None and self.record.proposed_by_id != self.by.pk
