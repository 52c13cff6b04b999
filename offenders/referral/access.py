"""Who may start a referral, and who works one."""

from __future__ import annotations

from functools import cached_property

from django.db.models import QuerySet

from accounts.access import Role, people_with_role
from accounts.models import User
from alerts.leave.cover import covered_by, reason_of_cover
from core.access import Access, act
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


class ReferralAccess(Access):
    by: User
    record: Referral

    @cached_property
    def coordinates(self) -> bool:
        return self.record.keeper_id == self.by.pk or self.covers

    @cached_property
    def covers(self) -> bool:
        """Whether they stand in for its coordinator, who is on leave now."""
        if self.record.keeper_id == self.by.pk or not self.by.has_role(Role.COORDINATOR):
            return False
        return self.record.keeper_id in covered_by(self.by)

    @property
    def reason_of_sight(self) -> str:
        """Why they see it, for the trail, where it is another's leave; otherwise empty."""
        return "" if self.leads or not self.covers else reason_of_cover(self.record.coordinator)

    @cached_property
    def leads(self) -> bool:
        return self.by.has_role(Role.MANAGER) or self.by.has_role(Role.SAFEGUARDING_LEAD)

    @act("work this referral")
    def work_referral(self) -> bool:
        return self.coordinates or self.leads

    @act("override a criterion, or uphold an appeal")
    def overrule(self) -> bool:
        return self.by.has_role(Role.MANAGER)


def possible_coordinators() -> QuerySet[User]:
    """The people to whom a referral may be given."""
    return people_with_role(Role.COORDINATOR).select_related("agency").order_by("full_name")
