"""What roles are for elsewhere in the house, and who may change an account."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from accounts.models.role import Role
from core.access import Access, act

__all__ = ["AccountsAccess", "Role", "people_in"]


def people_in(role: Role) -> QuerySet[User]:
    """Everyone active who holds a role. A subquery, so that the answers of two roles can be joined with `|`."""
    holding = User.objects.filter(groups__name=role.value).values("pk")
    return User.objects.filter(pk__in=holding, is_active=True)


class AccountsAccess(Access):
    """Acts on an account, or, without one, on accounts as such."""

    by: User

    @property
    def keeps_accounts(self) -> bool:
        return self.by.has_role(Role.MANAGER) or self.by.has_role(Role.TECHNICIAN)

    @act("invite people")
    def invite(self) -> bool:
        return self.keeps_accounts or self.by.has_role(Role.COORDINATOR)

    @act("suspend an account")
    def suspend(self) -> bool:
        return self.keeps_accounts and self.record != self.by

    @act("let a suspended person return")
    def restore(self) -> bool:
        return self.keeps_accounts and self.record != self.by

    @act("end an account")
    def end(self) -> bool:
        return self.keeps_accounts and self.record != self.by
