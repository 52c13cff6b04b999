"""Who may do what to a concern."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from accounts.access import Role
from accounts.models import User
from alerts.leave.cover import COVERED, reason_of_cover
from circles.circle.models import SEES_EVERY_CIRCLE, Membership
from concerns.choices import Side
from concerns.concern.models import Concern
from concerns.leads import LEADS_CONCERNS
from concerns.queue.models import GRANTED
from core.access import Access, act
from core.keyed_query import KeyedQuery
from offenders.core_member.wall_models import not_walled_off


class ConcernAccess(Access):
    """Acts on one concern. The person it is about may do none of them (escalation.md 1.6)."""

    by: User
    record: Concern

    @cached_property
    def is_about_them(self) -> bool:
        return self.record.about_id == self.by.pk

    @cached_property
    def is_author(self) -> bool:
        return self.record.raised_by_id == self.by.pk

    @cached_property
    def coordinates(self) -> bool:
        if self.is_about_them:
            return False
        return self.record.circle.coordinator_id == self.by.pk or self.covers or self.is_on_call

    @cached_property
    def covers(self) -> bool:
        """Whether they cover for the coordinator now, and the concern is not about anybody they cover for."""
        if not self.by.has_role(Role.COORDINATOR) or self.record.circle.coordinator_id == self.by.pk:
            return False
        covered = COVERED.read_keys(self.by.pk)
        return self.record.circle.coordinator_id in covered and self.record.about_id not in covered

    @property
    def reason_of_sight(self) -> str:
        """Why they see it, for the trail, where it is another's leave; otherwise empty."""
        return "" if self.leads or not self.covers else reason_of_cover(self.record.circle.coordinator)

    @cached_property
    def is_on_call(self) -> bool:
        """Whether they are on call, and the concern is urgent and waits. Of any circle (domain.md 3.6)."""
        return Concern.objects.on_call_for(self.by).filter(pk=self.record.pk).exists()

    @cached_property
    def leads(self) -> bool:
        return not self.is_about_them and any(self.by.has_role(role) for role in LEADS_CONCERNS)

    @cached_property
    def works_queue(self) -> bool:
        if self.is_about_them or self.record.queued_at is None or self.record.queue_id is None:
            return False
        return self.by.is_active and self.record.queue_id in GRANTED.read_keys(self.by.pk)

    @property
    def opens_circle(self) -> bool:
        """Whether they may open the circle's page too. A shift or a queue open only the concern."""
        is_coordinator = self.record.circle.coordinator_id == self.by.pk
        return is_coordinator or self.covers or any(self.by.has_role(role) for role in SEES_EVERY_CIRCLE)

    @property
    def side(self) -> Side:
        """The side whose clock this person answers for."""
        return Side.CHARITY if self.coordinates or self.leads else Side.AGENCY

    @cached_property
    def first_name_only(self) -> set[int]:
        """Keys of people whose surname this reader does not see: for the agencies, the volunteers (domain.md 4.4)."""
        if self.side == Side.CHARITY:
            return set()
        volunteers = Membership.objects.filter(circle=self.record.circle_id).values_list("volunteer__user", flat=True)
        return {self.record.raised_by_id, *volunteers}

    @act("read how this concern was handled")
    def read_story(self) -> bool:
        return self.coordinates or self.leads or self.works_queue

    @act("claim this concern")
    def claim(self) -> bool:
        return self.acknowledge

    @act("take this concern on, because somebody other than its author must")
    def acknowledge(self) -> bool:
        return self.read_story and not self.is_author

    @act("record what was done about this concern")
    def record_action(self) -> bool:
        return self.read_story

    @act("pass this concern to the area's queue")
    def pass_on(self) -> bool:
        return self.coordinates or self.leads

    @act("record the answer to this concern")
    def answer(self) -> bool:
        if self.record.queued_at is not None:
            return self.works_queue or self.leads
        return self.coordinates or self.leads

    @act("tell the volunteer what came of this concern")
    def give_feedback(self) -> bool:
        return self.read_story

    @act("say whom you told of this concern yourself")
    def say_whom_told(self) -> bool:
        return self.is_author or self.read_story

    @act("finish this concern")
    def close(self) -> bool:
        return self.read_story

    @act("mark this concern as raised in error")
    def mark_raised_in_error(self) -> bool:
        return self.coordinates or self.leads

    @act("decide how urgent this concern is")
    def triage(self) -> bool:
        return self.coordinates or self.leads

    @act("have this concern watched in the circle, because somebody other than its author must")
    def watch(self) -> bool:
        return self.triage and not self.is_author

    @act("make an immediate concern less urgent; the safeguarding lead or a manager may")
    def lower_immediate(self) -> bool:
        return not self.is_about_them and (self.by.has_role(Role.SAFEGUARDING_LEAD) or self.by.has_role(Role.MANAGER))

    @act("put this concern on hold")
    def hold(self) -> bool:
        return self.acknowledge

    @act("move this concern to another queue")
    def move_queue(self) -> bool:
        return self.coordinates or self.leads or self.works_queue

    @act("link this concern to another")
    def link(self) -> bool:
        return self.read_story

    @act("join this concern to another")
    def merge(self) -> bool:
        return self.coordinates or self.leads

    @act("take this concern up again")
    def reopen(self) -> bool:
        return self.coordinates or self.leads or self.works_queue

    @act("agree that nothing be done, because its author may not")
    def agree_to_end(self) -> bool:
        return (self.coordinates or self.leads) and not self.is_author

    @act("see whom this concern is about")
    def reveal_identity(self) -> bool:
        """Whoever coordinates here, the managers and the safeguarding lead, and a liaison who works its queue."""
        runs_it = self.by.has_role(Role.MANAGER) or self.by.has_role(Role.SAFEGUARDING_LEAD)
        works_it = self.works_queue and self.by.has_role(Role.LIAISON)
        return not self.is_about_them and (self.coordinates or runs_it or works_it)

    @act("see who looked at this concern")
    def see_who_looked(self) -> bool:
        return self.read_story

    @act("tell an agency about this concern")
    def share(self) -> bool:
        return self.coordinates or self.leads

    @act("hand this concern over from on call")
    def hand_over(self) -> bool:
        return self.coordinates or self.leads

    @act("name a place, a vehicle or a name online for this concern")
    def name_subject(self) -> bool:
        return not self.is_about_them and (self.is_author or self.coordinates or self.leads)

    @act("see who was told of this concern, and how")
    def see_deliveries(self) -> bool:
        return self.read_story


def _circles_belonged_to(person: int) -> QuerySet[Membership, Any]:
    outside_walls = Membership.objects.filter(not_walled_off(person, "circle__core_member"))
    return outside_walls.filter(volunteer__user=person).values("circle")


BELONGED = KeyedQuery(_circles_belonged_to)
"""The circles a person belongs to or once belonged to."""
