"""Who may do what in a circle."""

from __future__ import annotations

from functools import cached_property

from accounts.access import Role
from accounts.models import User
from circles.models import Circle, Meeting, Membership, Swap
from core.access import Access, act
from volunteers.models import Volunteer

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

    @act("change when this circle meets")
    def schedule(self) -> bool:
        return self.coordinates or self.leads

    @act("write this circle's minutes")
    def write_minutes(self) -> bool:
        return self.belongs or self.coordinates

    @act("see who looked at this circle")
    def see_who_looked(self) -> bool:
        return self.coordinates or self.leads

    @act("see the hours volunteers gave to this circle")
    def see_hours(self) -> bool:
        return self.coordinates or self.leads

    @act("see the core member's MAPPA details")
    def see_management(self) -> bool:
        return self.coordinates or self.leads


class MeetingAccess(CircleAccess):
    """Acts on one meeting; the circle's facts, asked of the meeting's circle."""

    def __init__(self, by: User, meeting: Meeting) -> None:
        super().__init__(by, meeting.circle)
        self.meeting = meeting

    @property
    def takes_minutes(self) -> bool:
        taker = self.meeting.minute_taker
        return taker is not None and taker.user_id == self.by.pk and self.belongs

    @act("say that this meeting was not held")
    def call_off(self) -> bool:
        """Whoever may change the circle's times, and whoever takes the minutes."""
        return self.schedule or self.takes_minutes

    @act("ask somebody to take these minutes in your place")
    def offer_minutes(self) -> bool:
        return self.takes_minutes

    @act("say how long you travelled to this meeting")
    def give_travel(self) -> bool:
        return self.belongs

    @act("approve or return these minutes")
    def approve(self) -> bool:
        return self.coordinates or self.leads

    @act("read the volunteers' debrief")
    def read_debrief(self) -> bool:
        """The coordinator's, and the writers' while they write (domain.md 1.7)."""
        return self.coordinates

    @act("add to these minutes")
    def add_addendum(self) -> bool:
        return self.belongs or self.coordinates


class SwapAccess(Access):
    """Acts on somebody's asking to swap turns."""

    by: User
    record: Swap

    def is_of(self, volunteer: Volunteer) -> bool:
        member = Membership.objects.current().filter(circle=self.record.meeting.circle_id, volunteer=volunteer)
        return volunteer.user_id == self.by.pk and member.exists()

    @act("answer for whoever was asked to take the minutes")
    def answer(self) -> bool:
        return self.is_of(self.record.taker)

    @act("take back what another volunteer asked")
    def withdraw(self) -> bool:
        return self.is_of(self.record.giver)


class FeedAccess(Access):
    """One's own private calendar."""

    by: User

    @act("keep a private calendar")
    def keep_feed(self) -> bool:
        return self.by.has_role(Role.VOLUNTEER) or self.by.has_role(Role.COORDINATOR)


class HoursAccess(Access):
    """One's own hours."""

    by: User

    @act("see hours of your own, which only volunteers have")
    def see_own_hours(self) -> bool:
        return self.by.has_role(Role.VOLUNTEER)


class OpeningAccess(Access):
    """Opening a new circle for a core member."""

    by: User

    @act("open a circle")
    def open_circle(self) -> bool:
        return self.by.has_role(Role.COORDINATOR) or self.by.has_role(Role.MANAGER)
