"""Asking a second person: inviting somebody who will lead, and letting one return, takes two."""

from __future__ import annotations

from datetime import datetime

from accounts.access import people_in
from accounts.models import Invitation, Proposal, User
from accounts.models.proposal import AGREES, WAITS
from accounts.operations.standing import call_listeners, record_act
from core.errors import Refused


def second_people(*, by: User, about: User | None) -> list[User]:
    """Everybody who could agree to what this person asks for."""
    found = User.objects.none()
    for role in AGREES:
        found = found | people_in(role)
    return [each for each in found.order_by("pk") if each != by and each != about]


def needs_second(*, by: User, about: User | None = None) -> bool:
    """Whether there is anybody to ask. A service with one manager alone could otherwise never grow."""
    return bool(second_people(by=by, about=about))


def ask_for_invitation(invitation: Invitation, *, by: User, at: datetime) -> Proposal:
    """Nothing is sent until somebody else agrees."""
    proposal = Proposal.objects.create(invitation=invitation, asked_by=by, asked_at=at, lapses_at=at + WAITS)
    ask_second(proposal, by=by, at=at)
    return proposal


def ask_for_return(person: User, *, by: User, at: datetime) -> Proposal:
    """The person, whose row is locked, returns once somebody else agrees."""
    if Proposal.objects.waiting(at).filter(person=person).exists():
        raise Refused("A second person is asked already. It waits until they agree or refuse.")
    proposal = Proposal.objects.create(person=person, asked_by=by, asked_at=at, lapses_at=at + WAITS)
    record_act("altered", person, by=by, at=at, note="return asked for")
    ask_second(proposal, by=by, at=at)
    return proposal


def ask_second(proposal: Proposal, *, by: User, at: datetime) -> None:
    call_listeners("ON_PROPOSAL", proposal, second_people(by=by, about=proposal.person), at=at)
