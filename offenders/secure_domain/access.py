"""Who may read and change the list of secure e-mail domains."""

from __future__ import annotations

from accounts.access import Role
from accounts.models import User
from core.access import Access, act
from offenders.secure_domain.models import READS_DOMAINS


class SecureDomainAccess(Access):
    """The list of domains where e-mail counts as secure. It names no case."""

    by: User

    @act("read the list of secure e-mail domains")
    def read_domains(self) -> bool:
        return any(self.by.has_role(role) for role in READS_DOMAINS)

    @act("change the list of secure e-mail domains")
    def change_domains(self) -> bool:
        return self.by.has_role(Role.MANAGER)
