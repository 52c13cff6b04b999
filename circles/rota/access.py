"""Who may answer or withdraw a request to swap turns."""

from __future__ import annotations

from accounts.models import User
from circles.circle.models import Membership
from circles.rota.models import Swap
from core.access import Access, act
from volunteers.volunteer.models import Volunteer


class SwapAccess(Access):
    """Acts on one request to swap turns."""

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
