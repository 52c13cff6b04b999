"""Who may read, plan, agree to and refuse shifts on call."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.access import Role, people_with_role
from accounts.models import User
from concerns.rota.models import READS_ROTA, OnCallShift
from core.access import Access, act

VOUCHES = (Role.MANAGER, Role.SAFEGUARDING_LEAD)
"""The roles that may agree to a number that is not verified."""


class RotaAccess(Access):
    """What somebody may do with one shift, or, without a shift, with the rota. The rota holds no case."""

    by: User
    record: OnCallShift | None

    @act("read the on-call rota; the number to ring is on every page")
    def read_rota(self) -> bool:
        return any(self.by.has_role(role) for role in READS_ROTA)

    @act("plan who is on call")
    def plan_shift(self) -> bool:
        return self.by.has_role(Role.MANAGER) or self.by.has_role(Role.TECHNICIAN)

    @property
    def is_mine(self) -> bool:
        return self.record is not None and self.record.person_id == self.by.pk

    @property
    def vouches(self) -> bool:
        """Whether this person is a manager or a safeguarding lead who did not plan the shift."""
        planned = self.record is None or self.record.planned_by_id == self.by.pk
        return not planned and any(self.by.has_role(role) for role in VOUCHES)

    @act("agree to this shift, because somebody else must")
    def agree_to_shift(self) -> bool:
        """The person on call agrees to the shift; another manager or safeguarding lead agrees to the number."""
        shift = self.record
        return shift is not None and ((shift.wants_person and self.is_mine) or (shift.wants_second and self.vouches))

    @act("refuse this shift")
    def refuse_shift(self) -> bool:
        return self.is_mine or self.vouches


def on_call_people() -> QuerySet[User]:
    """The people who may be on call: the charity's staff."""
    staff = (
        people_with_role(Role.COORDINATOR) | people_with_role(Role.MANAGER) | people_with_role(Role.SAFEGUARDING_LEAD)
    )
    return (staff | people_with_role(Role.DIRECTOR)).order_by("full_name", "pk")
