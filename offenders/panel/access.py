"""Who may sit on a panel, and who may give a view there."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import QuerySet

from accounts.access import people_with_role
from accounts.models import User
from core.access import Access, act
from offenders.panel.models import ON_A_PANEL, Seat


class SeatAccess(Access):
    by: User
    record: Seat

    @act("give this view on the panel")
    def give_view(self) -> bool:
        return self.record.person_id == self.by.pk


def people_for_the_panel() -> QuerySet[User]:
    """The people who may be asked onto a panel."""
    either = reduce(or_, (people_with_role(role) for role in ON_A_PANEL))
    return either.select_related("agency").order_by("full_name")
