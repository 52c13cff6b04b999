"""When MAPPA meets about him next, and what it asked us to do."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.worktime import LONDON
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import lock_core_member
from offenders.mappa.action_models import MappaAction


@transaction.atomic
def plan_mappa_meeting(core_member: CoreMember, *, meets_on: date | None, by: User, at: datetime) -> CoreMember:
    """Write down the day of the next MAPPA meeting about him, or that none is planned."""
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    if meets_on is not None and meets_on < at.astimezone(LONDON).date():
        raise Refused("That day is over. Give the day of the next one, or leave it empty.", field="meets_on")
    core_member.next_mappa_meeting_on = meets_on
    core_member.save(update_fields=["next_mappa_meeting_on"])
    write_entry(Act.ALTERED, core_member, by=by, at=at, note="next MAPPA meeting")
    return core_member


@transaction.atomic
def add_mappa_action(core_member: CoreMember, *, words: str, due_on: date, by: User, at: datetime) -> MappaAction:
    """Write down one thing that a MAPPA meeting asks us to do, and by when."""
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    if not words.strip():
        raise Refused("Say what we are to do.", field="words")
    action = MappaAction.objects.create(
        core_member=core_member, words=words.strip(), due_on=due_on, added_at=at, added_by=by
    )
    write_entry(Act.COLLECTED, core_member, by=by, at=at, note="MAPPA action")
    return action


@transaction.atomic
def finish_mappa_action(action: MappaAction, *, outcome: str, by: User, at: datetime) -> MappaAction:
    """Say what was done. It stays readable on his MAPPA page."""
    core_member = lock_core_member(action.core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    action = MappaAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if action.done_at is not None:
        raise Refused("Somebody has finished this already. Open the page again to read what was done.")
    if not outcome.strip():
        raise Refused("Say what was done.", field="outcome")
    action.outcome, action.done_at, action.done_by = outcome.strip(), at, by
    action.save(update_fields=["outcome", "done_at", "done_by"])
    write_entry(Act.ALTERED, core_member, by=by, at=at, note="MAPPA action done")
    return action
