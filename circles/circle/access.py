"""Who may do what in a circle, and with the lists that all circles share; and who coordinates a person's circles."""

from __future__ import annotations

from functools import cached_property

from accounts.access import Role
from accounts.models import User
from alerts.leave.cover import covered_by, reason_of_cover
from circles.circle.models import JOINED_CIRCLES, Circle
from core.access import Access, act

LEADS_CIRCLES = (Role.MANAGER, Role.SAFEGUARDING_LEAD)


class CircleAccess(Access):
    by: User
    record: Circle

    @property
    def is_coordinator(self) -> bool:
        """Whether they are its coordinator themselves, and not the deputy."""
        return self.record.coordinator_id == self.by.pk

    @cached_property
    def covers(self) -> bool:
        """Whether they stand in for its coordinator, who is on leave now."""
        if self.is_coordinator or not self.by.has_role(Role.COORDINATOR):
            return False
        return self.record.coordinator_id in covered_by(self.by)

    @property
    def reason_of_sight(self) -> str:
        """Why they see the circle, for the trail, where it is another's leave; otherwise empty."""
        return "" if self.leads or not self.covers else reason_of_cover(self.record.coordinator)

    @cached_property
    def coordinates(self) -> bool:
        return self.is_coordinator or self.covers

    @cached_property
    def leads(self) -> bool:
        return any(self.by.has_role(role) for role in LEADS_CIRCLES)

    @cached_property
    def belongs(self) -> bool:
        return self.record.pk in JOINED_CIRCLES.read_keys(self.by.pk)

    @act("change who belongs to this circle")
    def change_members(self) -> bool:
        return self.coordinates or self.leads

    @act("give this circle to another coordinator; a manager may")
    def change_coordinator(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("end this circle")
    def close(self) -> bool:
        return self.coordinates or self.leads

    @act("take this circle from one stage to the next")
    def change_stage(self) -> bool:
        return self.coordinates or self.leads

    @act("write down what this circle needs before it meets")
    def prepare(self) -> bool:
        return self.coordinates or self.leads

    @act("sign this circle's agreement")
    def sign(self) -> bool:
        """Each signs for themselves: a deputy does not sign for the coordinator."""
        return self.belongs or self.is_coordinator

    @act("let this circle meet without a sharing agreement")
    def set_sharing_aside(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("set up the queue of this circle's area")
    def set_up_queue(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("read the address this circle meets at")
    def see_address(self) -> bool:
        """The coordinator and the members. Everybody else sees only the code (domain.md 1.4 step 7)."""
        return self.coordinates or self.belongs

    @act("change when this circle meets")
    def schedule(self) -> bool:
        return self.coordinates or self.leads

    @act("write this circle's minutes")
    def write_minutes(self) -> bool:
        return self.coordinates or self.belongs

    @act("see who looked at this circle")
    def see_who_looked(self) -> bool:
        return self.coordinates or self.leads

    @act("see the hours volunteers gave to this circle")
    def see_hours(self) -> bool:
        return self.coordinates or self.leads

    @act("see the core member's MAPPA details")
    def see_management(self) -> bool:
        return self.coordinates or self.leads

    @act("read this circle's risk trend")
    def read_trend(self) -> bool:
        return self.coordinates or self.leads

    @act("open or end this circle's goals")
    def change_goals(self) -> bool:
        return self.coordinates or self.leads

    @act("agree actions in this circle")
    def agree_actions(self) -> bool:
        return self.coordinates or self.belongs

    @act("see this circle's measures")
    def see_measures(self) -> bool:
        return self.coordinates or self.leads

    @act("record this circle's measures")
    def record_measures(self) -> bool:
        return self.coordinates or self.leads

    @act("see what happened during and after this circle")
    def see_outcomes(self) -> bool:
        """The coordinator, managers and safeguarding leads only (domain.md 1.12)."""
        return self.coordinates or self.leads

    @act("record what happened during and after this circle")
    def record_outcomes(self) -> bool:
        return self.coordinates or self.leads


class OpeningAccess(Access):
    """Opening a new circle for a core member."""

    by: User

    @act("open a circle")
    def open_circle(self) -> bool:
        return self.by.has_role(Role.COORDINATOR) or self.by.has_role(Role.MANAGER)

    @act("take over a circle that meets already")
    def take_over(self) -> bool:
        """Managers only: a circle that is taken over skips every guard."""
        return self.by.has_role(Role.MANAGER)


def coordinators_of(person: User) -> set[int]:
    """The keys of the users who coordinate this person's circles. Accounts call it through settings.LEADERS."""
    return set(Circle.objects.filter(pk__in=JOINED_CIRCLES(person.pk)).values_list("coordinator", flat=True))


class RegisterAccess(Access):
    """Acts on the lists that all circles share: places, programmes, agreements."""

    by: User

    @act("see the meeting places")
    def see_venues(self) -> bool:
        return self.by.has_role(Role.COORDINATOR) or any(self.by.has_role(role) for role in LEADS_CIRCLES)

    @act("add a meeting place")
    def add_venue(self) -> bool:
        return self.by.has_role(Role.COORDINATOR)

    @act("change the programmes")
    def keep_programmes(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("keep the sharing agreements")
    def keep_sharing(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("publish a new text of the circles' agreement")
    def publish_agreement(self) -> bool:
        return self.by.has_role(Role.MANAGER)
