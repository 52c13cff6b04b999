"""Who may do what with a core member."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from accounts.access import Role
from accounts.models import User
from alerts.leave.cover import covered_by, reason_of_cover
from core.access import Access, act
from offenders.core_member.models import CoreMember


class CoordinatedAccess(Access):
    """Acts on a record that a coordinator has, such as a core member or a referral."""

    by: User
    record: Any

    @property
    def keeper_id(self) -> int:
        """The key of whoever has it."""
        return int(self.record.coordinator_id)

    @cached_property
    def coordinates(self) -> bool:
        return self.keeper_id == self.by.pk or self.covers

    @cached_property
    def covers(self) -> bool:
        """Whether they stand in for its coordinator, who is on leave now."""
        if self.keeper_id == self.by.pk or not self.by.has_role(Role.COORDINATOR):
            return False
        return self.keeper_id in covered_by(self.by)

    @property
    def reason_of_sight(self) -> str:
        """Why they see it, for the trail, where it is another's leave; otherwise empty."""
        return "" if self.leads or not self.covers else reason_of_cover(self.record.coordinator)

    @cached_property
    def leads(self) -> bool:
        return self.by.has_role(Role.MANAGER) or self.by.has_role(Role.SAFEGUARDING_LEAD)


class CoreMemberAccess(CoordinatedAccess):
    record: CoreMember

    @act("change this core member's record")
    def change(self) -> bool:
        return self.coordinates or self.leads

    @act("say who may see this core member, whatever their roles")
    def set_wall(self) -> bool:
        return self.coordinates or self.leads

    @act("see who looked at this core member")
    def see_who_looked(self) -> bool:
        return self.coordinates or self.leads


class AcceptingAccess(Access):
    """Who may accept a core member after his referral, or bring one over who was here before this service."""

    by: User

    @act("accept a core member")
    def accept_core_member(self) -> bool:
        return self.by.has_role(Role.COORDINATOR) or self.by.has_role(Role.MANAGER)

    @act("bring over a core member who was with the charity before this service")
    def bring_over(self) -> bool:
        return self.by.has_role(Role.MANAGER)
