"""Who may do what with one meeting, its minutes, and asking to swap turns."""

from __future__ import annotations

from functools import cached_property

from accounts.access import Role
from accounts.models import User
from circles.access.circle import CircleAccess
from circles.models import Attendance, Meeting, Membership, MinutesShare, Swap
from core.access import Access, act
from volunteers.models import Volunteer


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

    @cached_property
    def was_there(self) -> bool:
        there = self.meeting.attendance.filter(volunteer__user=self.by)
        return there.exclude(came=Attendance.Came.NO).exists()

    @act("approve or return these minutes")
    def approve(self) -> bool:
        return self.coordinates or self.leads

    @act("read what the volunteers tell the coordinator alone: the debrief, gifts and favours, the wish to be rung")
    def read_debrief(self) -> bool:
        """The coordinator's; while the minutes are written also whoever's who wrote it (domain.md 1.7)."""
        return self.coordinates

    @act("print this meeting's log on paper")
    def print_log(self) -> bool:
        """The coordinator, and whoever takes the minutes (domain.md 0.2, fact 19)."""
        taker = self.meeting.minute_taker
        return self.coordinates or (self.belongs and (taker is None or taker.user_id == self.by.pk))

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

    @act("share these minutes with agencies")
    def share_minutes(self) -> bool:
        return self.coordinates or self.leads

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


class MinutesShareAccess(CircleAccess):
    """Acts on minutes that were sent to somebody; the circle's facts, asked of the meeting's circle."""

    def __init__(self, by: User, share: MinutesShare) -> None:
        super().__init__(by, share.meeting.circle)
        self.share = share

    @cached_property
    def reads_it_here(self) -> bool:
        if self.share.recipient_id != self.by.pk or not self.by.works_for_an_agency:
            return False
        return MinutesShare.objects.sent_to(self.by).filter(pk=self.share.pk).exists()

    @act("say that you have read these minutes, because only whoever they were sent to does")
    def acknowledge_minutes(self) -> bool:
        return self.reads_it_here

    @act("take a copy of what was sent")
    def copy_minutes(self) -> bool:
        return self.reads_it_here or self.coordinates or self.leads

    @act("see how these minutes were sent")
    def see_sending(self) -> bool:
        return self.coordinates or self.leads
