"""Who may change what the charity keeps for all its circles: places, programmes, agreements, words."""

from __future__ import annotations

from functools import cached_property

from accounts.access import Role
from accounts.models import User
from circles.access.circle import LEADS
from circles.models import Circle, Venue
from core.access import Access, act


class VenueAccess(Access):
    """Acts on one meeting place."""

    by: User
    record: Venue

    @cached_property
    def meets_there(self) -> bool:
        return Circle.objects.filter(coordinator=self.by, venue=self.record).exclude(status__in=Circle.OVER).exists()

    @act("choose this place, which another coordinator keeps; a manager may")
    def choose(self) -> bool:
        return Venue.objects.visible_to(self.by).filter(pk=self.record.pk).exists()

    @act("read this place's address")
    def see_address(self) -> bool:
        return self.record.coordinator_id == self.by.pk or self.meets_there

    @act("change this place")
    def change(self) -> bool:
        return self.see_address


class RegisterAccess(Access):
    """What the charity keeps for all its circles."""

    by: User

    @act("see the meeting places")
    def see_venues(self) -> bool:
        return self.by.has_role(Role.COORDINATOR) or any(self.by.has_role(role) for role in LEADS)

    @act("add a meeting place")
    def add_venue(self) -> bool:
        return self.by.has_role(Role.COORDINATOR)

    @act("change the programmes")
    def keep_programmes(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("keep the sharing agreements")
    def keep_sharing(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("publish a new text of the circles' agreement")
    def publish_agreement(self) -> bool:
        return self.by.has_role(Role.MANAGER)


class TaxonomyAccess(Access):
    """The words minutes are sorted by."""

    by: User

    @act("change the words minutes are sorted by")
    def change_taxonomy(self) -> bool:
        return self.by.has_role(Role.MANAGER)
