"""Who may do what to a volunteer's file."""

from __future__ import annotations

from accounts.access import Role
from accounts.models import User
from core.access import Access, act
from volunteers.volunteer.models import Volunteer

MANAGES_VOLUNTEERS = (Role.COORDINATOR, Role.MANAGER)


class VolunteerAccess(Access):
    by: User
    record: Volunteer

    @property
    def manages(self) -> bool:
        return any(self.by.has_role(role) for role in MANAGES_VOLUNTEERS)

    @act("approve a volunteer")
    def approve_volunteer(self) -> bool:
        return self.manages

    @act("place a volunteer in a circle")
    def place(self) -> bool:
        return self.manages or self.by.has_role(Role.SAFEGUARDING_LEAD)

    @act("pause a volunteer")
    def pause(self) -> bool:
        return self.manages

    @act("bring back a volunteer who paused or left")
    def bring_back(self) -> bool:
        return self.manages

    @act("write down a volunteer's checks")
    def record_checks(self) -> bool:
        """Nobody writes down their own checks."""
        return self.manages and self.record.user_id != self.by.pk

    @act("record that a volunteer has left")
    def leave(self) -> bool:
        return self.manages
