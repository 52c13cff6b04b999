"""Who may do what to a core member's record."""

from __future__ import annotations

from functools import cached_property

from accounts.access import Role
from accounts.models import User
from core.access import Access, act
from offenders.models import CoreMember
from offenders.models.secure_domain import READS_DOMAINS


class CoreMemberAccess(Access):
    by: User
    record: CoreMember

    @cached_property
    def coordinates(self) -> bool:
        return self.record.coordinator_id == self.by.pk

    @cached_property
    def leads(self) -> bool:
        return self.by.has_role(Role.MANAGER) or self.by.has_role(Role.SAFEGUARDING_LEAD)

    @act("change this core member's record")
    def change(self) -> bool:
        return self.coordinates or self.leads

    @act("see who looked at this core member")
    def see_who_looked(self) -> bool:
        return self.coordinates or self.leads


class AcceptingAccess(Access):
    """Taking a new core member on."""

    by: User

    @act("accept a core member")
    def accept_core_member(self) -> bool:
        return self.by.has_role(Role.COORDINATOR) or self.by.has_role(Role.MANAGER)


class SecureDomainAccess(Access):
    """The list of domains where e-mail counts as secure. It names no case."""

    by: User

    @act("read the list of secure e-mail domains")
    def read_domains(self) -> bool:
        return any(self.by.has_role(role) for role in READS_DOMAINS)

    @act("change the list of secure e-mail domains")
    def change_domains(self) -> bool:
        return self.by.has_role(Role.MANAGER)
