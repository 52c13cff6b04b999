"""Who may ask the lead agency for a third-party disclosure, and write down what it decided."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from django.db.models import Q, QuerySet

from accounts.access import Role, people_with_role
from accounts.models import User
from alerts.leave.cover import covered_by, reason_of_cover, stand_ins_for
from circles.circle.access import CircleAccess
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
        coordinates = CircleAccess(self.by, self.record).coordinates
        return coordinates or any(self.by.has_role(role) for role in KEEPS_REGISTERS)


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
        return leads or self.record.circle.coordinator_id == self.by.pk or self.covers

    @cached_property
    def covers(self) -> bool:
        """Whether they stand in for the circle's coordinator, and its concern is about nobody they cover for."""
        if not CircleAccess(self.by, self.record.circle).covers:
            return False
        return self.record.concern is None or self.record.concern.about_id not in covered_by(self.by)

    @property
    def reason_of_sight(self) -> str:
        """Why they see it, for the trail, where it is another's leave; otherwise empty."""
        leads = any(self.by.has_role(role) for role in KEEPS_REGISTERS)
        return "" if leads or not self.covers else reason_of_cover(self.record.circle.coordinator)

    @act("put this request to the lead agency")
    def put(self) -> bool:
        return self.handles

    @act("write down what the lead agency decided")
    def write_decision(self) -> bool:
        return self.handles


def people_to_tell_of_request(record: DisclosureRequest, *, at: datetime) -> QuerySet[User]:
    """The people who are told that a request is late, deputies too; never the person its concern is about."""
    barred = record.concern.about_id if record.concern is not None else None
    coordinator = record.circle.coordinator_id
    deputies = people_with_role(Role.COORDINATOR).filter(pk__in=stand_ins_for(coordinator, about=barred, at=at))
    condition = Q(pk=coordinator) | Q(pk__in=deputies.values("pk")) | Q(pk__in=keepers().values("pk"))
    people: QuerySet[User] = User.objects.filter(condition, is_active=True).exclude(pk=barred or 0)
    return people
