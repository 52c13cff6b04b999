"""Who may do what in the safeguarding registers. Nobody may do anything with a record about themselves."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from django.db.models import QuerySet

from accounts.access import Role, people_with_role
from accounts.models import User
from concerns.register.models import KEEPS_REGISTERS
from core.access import Access


class AboutSomebody(Protocol):
    """A record that may be about one of our people."""

    about_id: int | None


class RegisterAccess(Access):
    """What the accesses of all registers share."""

    by: User
    record: AboutSomebody | None

    @cached_property
    def is_about_them(self) -> bool:
        return self.record is not None and self.record.about_id == self.by.pk

    @cached_property
    def keeps(self) -> bool:
        return not self.is_about_them and any(self.by.has_role(role) for role in KEEPS_REGISTERS)

    @cached_property
    def directs(self) -> bool:
        return not self.is_about_them and self.by.has_role(Role.DIRECTOR)


def keepers() -> QuerySet[User]:
    """Everybody who keeps the registers."""
    return people_with_role(Role.MANAGER) | people_with_role(Role.SAFEGUARDING_LEAD)


def our_people(user: User) -> QuerySet[User]:
    """Everybody who works or volunteers for the charity, except `user`, who writes the record."""
    people = people_with_role(Role.VOLUNTEER)
    for role in (Role.COORDINATOR, *KEEPS_REGISTERS, Role.DIRECTOR, Role.DATA_PROTECTION_LEAD, Role.TECHNICIAN):
        people = people | people_with_role(role)
    return people.exclude(pk=user.pk).order_by("full_name", "pk")
