"""Who may do what with a meeting place."""

from __future__ import annotations

from functools import cached_property

from accounts.models import User
from circles.circle.models import Circle
from circles.venue.models import Venue
from core.access import Access, act


class VenueAccess(Access):
    """Acts on one meeting place."""

    by: User
    record: Venue

    @cached_property
    def meets_there(self) -> bool:
        return (
            Circle.objects.coordinated_by(self.by.pk).filter(venue=self.record).exclude(status__in=Circle.OVER).exists()
        )

    @act("choose this place, which another coordinator keeps; a manager may")
    def choose(self) -> bool:
        return Venue.objects.visible_to(self.by).filter(pk=self.record.pk).exists()

    @act("read this place's address")
    def see_address(self) -> bool:
        return self.record.coordinator_id == self.by.pk or self.meets_there

    @act("change this place")
    def change(self) -> bool:
        return self.see_address
