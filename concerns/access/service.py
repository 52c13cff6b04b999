"""Who may do what to what every concern runs on: the rota, rehearsals, ladders, routing rules."""

from __future__ import annotations

from functools import cached_property

from django.db.models import QuerySet

from accounts.access import Role, people_in
from accounts.models import User
from concerns.access.concern import LEADS
from concerns.models import Drill, LadderVersion, OnCallShift, Queue
from concerns.models.ladder import READS_LADDER
from concerns.models.pattern import READS_PATTERNS
from concerns.models.rota import READS_ROTA
from core.access import Access, act

VOUCHES = (Role.MANAGER, Role.SAFEGUARDING_LEAD)
"""Who may agree to a number that is not proved."""


class RotaAccess(Access):
    """Acts on the on-call rota, which holds no case; on one shift, or without one on shifts as such."""

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
        """A manager or a safeguarding lead who did not plan it."""
        planned = self.record is None or self.record.planned_by_id == self.by.pk
        return not planned and any(self.by.has_role(role) for role in VOUCHES)

    @act("agree to this shift, because somebody else must")
    def agree_to_shift(self) -> bool:
        """Whoever is on call, to being so; another manager or safeguarding lead, to the number."""
        shift = self.record
        return shift is not None and ((shift.wants_person and self.is_mine) or (shift.wants_second and self.vouches))

    @act("refuse this shift")
    def refuse_shift(self) -> bool:
        return self.is_mine or self.vouches


def on_call_people() -> QuerySet[User]:
    """Who may be put on call: the charity's staff."""
    staff = people_in(Role.COORDINATOR) | people_in(Role.MANAGER) | people_in(Role.SAFEGUARDING_LEAD)
    return (staff | people_in(Role.DIRECTOR)).order_by("full_name", "pk")


class DrillAccess(Access):
    """Acts on the rehearsals of the queues, which hold no case."""

    by: User
    record: Drill | None

    @act("list the rehearsals")
    def list_drills(self) -> bool:
        return any(self.by.has_role(role) for role in LEADS)

    @act("start a rehearsal")
    def start_drill(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("answer this rehearsal, which was for others")
    def answer_drill(self) -> bool:
        return self.record is not None and self.record.answers.filter(person=self.by).exists()


class LadderAccess(Access):
    """Acts on the ladder's versions and the holidays: two people to change a clock (escalation.md 3)."""

    by: User
    record: LadderVersion | None

    @act("read the ladder and the holidays")
    def read_ladder(self) -> bool:
        return any(self.by.has_role(role) for role in READS_LADDER)

    @act("change the list of holidays")
    def edit_holidays(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("propose another ladder")
    def propose_ladder(self) -> bool:
        return any(self.by.has_role(role) for role in LEADS)

    @act("agree to this ladder, because somebody other than its author must")
    def approve_ladder(self) -> bool:
        return self.propose_ladder and self.record is not None and self.record.proposed_by_id != self.by.pk


def queues_to_rehearse(user: User) -> QuerySet[Queue]:
    """Which queues there are, for those who see to it that they are rehearsed; not what is in them."""
    return Queue.objects.all() if DrillAccess(user).list_drills else Queue.objects.none()


SIMULATES = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.COORDINATOR, Role.MAPPA_COORDINATOR)


class SimulatingAccess(Access):
    """Trying out who would be told: for those who answer for the ladders and the queues."""

    by: User

    @act("try out who would be told")
    def simulate(self) -> bool:
        return any(self.by.has_role(role) for role in SIMULATES)


def queues_to_try(user: User) -> QuerySet[Queue]:
    """Queues a person may try a concern in: the charity's people any, the agencies' those they work."""
    if not any(user.has_role(role) for role in (*LEADS, Role.COORDINATOR)):
        return Queue.objects.visible_to(user)
    return Queue.objects.all() if user.is_active else Queue.objects.none()


class PatternAccess(Access):
    """What several concerns name alike: for those who answer for safeguarding."""

    by: User

    @act("read which concerns name the same place, vehicle or name online")
    def read_patterns(self) -> bool:
        return any(self.by.has_role(role) for role in READS_PATTERNS)


class RoutingAccess(Access):
    """The rules of who is told what: those who answer for safeguarding write them, two at a time."""

    by: User

    @cached_property
    def answers_for_them(self) -> bool:
        return self.by.has_role(Role.MANAGER) or self.by.has_role(Role.SAFEGUARDING_LEAD)

    @act("read the routing rules")
    def read_routing(self) -> bool:
        return any(self.by.has_role(role) for role in (*SIMULATES, Role.DIRECTOR))

    @act("propose other routing rules")
    def propose_routing(self) -> bool:
        return self.answers_for_them

    @act("approve routing rules")
    def approve_routing(self) -> bool:
        return self.answers_for_them
