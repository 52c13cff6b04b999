"""Who may do what in a circle."""

from __future__ import annotations

from functools import cached_property

from accounts.access import Role
from accounts.models import User
from circles.models import Attendance, Circle, Meeting, Membership
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


class MeetingAccess(CircleAccess):
    """Acts on one meeting; the circle's facts, asked of the meeting's circle."""

    def __init__(self, by: User, meeting: Meeting) -> None:
        super().__init__(by, meeting.circle)
        self.meeting = meeting

    @cached_property
    def was_there(self) -> bool:
        there = self.meeting.attendance.filter(volunteer__user=self.by)
        return there.exclude(came=Attendance.Came.NO).exists()

    @act("approve or return these minutes")
    def approve(self) -> bool:
        return self.coordinates or self.leads

    @act("read the volunteers' debrief")
    def read_debrief(self) -> bool:
        """The coordinator's, and the writers' while they write (domain.md 1.7)."""
        return self.coordinates

    @act("take over these minutes")
    def take_over(self) -> bool:
        return self.belongs

    @act("agree with these minutes or add what you saw differently, because only volunteers who were there do")
    def give_assent(self) -> bool:
        return self.belongs and self.was_there

    @act("say that the volunteer was rung")
    def note_called(self) -> bool:
        return self.coordinates

    @act("correct approved minutes, because only a data-protection lead does")
    def correct(self) -> bool:
        return self.by.has_role(Role.DATA_PROTECTION_LEAD)

    @act("add to these minutes")
    def add_addendum(self) -> bool:
        return self.belongs or self.coordinates


class OpeningAccess(Access):
    """Opening a new circle for a core member."""

    by: User

    @act("open a circle")
    def open_circle(self) -> bool:
        return self.by.has_role(Role.COORDINATOR) or self.by.has_role(Role.MANAGER)


class TaxonomyAccess(Access):
    """The words minutes are sorted by."""

    by: User

    @act("change the words minutes are sorted by")
    def change_taxonomy(self) -> bool:
        return self.by.has_role(Role.MANAGER)
