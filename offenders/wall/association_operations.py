"""Write down that two core members must not meet, and end that again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.rows import only_row_of
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.models import CoreMember
from offenders.core_member.telling import tell_of_change
from offenders.wall.models import NonAssociation


@transaction.atomic
def note_non_association(
    core_member: CoreMember, *, reference: str, reason: str, by: User, at: datetime
) -> NonAssociation:
    """These two must not meet, from now. Both their coordinators are told."""
    other = only_row_of(CoreMember.objects.visible_to(by).filter(reference=reference))
    if other is None:
        raise Refused("You see no core member of this reference. Check it, or ask a manager to do this.", "reference")
    if other.pk == core_member.pk:
        raise Refused("That is himself. Write the reference of the other.", field="reference")
    if not reason.strip():
        raise Refused("Say why, such as “They were in one prison wing, and it came to blows.”", field="reason")
    first, second = _lock_both(core_member, other, by=by)
    if NonAssociation.objects.current().filter(first=first, second=second).exists():
        raise Refused("It is written down already that they must not meet.", field="reference")
    pair = NonAssociation.objects.create(first=first, second=second, reason=reason.strip(), noted_at=at, noted_by=by)
    _note_of_both(pair, "must not meet somebody", "apart", by=by, at=at)
    return pair


@transaction.atomic
def end_non_association(pair: NonAssociation, *, reason: str, by: User, at: datetime) -> NonAssociation:
    """They may meet again. The pair stays on record, with its days."""
    _lock_both(pair.first, pair.second, by=by)
    pair = NonAssociation.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=pair.pk)
    if pair.ended_at is not None:
        raise Refused("This has ended already.")
    if not reason.strip():
        raise Refused("Say who told you that they may meet, and why.", field="reason")
    pair.ended_at, pair.ended_by, pair.ended_because = at, by, reason.strip()
    pair.save(update_fields=["ended_at", "ended_by", "ended_because"])
    _note_of_both(pair, "may meet somebody again", "together", by=by, at=at)
    return pair


def _lock_both(one: CoreMember, other: CoreMember, *, by: User) -> list[CoreMember]:
    """Lock the two, in the order of their keys. Refused where this person does not lead the case of both."""
    rows = CoreMember.objects.visible_to(by).select_for_update(of=("self",)).filter(pk__in=[one.pk, other.pk])
    pair = list(rows.order_by("pk"))
    if len(pair) < len({one.pk, other.pk}):
        raise Refused("You do not see both any more. Ask a manager to do this.")
    for core_member in pair:
        CoreMemberAccess(by, core_member).require(CoreMemberAccess.set_wall)
    return pair


def _note_of_both(pair: NonAssociation, note: str, what: str, *, by: User, at: datetime) -> None:
    """A line in the trail of each, which does not name the other, and an alert to whoever coordinates each."""
    for core_member in (pair.first, pair.second):
        write_entry(Act.ALTERED, core_member, by=by, at=at, note=note)
        tell_of_change(core_member, f"{what}-{pair.pk}", by=by, at=at)
