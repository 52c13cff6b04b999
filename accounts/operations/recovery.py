"""Operations for somebody who lost their telephone and their recovery codes: two people let them sign in anew.

One person makes sure who it is and asks; another agrees. Then every way to sign in ends, and a link to the same account
goes to its address. Roles, circles and history stay.
"""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.access import AccountsAccess
from accounts.models import Change, Invitation, Proposal, User
from accounts.operations.invitation import NO_LONGER, send_recovery_link
from accounts.operations.second_person import ask_about_person, needs_second_person
from accounts.operations.standing import note_change
from accounts.sessions import end_sessions_of
from accounts.signing import give_up
from core.errors import Refused

NOBODY_AGREES = (
    "Nobody else could agree: no other manager, safeguarding lead or director can sign in. Whoever runs the machine can "
    "help: “manage.py recover”."
)


@transaction.atomic
def ask_for_recovery(person: User, *, how_checked: str, by: User, at: datetime) -> Proposal:
    """Ask a second person to let somebody sign in anew. The person is told at once: it may not have been them."""
    person = User.objects.select_for_update().get(pk=person.pk)
    AccountsAccess(by, person).require(AccountsAccess.recover)
    if not person.is_active:
        raise Refused(f"{person.full_name} cannot sign in now. Let them return first.")
    if not how_checked.strip():
        raise Refused("Write how you made sure that it is this person.", field="how_checked")
    if not needs_second_person(by=by, about=person):
        raise Refused(NOBODY_AGREES)
    proposal = ask_about_person(person, Proposal.Kind.RECOVERY, how_checked=how_checked.strip(), by=by, at=at)
    note_change(person, Change.RECOVERY_ASKED, by=by, at=at)
    return proposal


def recover_person(person: User, *, by: User | None, at: datetime, asked_by: User | None = None) -> str:
    """End every way to sign in of a person whose row is locked, and send the link. Returns the link.

    The password ends too: alone it would let in whoever knows it, and they would add a second factor of their own.
    """
    if not person.is_active:
        raise Refused(f"{person.full_name} cannot sign in now. Let them return first.")
    for factor in Authenticator.objects.filter(user=person).defer("data"):
        give_up(factor)
    person.set_unusable_password()
    person.devices_ended_at = at
    person.save(update_fields=["password", "devices_ended_at"])
    end_sessions_of(person)
    note_change(person, Change.RECOVERED, by=by, at=at, note=f"asked for by {asked_by.reference}" if asked_by else "")
    return send_recovery_link(person, by=by, at=at)


@transaction.atomic
def recover_on_the_machine(*, email: str, at: datetime) -> str:
    """Let somebody sign in anew where nobody could agree, and return the link. Whoever may run commands may do this."""
    person = User.objects.select_for_update().filter(email__iexact=email).first()
    if person is None:
        raise Refused("Nobody has this address.")
    return recover_person(person, by=None, at=at)


@transaction.atomic
def accept_recovery(invitation: Invitation, *, password: str, at: datetime) -> User:
    """Choose a password for the account of before. Whoever has the link may do it, once; a second factor comes next."""
    locked = Invitation.objects.select_for_update(of=("self",)).usable(at).filter(pk=invitation.pk).first()
    if locked is None or locked.person_id is None:
        raise Refused(NO_LONGER)
    person: User = User.objects.select_for_update().get(pk=locked.person_id)
    if not person.is_active:
        raise Refused(NO_LONGER)
    person.set_password(password)
    person.save(update_fields=["password"])
    locked.accepted_at, locked.accepted_by = at, person
    locked.save(update_fields=["accepted_at", "accepted_by"])
    note_change(person, Change.PASSWORD_RESET, by=None, at=at, note=f"by {locked.reference}")
    return person
