"""Who may do what with one meeting and its minutes."""

from __future__ import annotations

from functools import cached_property

from accounts.access import Role
from accounts.models import User
from circles.circle.access import CircleAccess
from circles.meeting.models import Attendance, Meeting
from core.access import act


class MeetingAccess(CircleAccess):
    """Acts on one meeting. Facts about the circle are those of the meeting's circle."""

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
        rows = self.meeting.attendance_with_people()
        own = (row for row in rows if row.volunteer is not None and row.volunteer.user_id == self.by.pk)
        return any(row.came != Attendance.Came.NO for row in own)

    @act("approve or return these minutes")
    def approve(self) -> bool:
        return self.coordinates or self.leads

    @act("read what the volunteers tell the coordinator alone: the debrief, gifts and favours, the wish for a call")
    def read_debrief(self) -> bool:
        """The coordinator. While the minutes are a draft, also whoever wrote it (domain.md 1.7).

        To correct one, the data-protection lead opens that answer alone (`PROMISE` in circles/minutes/questions.py).
        """
        return self.coordinates

    @act("print this meeting's log on paper")
    def print_log(self) -> bool:
        """The coordinator, and whoever takes the minutes (domain.md 0, fact 19)."""
        taker = self.meeting.minute_taker
        return self.coordinates or (self.belongs and (taker is None or taker.user_id == self.by.pk))

    @act("take over these minutes")
    def take_over(self) -> bool:
        return self.belongs

    @act("agree with these minutes or add what you saw differently, because only volunteers who were there do")
    def give_assent(self) -> bool:
        return self.was_there and self.belongs

    @act("say that the volunteer was rung")
    def note_called(self) -> bool:
        return self.coordinates

    @act("correct approved minutes, because only a data-protection lead does")
    def correct(self) -> bool:
        return self.by.has_role(Role.DATA_PROTECTION_LEAD)

    @property
    def only_corrects(self) -> bool:
        """Whether this person comes to these minutes for nothing but a correction."""
        return self.correct and not (self.coordinates or self.leads or self.belongs)

    @act("share these minutes with agencies")
    def share_minutes(self) -> bool:
        return self.coordinates or self.leads

    @act("add to these minutes")
    def add_addendum(self) -> bool:
        return self.coordinates or self.belongs
