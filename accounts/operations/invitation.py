"""Operations on invitations: send one, take it back, accept it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse

from accounts.access import AccountsAccess, people_with_role
from accounts.mail import INVITATION, INVITED_AGAIN, RECOVERY, mail_of, post_mail
from accounts.models import Agency, Area, Change, Invitation, User
from accounts.models.invitation import LASTS
from accounts.models.proposal import WAITS
from accounts.models.role import Role
from accounts.operations.provider import provider_agency
from accounts.operations.second_person import ask_for_invitation, needs_second_person
from accounts.operations.standing import TAKES_TWO_PEOPLE, note_change, record_act
from core.errors import Refused
from core.references import unused_reference

NO_LONGER = "This invitation was used, or is more than 72 hours old. Ask whoever invited you for a new one."


def hash_of_token(token: str) -> str:
    """The hash that is stored of a token. A token has 256 random bits, so one plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_person(
    *, email: str, full_name: str, role: Role, agency: Agency | None, area: Area | None, by: User, at: datetime
) -> Invitation | None:
    """Send somebody a link that works once, for 72 hours. For a leading role it is sent when a second person agrees.

    Returns None if the address has an account that `by` may not see: the page answers as for a new address, its
    holder is told by mail, and nothing else happens.
    """
    may = AccountsAccess(by)
    may.require(AccountsAccess.invite)
    if role not in may.invites:
        raise Refused("You may not invite somebody to this role. Ask a manager.", field="role")
    if not by.has_role(Role.MANAGER) and (agency.pk if agency else None) != by.agency_id:
        raise Refused("You may invite people of your own agency only. Ask a manager.", field="agency")
    if role.is_at_an_agency and (agency is None or agency.kind == Agency.Kind.PROVIDER):
        raise Refused(
            "Whoever has this role works for the police, probation or another agency. Choose it here; if it is missing, "
            "add it on the page Agencies first.",
            field="agency",
        )
    holder = User.objects.filter(email__iexact=email).first()
    if holder is not None and not User.objects.visible_to(by).filter(pk=holder.pk).exists():
        record_act("refused_unseen", holder, by=by, at=at, note="invited, and has an account already")
        post_mail(mail_of(holder.email, INVITED_AGAIN, link=settings.SITE_ADDRESS))
        return None
    _replace_earlier_invitation(email, role, by=by, at=at)
    leads = role in TAKES_TWO_PEOPLE and needs_second_person(by=by)
    invitation, token = write_invitation(
        email=email, full_name=full_name, role=role, agency=agency, area=area, by=by, at=at, waits=leads
    )
    if leads:
        ask_for_invitation(invitation, by=by, at=at)
    else:
        post_mail(mail_of(invitation.email, INVITATION, link=_link_of(token)))
    return invitation


def _replace_earlier_invitation(email: str, role: Role, *, by: User, at: datetime) -> None:
    """End one's own earlier invitation to the same role. Raise Refused for one's own to another role.

    A manager, who sees every account, is also refused for somebody else's. Anybody else is not told of it: both
    invitations stay open, and the one that is accepted first ends the other.
    """
    for earlier in Invitation.objects.select_for_update(of=("self",)).open(at).filter(email__iexact=email):
        if earlier.invited_by_id == by.pk and earlier.role == role:
            _end_invitation(earlier, by=by, at=at, why="sent anew")
        elif earlier.invited_by_id == by.pk or by.has_role(Role.MANAGER):
            whose = "You" if earlier.invited_by_id == by.pk else "Somebody else"
            raise Refused(
                f"{whose} invited this address already, as {earlier.get_role_display().lower()}. "
                "That invitation must be taken back before you send another.",
                field="email",
            )


