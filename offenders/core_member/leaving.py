"""Hands over a person's core members when their account ends."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from accounts.access import Role, people_with_role, successor_of
from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from offenders.core_member.models import CoreMember
from offenders.core_member.wall_models import let_through, people_let_through


def hand_over_core_members(person: User, *, by: User, at: datetime) -> None:
    """Give this person's core members to the manager who takes over, and remove the person as a practitioner or deputy.

    A deputy takes over from the practitioner they stood in for.

    Accounts calls it in the transaction that ends the account (settings.ON_LEAVING).
    """
    _give_to_successor(person, by=by, at=at, why="coordinator left")
    theirs = Q(practitioner=person) | Q(deputy_practitioner=person)
    for core_member in CoreMember.objects.select_for_update(of=("self",)).filter(theirs):
        if core_member.practitioner_id == person.pk:
            core_member.practitioner = core_member.deputy_practitioner
        core_member.deputy_practitioner = None
        core_member.save(update_fields=["practitioner", "deputy_practitioner"])
        write_entry(Act.REVOKED, core_member, by=by, at=at, recipient=person.reference, note="practitioner left")


def hand_over_with_role(person: User, role: Role, *, by: User, at: datetime) -> None:
    """Whoever somebody coordinates goes to a manager when they lose the coordinator's role.

    Called by accounts, in the transaction that takes the role (settings.ON_ROLE_TAKEN).
    """
    if role is Role.COORDINATOR:
        _give_to_successor(person, by=by, at=at, why="no longer a coordinator")


def successor_through_wall(person: User, core_member: int, *, by: User) -> User | None:
    """Who takes over a core member, or his circle, from somebody who leaves: never a person whom his wall keeps out."""
    successor = successor_of(person, by=by)
    if successor is None or people_let_through(core_member, [successor]):
        return successor
    for role in (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR):
        others = people_with_role(role).exclude(pk=person.pk).filter(let_through(core_member))
        other: User | None = others.order_by("pk").first()
        if other is not None:
            return other
    raise Refused("Not everything they coordinate can go to a manager. Ask them to give their circles to others first.")


def _give_to_successor(person: User, *, by: User, at: datetime, why: str) -> None:
    for core_member in CoreMember.objects.select_for_update(of=("self",)).filter(coordinator=person):
        successor = successor_through_wall(person, core_member.pk, by=by)
        if successor is None:
            return
        core_member.coordinator = successor
        core_member.save(update_fields=["coordinator"])
        write_entry(Act.GRANTED, core_member, by=by, at=at, recipient=successor.reference, note=why)
