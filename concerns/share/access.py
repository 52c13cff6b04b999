"""Who may do what with a share."""

from __future__ import annotations

from functools import cached_property

from accounts.models import User
from concerns.concern.access import ConcernAccess
from concerns.share.models import Share
from core.access import Access, act


class ShareAccess(Access):
    """A share belongs to the charity; its recipient may read it and answer it."""

    by: User
    record: Share

    @cached_property
    def is_ours(self) -> bool:
        return ConcernAccess(self.by, self.record.concern).share

    @cached_property
    def was_sent_it(self) -> bool:
        """Whether it was sent to this person, who may still read it."""
        if self.record.recipient_id != self.by.pk:
            return False
        return Share.objects.sent_to(self.by).filter(pk=self.record.pk).exists()

    @act("read how this share came about")
    def read_story(self) -> bool:
        return self.is_ours

    @act("approve what an agency is told, because its author may not")
    def approve(self) -> bool:
        return self.is_ours and self.record.proposed_by_id != self.by.pk

    @act("send this, or decide not to")
    def send(self) -> bool:
        return self.is_ours

    @act("say that the agency has this")
    def acknowledge(self) -> bool:
        return self.is_ours or self.was_sent_it

    @act("write to the charity about this, which was not sent to you")
    def write(self) -> bool:
        return self.was_sent_it

    @act("take a copy of this")
    def take_copy(self) -> bool:
        return self.is_ours or self.was_sent_it
