"""Who may do what in a circle."""

from __future__ import annotations

from functools import cached_property

from accounts.access import Role
from accounts.models import User
from circles.models import Action, Circle, Meeting, Membership
from core.access import Access, act

LEADS = (Role.MANAGER, Role.SAFEGUARDING_LEAD)


class CircleAccess(Access):
    by: User
    record: Circle

    @cached_property
    def coordinates(self) -> bool:
        return self.record.coordinator_id == self.by.pk

    @cached_property
    def leads(self) -> bool:
        return any(self.by.has_role(role) for role in LEADS)

    @cached_property
    def belongs(self) -> bool:
        return Membership.objects.current().filter(circle=self.record, volunteer__user=self.by).exists()

    @act("change who belongs to this circle")
    def change_members(self) -> bool:
        return self.coordinates or self.leads

    @act("end this circle")
    def close(self) -> bool:
        return self.coordinates or self.leads

    @act("write this circle's minutes")
    def write_minutes(self) -> bool:
        return self.belongs or self.coordinates

    @act("see who looked at this circle")
    def see_who_looked(self) -> bool:
        return self.coordinates or self.leads

    @act("see the core member's MAPPA details")
    def see_management(self) -> bool:
        return self.coordinates or self.leads

    @act("open or end this circle's goals")
    def change_goals(self) -> bool:
        return self.coordinates or self.leads

    @act("agree actions in this circle")
    def agree_actions(self) -> bool:
        return self.belongs or self.coordinates

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


class ActionAccess(CircleAccess):
    """Acts on one action; the circle's facts, asked of the action's circle."""

    def __init__(self, by: User, action: Action) -> None:
        super().__init__(by, action.circle)
        self.action = action

    @act("say what came of this action")
    def settle(self) -> bool:
        """The coordinator; a volunteer of their own, and of the core member's, who has no login."""
        if not self.belongs or self.coordinates:
            return self.coordinates
        mine = self.action.volunteer is not None and self.action.volunteer.user_id == self.by.pk
        return mine or self.action.owner == Action.Owner.CORE_MEMBER


class MeetingAccess(CircleAccess):
    """Acts on one meeting; the circle's facts, asked of the meeting's circle."""

    def __init__(self, by: User, meeting: Meeting) -> None:
        super().__init__(by, meeting.circle)
        self.meeting = meeting

    @act("approve or return these minutes")
    def approve(self) -> bool:
        return self.coordinates or self.leads

    @act("read the volunteers' debrief")
    def read_debrief(self) -> bool:
        """The coordinator's, and the writers' while they write (domain.md 1.7)."""
        return self.coordinates

    @act("print this meeting's log on paper")
    def print_log(self) -> bool:
        """The coordinator, and whoever takes the minutes (domain.md 0.2, fact 19)."""
        taker = self.meeting.minute_taker
        return self.coordinates or (self.belongs and (taker is None or taker.user_id == self.by.pk))

    @act("add to these minutes")
    def add_addendum(self) -> bool:
        return self.belongs or self.coordinates


class OpeningAccess(Access):
    """Opening a new circle for a core member."""

    by: User

    @act("open a circle")
    def open_circle(self) -> bool:
        return self.by.has_role(Role.COORDINATOR) or self.by.has_role(Role.MANAGER)
