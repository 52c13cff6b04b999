"""Who may write down, reveal, look for or erase who a core member is."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.access import Role
from accounts.models import User
from core.access import Access, act
from core.sight import Recordable
from offenders.core_member.access import CoreMemberAccess
from offenders.identity.models import Identity


class IdentityHolder(Recordable, Protocol):
    """A record with a sealed identity and a coordinator, such as a core member (settings.IDENTITY_HOLDERS)."""

    @property
    def pk(self) -> Any: ...

    @property
    def identity(self) -> Identity | None: ...

    @property
    def identity_id(self) -> UUID | None: ...

    @property
    def coordinator(self) -> User: ...

    def get_absolute_url(self) -> str: ...


class IdentityAccess(Access):
    """Acts on the sealed identity of one record."""

    by: User
    record: Any

    @cached_property
    def keeps_file(self) -> bool:
        """Whether they coordinate him, cover for who does, manage, or lead safeguarding, and the record is not hidden."""
        file = CoreMemberAccess(self.by, self.record)
        return (file.coordinates or file.leads) and self.sees_record

    @cached_property
    def sees_record(self) -> bool:
        return bool(type(self.record).objects.visible_to(self.by).filter(pk=self.record.pk).exists())

    @cached_property
    def leads(self) -> bool:
        is_lead = self.by.has_role(Role.MANAGER) or self.by.has_role(Role.SAFEGUARDING_LEAD)
        return is_lead and self.sees_record

    @act("see whom this reference means")
    def reveal(self) -> bool:
        """Whoever keeps his file, and whoever has leave from an app above: a liaison who works a concern about him."""
        return self.keeps_file or any(import_string(leave)(self.by, self.record) for leave in settings.IDENTITY_LEAVES)

    @act("write down who this is")
    def write(self) -> bool:
        return self.keeps_file

    @act("ask that this name be erased for ever; a manager or a safeguarding lead may")
    def ask_for_erasure(self) -> bool:
        return self.leads

    @act("erase this name, because somebody else must")
    def erase(self) -> bool:
        identity = self.record.identity
        return self.leads and identity is not None and identity.erasure_asked_by_id not in {None, self.by.pk}


class FindingAccess(Access):
    """Who may look for a person by a name and a date of birth, or by a number."""

    by: User

    @act("look for a person by name; coordinators, managers and safeguarding leads may")
    def find_person(self) -> bool:
        finding = (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD)
        return any(self.by.has_role(role) for role in finding)

    @act("compare two people who may be one; managers and safeguarding leads may")
    def settle_match(self) -> bool:
        return self.by.has_role(Role.MANAGER) or self.by.has_role(Role.SAFEGUARDING_LEAD)
