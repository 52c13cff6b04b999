"""Who may ask the lead agency for a third-party disclosure, and write down what it decided."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Q, QuerySet

from accounts.models import User
from circles.circle.models import Circle
from concerns.disclosure.models import DisclosureRequest
from concerns.register.access import keepers
from concerns.register.models import KEEPS_REGISTERS
from core.access import Access, act


class AskingAccess(Access):
    """Asking for a third-party disclosure about a circle's core member."""

    by: User
    record: Circle

    @act("ask the lead agency for a third-party disclosure about this core member")
    def ask_disclosure(self) -> bool:
        return self.record.coordinator_id == self.by.pk or any(self.by.has_role(role) for role in KEEPS_REGISTERS)


class DisclosureAccess(Access):
    """Acts on one request. The lead agency decides on it, not we (domain.md 3.1)."""

    by: User
    record: DisclosureRequest

    @cached_property
    def handles(self) -> bool:
        concern = self.record.concern
        if concern is not None and concern.about_id == self.by.pk:
            return False
        leads = any(self.by.has_role(role) for role in KEEPS_REGISTERS)
        return leads or self.record.circle.coordinator_id == self.by.pk

    @act("put this request to the lead agency")
    def put(self) -> bool:
        return self.handles

    @act("write down what the lead agency decided")
    def write_decision(self) -> bool:
        return self.handles


def people_to_tell_of_request(record: DisclosureRequest) -> QuerySet[User]:
    """The people who are told that a request is late; never the person its concern is about."""
    barred = record.concern.about_id if record.concern is not None else None
    condition = Q(pk=record.circle.coordinator_id) | Q(pk__in=keepers().values("pk"))
    people: QuerySet[User] = User.objects.filter(condition, is_active=True).exclude(pk=barred or 0)
    return people
