"""Say who may, or must not, see a core member whatever their roles, and end that again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.access import Role, people_with_role
from accounts.models import User
from accounts.operations.standing import call_listeners
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from alerts.receipt.operations import reachable_people
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import lock_core_member
from offenders.core_member.telling import tell_of_change
from offenders.core_member.wall_models import WallEntry, is_walled_off, let_through
from offenders.wall.ties import ties_of

ALLOW, DENY = WallEntry.Kind.ALLOW, WallEntry.Kind.DENY
WITH_THE_FIRST = "Has a part in his case, or set the list, when it began."
SELF = "You would shut yourself out. Ask somebody else who leads him to do it."


def _lock_to_set_wall(core_member: CoreMember, *, by: User) -> CoreMember:
    """Lock him. Whoever looks past his wall for half an hour changes nothing of it."""
    core_member = lock_core_member(core_member)
    if is_walled_off(by, core_member.pk):
        raise Refused("His wall does not let you through, so you do not change it. Ask whoever coordinates him.")
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.set_wall)
    return core_member


@transaction.atomic
def add_wall_entry(
    core_member: CoreMember, *, person: User, kind: str, reason: str, by: User, at: datetime
) -> WallEntry:
    """Put somebody on his allow-list or his deny-list, from now.

    While there is an allow-list, only those on it see him, and no more than their roles give. The first entry of one
    puts on it whoever has a part in his case, and whoever sets it.
    """
    core_member = _lock_to_set_wall(core_member, by=by)
    _check_entry(core_member, person, kind, reason, by=by)
    current = WallEntry.objects.current().filter(core_member=core_member)
    begins = kind == ALLOW and not current.filter(kind=ALLOW).exists()
    entry = _write_entry(core_member, person, WallEntry.Kind(kind), reason.strip(), by=by, at=at)
    if begins:
        known = {person.pk, *current.values_list("person", flat=True)}
        others = {tie.person for tie in ties_of(core_member)} | {by}
        for other in sorted(others, key=lambda user: user.pk):
            if other.pk not in known:
                _write_entry(core_member, other, ALLOW, WITH_THE_FIRST, by=by, at=at)
    _require_people_left(core_member, by=by)
    _tell_of_wall(core_member, entry, "begun", by=by, at=at)
    return entry


def _check_entry(core_member: CoreMember, person: User, kind: str, reason: str, *, by: User) -> None:
    if not person.is_active:
        raise Refused("They can no longer sign in, so they see nobody. Choose somebody else.", field="person")
    if kind == DENY and person == by:
        raise Refused("Nobody bars themselves. Ask somebody else who leads him to write it down.", field="person")
    if WallEntry.objects.current().filter(core_member=core_member, person=person).exists():
        raise Refused("They are on one of his lists already. End that entry first.", field="person")
    if not reason.strip():
        raise Refused("Say why, such as “She is his sister.”", field="reason")


def _write_entry(
    core_member: CoreMember, person: User, kind: WallEntry.Kind, reason: str, *, by: User, at: datetime
) -> WallEntry:
    entry = WallEntry.objects.create(
        core_member=core_member, person=person, kind=kind, reason=reason, set_at=at, set_by=by
    )
    act, note = (Act.GRANTED, "put on the allow-list") if kind == ALLOW else (Act.REVOKED, "put on the deny-list")
    write_entry(act, core_member, by=by, at=at, recipient=person.reference, note=note)
    return entry


@transaction.atomic
def end_wall_entry(entry: WallEntry, *, reason: str, by: User, at: datetime) -> WallEntry:
    """Take somebody off his list again. With its last entry the allow-list ends, and his case is seen as roles give it."""
    core_member = _lock_to_set_wall(entry.core_member, by=by)
    entry = WallEntry.objects.select_for_update(of=("self",)).select_related("person").get(pk=entry.pk)
    if entry.ended_at is not None:
        raise Refused("This entry has ended already.")
    if not reason.strip():
        raise Refused("Say why it ends.", field="reason")
    entry.ended_at, entry.ended_by, entry.ended_because = at, by, reason.strip()
    entry.save(update_fields=["ended_at", "ended_by", "ended_because"])
    act, note = (Act.REVOKED, "off the allow-list") if entry.kind == ALLOW else (Act.GRANTED, "off the deny-list")
    write_entry(act, core_member, by=by, at=at, recipient=entry.person.reference, note=note)
    _require_people_left(core_member, by=by)
    _tell_of_wall(core_member, entry, "ended", by=by, at=at)
    return entry


def _require_people_left(core_member: CoreMember, *, by: User) -> None:
    """Refuse a wall that keeps out whoever sets it, whoever has a part in his case, or everybody who could act."""
    if is_walled_off(by, core_member.pk):
        raise Refused(SELF, field="person")
    ties = ties_of(core_member)
    through = User.objects.filter(let_through(core_member.pk))
    seeing = set(through.filter(pk__in={tie.person.pk for tie in ties}).values_list("pk", flat=True))
    for tie in ties:
        if tie.person.pk not in seeing:
            raise Refused(f"{tie.person.full_name} {tie.part}. {tie.first}", field="person")
    leaders = (
        people_with_role(Role.MANAGER) | people_with_role(Role.SAFEGUARDING_LEAD) | people_with_role(Role.DIRECTOR)
    )
    if not reachable_people(leaders.filter(let_through(core_member.pk)), Urgency.IMMEDIATE):
        raise Refused(
            "No manager, safeguarding lead or director would be left who can act on a concern about him and whom a "
            "message reaches. Put one of them on his allow-list first.",
            field="person",
        )
    call_listeners("ON_WALL", core_member)


def _tell_of_wall(core_member: CoreMember, entry: WallEntry, what: str, *, by: User, at: datetime) -> None:
    """Tell whoever coordinates him and the safeguarding leads. Whoever it is about is told nothing."""
    tell_of_change(core_member, f"wall-{entry.pk}-{what}", by=by, at=at)
    leads = people_with_role(Role.SAFEGUARDING_LEAD).filter(let_through(core_member.pk))
    people = {person for person in leads if person not in {by, core_member.coordinator}}
    queue_alert(
        key=f"{core_member.reference}:wall-{entry.pk}-{what}:leads",
        to=sorted(people, key=lambda person: person.pk),
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        about=core_member.pk,
        link=core_member.get_absolute_url(),
        at=at,
    )
    nudge()
