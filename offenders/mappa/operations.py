"""His MAPPA category or level changes from a day on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.worktime import LONDON
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.mappa_models import MappaPeriod
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import lock_core_member
from offenders.core_member.telling import tell_of_change


@transaction.atomic
def change_mappa(
    core_member: CoreMember, *, category: int, level: int, changed_on: date, why: str, by: User, at: datetime
) -> MappaPeriod:
    """Another category or level from a day on. What held before stays written down; his coordinators are told.

    No concern moves: who is told depends on his area and on who leads, which stay as they are.
    """
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    current = core_member.mappa_periods.current().get()
    _check_change(current, category, level, changed_on, at)
    if not why.strip():
        raise Refused("Say why, such as “The MAPPA meeting of 3 March decided it.”", field="why")
    current.until_on = changed_on
    current.save(update_fields=["until_on"])
    period = MappaPeriod.objects.create(
        core_member=core_member,
        category=category,
        level=level,
        from_on=changed_on,
        why=why.strip(),
        noted_at=at,
        noted_by=by,
    )
    core_member.category, core_member.level = category, level
    core_member.save(update_fields=["category", "level"])
    write_entry(Act.ALTERED, core_member, by=by, at=at, note="MAPPA category or level changed")
    tell_of_change(core_member, "mappa", by=by, at=at)
    return period


def _check_change(current: MappaPeriod, category: int, level: int, changed_on: date, at: datetime) -> None:
    """Something else than now, from a day that has come and is not before the last change."""
    if (category, level) == (current.category, current.level):
        raise Refused("That is what is written down now. Choose another category or level.", field="level")
    if changed_on > at.astimezone(LONDON).date():
        raise Refused("That day has not come yet. Write it down once it holds.", field="changed_on")
    if changed_on < current.from_on:
        raise Refused(f"The last change was on {current.from_on:%-d %B %Y}. Give a later day.", field="changed_on")
