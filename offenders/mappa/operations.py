"""Change a core member's MAPPA category, level or area, and write down what follows for his circle."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import Area, User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.worktime import LONDON
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.change_models import ManagementChange
from offenders.core_member.mappa_models import MappaPeriod
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import lock_core_member
from offenders.core_member.telling import write_change


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
    was, became = (f"category {each.category}, level {each.level}" for each in (current, period))
    kind = ManagementChange.Kind.MAPPA
    write_change(core_member, kind, was=was, became=became, changed_on=changed_on, why=period.why, by=by, at=at)
    return period


def _check_change(current: MappaPeriod, category: int, level: int, changed_on: date, at: datetime) -> None:
    """Something else than now, from a day that has come and is not before the last change."""
    if (category, level) == (current.category, current.level):
        raise Refused("That is what is written down now. Choose another category or level.", field="level")
    if changed_on > at.astimezone(LONDON).date():
        raise Refused("That day has not come yet. Write it down once it holds.", field="changed_on")
    if changed_on < current.from_on:
        raise Refused(f"The last change was on {current.from_on:%-d %B %Y}. Give a later day.", field="changed_on")


@transaction.atomic
def change_area(
    core_member: CoreMember, *, area: Area, changed_on: date, why: str, by: User, at: datetime
) -> ManagementChange:
    """Another area's agencies manage him from a day on. What is open about him goes to the queue of that area."""
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    before = core_member.area
    if area == before:
        raise Refused(f"{area.name} is written down now. Choose another area.", field="area")
    if changed_on > at.astimezone(LONDON).date():
        raise Refused("That day has not come yet. Write it down once it holds.", field="changed_on")
    if not why.strip():
        raise Refused("Say why, such as “He moved to Norwich.”", field="why")
    core_member.area = area
    core_member.save(update_fields=["area"])
    write_entry(Act.ALTERED, core_member, by=by, at=at, note="MAPPA area changed")
    return write_change(
        core_member,
        ManagementChange.Kind.AREA,
        was=before.name,
        became=area.name,
        was_area=before,
        became_area=area,
        changed_on=changed_on,
        why=why.strip(),
        by=by,
        at=at,
    )


@transaction.atomic
def answer_change(change: ManagementChange, *, answer: str, by: User, at: datetime) -> ManagementChange:
    """Say what follows for the circle from a change: whether the volunteers were told, and the plan adjusted."""
    core_member = lock_core_member(change.core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    change = ManagementChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.answered_at is not None:
        raise Refused("Somebody has answered this already. Open his page again to read it.")
    if not answer.strip():
        raise Refused("Say what follows for the circle, even if it is nothing.", field="answer")
    change.answer, change.answered_at, change.answered_by = answer.strip(), at, by
    change.save(update_fields=["answer", "answered_at", "answered_by"])
    write_entry(Act.ALTERED, core_member, by=by, at=at, note=f"change of {change.kind} answered")
    return change