@transaction.atomic
def correct_invitation(invitation: Invitation, *, email: str, by: User, at: datetime) -> Invitation | None:
    """Send an invitation to the right address: the link to the wrong one stops working, and a new one goes out.

    Whatever needs a second person needs one again, since they agreed to the address as well. Returns None as
    `invite_person` does.
    """
    locked = Invitation.objects.select_for_update(of=("self",)).open(at).filter(pk=invitation.pk).first()
    if locked is None or locked.person_id is not None:
        raise Refused("This invitation was used, taken back, or is too old. Send a new one.")
    AccountsAccess(by, locked).require(AccountsAccess.correct)
    if email.lower() == locked.email:
        raise Refused("That is the address it went to. Write the right one.", field="email")
    _end_invitation(locked, by=by, at=at, why="address put right")
    return invite_person(
        email=email,
        full_name=locked.full_name,
        role=Role(locked.role),
        agency=locked.agency,
        area=locked.area,
        by=by,
        at=at,
    )


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Take an invitation back: its link stops working, and nobody has to agree to it."""
    locked = Invitation.objects.select_for_update(of=("self",)).open(at).filter(pk=invitation.pk).first()
    if locked is None:
        raise Refused("This invitation was used, taken back, or is too old. There is nothing to take back.")
    AccountsAccess(by, locked).require(AccountsAccess.withdraw)
    _end_invitation(locked, by=by, at=at, why="taken back")
    return locked


def _end_invitation(invitation: Invitation, *, by: User | None, at: datetime, why: str) -> None:
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record_act("revoked", invitation, by=by, at=at, note=why)


@transaction.atomic
def invite_first_manager(*, email: str, full_name: str, at: datetime) -> str:
    """Invite the first manager of a service by mail, and return the link. Refused if there is a manager.

    Earlier invitations of a first manager end, so that one sent to a wrong address lets nobody in.
    """
    if people_with_role(Role.MANAGER).exists():
        raise Refused("There is a manager already. Ask them to send the invitation from the People page.")
    for earlier in Invitation.objects.select_for_update(of=("self",)).open(at).filter(invited_by=None):
        _end_invitation(earlier, by=None, at=at, why="sent anew")
    provider = provider_agency()
    invitation, token = write_invitation(
        email=email, full_name=full_name, role=Role.MANAGER, agency=provider, area=None, by=None, at=at
    )
    link = _link_of(token)
    post_mail(mail_of(invitation.email, INVITATION, link=link))
    return link


def write_invitation(
    *,
    email: str,
    full_name: str,
    role: Role,
    agency: Agency | None,
    area: Area | None,
    by: User | None,
    at: datetime,
    waits: bool = False,
) -> tuple[Invitation, str]:
    """Create the invitation, and return it with its token. Only the hash of the token is stored.

    If it waits for a second person (`waits`), it gets a new token when it is sent.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("Somebody with this address has an account already. Look for them among the people.", "email")
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email.lower(),
        full_name=full_name,
        role=role,
        agency=agency,
        area=area,
        token_hash=hash_of_token(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + (WAITS if waits else LASTS),
    )
    note = f"to be {role.value}" + (", once a second person agrees" if waits else "")
    record_act("granted", invitation, by=by, at=at, note=note)
    return invitation, token


def send_invitation(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Send the link of an invitation to which a second person agreed, with a new token and 72 hours from now."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at = hash_of_token(token), at + LASTS
    invitation.save(update_fields=["token_hash", "expires_at"])
    record_act("granted", invitation, by=by, at=at, note=f"agreed: to be {invitation.role}")
    post_mail(mail_of(invitation.email, INVITATION, link=_link_of(token)))


def send_recovery_link(person: User, *, by: User | None, at: datetime) -> str:
    """Send a link with which somebody chooses a new password for their account, and return it. Earlier ones stop working."""
    end_recovery_links(person, by=by, at=at, why="sent anew")
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=person.email,
        full_name=person.full_name,
        person=person,
        token_hash=hash_of_token(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + LASTS,
    )
    record_act("granted", invitation, by=by, at=at, recipient=person.reference, note="to sign in anew")
    post_mail(mail_of(person.email, RECOVERY, link=_link_of(token)))
    return _link_of(token)


def end_recovery_links(person: User, *, by: User | None, at: datetime, why: str) -> None:
    """Let no link that was sent to this person open their account anew."""
    for earlier in Invitation.objects.select_for_update(of=("self",)).open(at).filter(person=person):
        _end_invitation(earlier, by=by, at=at, why=why)


def _link_of(token: str) -> str:
    return settings.SITE_ADDRESS + reverse("accounts:invitation", args=[token])


def find_invitation(token: str, *, at: datetime) -> Invitation | None:
    """The usable invitation of this token; None for one that is used, too old or unknown."""
    return Invitation.objects.usable(at).select_related("person").filter(token_hash=hash_of_token(token)).first()


@transaction.atomic
def accept_invitation(invitation: Invitation, *, full_name: str, first_name: str, password: str, at: datetime) -> User:
    """Create the account of somebody who was invited. Whoever has the link may accept it, once."""
    locked = Invitation.objects.select_for_update(of=("self",)).usable(at).filter(pk=invitation.pk).first()
    if locked is None:
        raise Refused(NO_LONGER)
    if User.objects.filter(email__iexact=locked.email).exists():
        raise Refused("Somebody with this address has an account already. Sign in instead.")
    person = User(
        reference=unused_reference(User, "U"),
        email=locked.email,
        full_name=full_name,
        first_name=first_name,
        agency=locked.agency,
        area=locked.area,
        joined_at=at,
    )
    person.set_password(password)
    person.save()
    person.groups.add(Group.objects.get(name=locked.role))
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    locked.accepted_at, locked.accepted_by = at, person
    locked.save(update_fields=["accepted_at", "accepted_by"])
    for other in Invitation.objects.select_for_update(of=("self",)).open(at).filter(email__iexact=locked.email):
        _end_invitation(other, by=person, at=at, why="another was accepted")
    note_change(person, Change.JOINED, by=person, at=at, note=f"{locked.role}, by invitation {locked.reference}")
    return person
