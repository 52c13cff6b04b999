"""Operations on e-mail addresses: a keeper changes one at once; whoever changes their own confirms the new one first."""

from __future__ import annotations

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.access import AccountsAccess
from accounts.mail import ADDRESS_ASKED, CHANGED, CONFIRM_ADDRESS, INVITED_AGAIN, mail_of, post_mail
from accounts.models import AddressChange, Change, User
from accounts.models.address import CONFIRMED_WITHIN
from accounts.operations.invitation import end_recovery_links, hash_of_token
from accounts.operations.standing import note_change, record_act
from core.errors import Refused

SAME_ADDRESS = "That is the address they have already."
TAKEN = "Somebody with this address has an account already. Look for them among the people."
NO_LONGER_CONFIRMS = (
    "This link was used, or is more than 24 hours old, or a later one was sent. Sign in with the address you had, and "
    "give the new one again."
)


@transaction.atomic
def change_address(person: User, *, email: str, by: User, at: datetime) -> User:
    """Change somebody's address at once, because they cannot: it was mistyped, or they lost the old one."""
    person = User.objects.select_for_update().get(pk=person.pk)
    AccountsAccess(by, person).require(AccountsAccess.change_address)
    if email.lower() == person.email.lower():
        raise Refused(SAME_ADDRESS, field="email")
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(TAKEN, field="email")
    return _write_address(person, email, by=by, at=at)


@transaction.atomic
def ask_for_address(*, email: str, by: User, at: datetime) -> AddressChange | None:
    """Send a link to a new address of one's own. The address counts when the link was pressed, within 24 hours.

    Returns None if another account has the address: the page answers as for any other, and its holder is told by mail.
    """
    person = User.objects.select_for_update().get(pk=by.pk)
    AccountsAccess(by, person).require(AccountsAccess.change_own_address)
    if email.lower() == person.email.lower():
        raise Refused("That is the address you have already.", field="email")
    AddressChange.objects.filter(person=person, confirmed_at=None, withdrawn_at=None).update(withdrawn_at=at)
    note_change(person, Change.ADDRESS_ASKED, by=by, at=at)
    post_mail(mail_of(person.email, ADDRESS_ASKED))
    holder = User.objects.filter(email__iexact=email).first()
    if holder is not None:
        record_act("refused_unseen", holder, by=by, at=at, note="address asked for, and has an account already")
        post_mail(mail_of(holder.email, INVITED_AGAIN, link=settings.SITE_ADDRESS))
        return None
    token = secrets.token_urlsafe(32)
    asked = AddressChange.objects.create(
        person=person,
        email=email.lower(),
        token_hash=hash_of_token(token),
        asked_at=at,
        expires_at=at + CONFIRMED_WITHIN,
    )
    link = settings.SITE_ADDRESS + reverse("accounts:confirm_address", args=[token])
    post_mail(mail_of(asked.email, CONFIRM_ADDRESS, link=link))
    return asked


def find_address_change(token: str, *, at: datetime) -> AddressChange | None:
    """The change that this token confirms; None for one that was used, is too old or unknown."""
    return AddressChange.objects.open(at).filter(token_hash=hash_of_token(token)).first()


@transaction.atomic
def confirm_address(asked: AddressChange, *, at: datetime) -> User:
    """Let the new address count. Whoever presses has its link; the one who asked for it had shown who they are."""
    person = User.objects.select_for_update().get(pk=asked.person_id)
    locked = AddressChange.objects.select_for_update(of=("self",)).open(at).filter(pk=asked.pk).first()
    if locked is None:
        raise Refused(NO_LONGER_CONFIRMS)
    if User.objects.filter(email__iexact=locked.email).exists():
        raise Refused("This address belongs to an account by now. Sign in with the address you had.")
    locked.confirmed_at = at
    locked.save(update_fields=["confirmed_at"])
    return _write_address(person, locked.email, by=person, at=at)


def _write_address(person: User, email: str, *, by: User, at: datetime) -> User:
    """Write the address of a person whose row is locked, and tell the new address and the one of before by mail.

    Links that went to the address of before open nothing any more. Somebody who waits for one asks anew.
    """
    before, person.email = person.email, email.lower()
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    AddressChange.objects.filter(person=person, confirmed_at=None, withdrawn_at=None).update(withdrawn_at=at)
    end_recovery_links(person, by=by, at=at, why="address changed")
    note_change(person, Change.ADDRESS_CHANGED, by=by, at=at)
    for address in (before, person.email):
        post_mail(mail_of(address, CHANGED))
    return person
