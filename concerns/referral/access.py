"""Who may do what with safeguarding referrals."""

from __future__ import annotations

from concerns.register.access import RegisterAccess
from core.access import act


class ReferralAccess(RegisterAccess):
    """Referrals to the MASH, the LADO and adult safeguarding."""

    @act("read the safeguarding referrals")
    def list_referrals(self) -> bool:
        return self.keeps

    @act("start a safeguarding referral")
    def start_referral(self) -> bool:
        return self.keeps

    @act("work this referral")
    def work_referral(self) -> bool:
        return self.keeps
