"""Asks a second person: about an invitation to lead, a leading role, a leader's return, and a new way to sign in."""

from __future__ import annotations

from datetime import datetime

from accounts.access import people_with_role
from accounts.models import Invitation, Proposal, User
from accounts.models.proposal import AGREES, WAITS
from accounts.models.role import Role
from accounts.operations.standing import call_listeners, record_act
from core.errors import Refused


def second_people_for(*, by: User, about: User | None) -> list[User]:
    """Everybody who could agree as the second person, apart from who asks and whom it is about."""
    people = User.objects.none()
    for role in AGREES:
        people = people | people_with_role(role)
    return [person for person in people.order_by("pk") if person != by and person != about]


def needs_second_person(*, by: User, about: User | None = None) -> bool:
    """Whether a second person must agree. If there is nobody to ask, none is needed, or a new service could not grow."""
    return bool(second_people_for(by=by, about=about))


def ask_for_invitation(invitation: Invitation, *, by: User, at: datetime) -> Proposal:
    """Ask a second person about an invitation. It is not sent until they agree."""
    proposal = Proposal.objects.create(invitation=invitation, asked_by=by, asked_at=at, lapses_at=at + WAITS)
    _ask_second_people(proposal, by=by, at=at)
    return proposal


def ask_about_person(
    person: User,
    kind: Proposal.Kind,
    *,
    role: Role | None = None,
    how_checked: str = "",
    by: User,
    at: datetime,
) -> Proposal:
    """Ask a second person about somebody whose row is locked: that they return, get a role or sign in anew."""
    named = role.value if role else ""
    if Proposal.objects.waiting(at).filter(person=person, kind=kind, role=named).exists():
        raise Refused("A second person is asked already. It waits until they agree or refuse.")
    proposal = Proposal.objects.create(
        person=person, kind=kind, role=named, how_checked=how_checked, asked_by=by, asked_at=at, lapses_at=at + WAITS
    )
    record_act("altered", person, by=by, at=at, note=f"{kind.value} asked for" + (f": {named}" if named else ""))
    _ask_second_people(proposal, by=by, at=at)
    return proposal


def _ask_second_people(proposal: Proposal, *, by: User, at: datetime) -> None:
    call_listeners("ON_PROPOSAL", proposal, second_people_for(by=by, about=proposal.person), at=at)
