"""Who may start a referral, and who works one."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.access import Role, people_with_role
from accounts.models import User
from core.access import Access, act
from offenders.core_member.access import CoordinatedAccess
from offenders.referral.models import Referral


class StartingReferralAccess(Access):
    """Starting a referral, and the list of referrals."""

    by: User

    @act("start a referral")
    def start_referral(self) -> bool:
        return self.by.has_role(Role.COORDINATOR) or self.by.has_role(Role.MANAGER)

    @act("list the referrals")
    def list_referrals(self) -> bool:
        return self.start_referral or self.by.has_role(Role.SAFEGUARDING_LEAD)

    @act("read the figures of all referrals")
    def read_figures(self) -> bool:
        return self.by.has_role(Role.MANAGER)


class ReferralAccess(CoordinatedAccess):
    record: Referral

    @property
    def keeper_id(self) -> int:
        return self.record.keeper_id

    @act("work this referral")
    def work_referral(self) -> bool:
        return self.coordinates or self.leads

    @act("override a criterion, or uphold an appeal")
    def overrule(self) -> bool:
        return self.by.has_role(Role.MANAGER)


def possible_coordinators() -> QuerySet[User]:
    """The people to whom a referral may be given."""
    return people_with_role(Role.COORDINATOR).select_related("agency").order_by("full_name")
