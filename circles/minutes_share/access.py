"""Who may do what with minutes that were sent to somebody."""

from __future__ import annotations

from functools import cached_property

from accounts.models import User
from circles.circle.access import CircleAccess
from circles.minutes_share.models import MinutesShare
from core.access import act


class MinutesShareAccess(CircleAccess):
    """Acts on minutes that were sent to somebody. Facts about the circle come from the meeting's circle."""

    def __init__(self, by: User, share: MinutesShare) -> None:
        super().__init__(by, share.meeting.circle)
        self.share = share

    @cached_property
    def reads_it_here(self) -> bool:
        """Whether they were sent to this person, who may still open them here."""
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
