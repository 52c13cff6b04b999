"""Add a contact to ring about a core member, change one, verify the number by ringing it, and end the contact."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Agency, User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.references import unused_reference
from core.telephones import stored_number_of
from core.worktime import LONDON
from offenders.contact.models import Contact
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import lock_core_member
from offenders.core_member.telling import tell_of_change
from offenders.core_member.wall_models import refuse_walled_off
from offenders.secure_domain.operations import require_secure

REACHED_BY = frozenset({"name", "agency", "telephone", "secure_mail", "account"})
"""Who is reached, and through what. Once one of these is changed, somebody must ring before they are told anything."""


@transaction.atomic
def add_contact(
    core_member: CoreMember,
    *,
    name: str,
    role: str,
    agency: Agency,
    telephone: str,
    by: User,
    at: datetime,
    duty_desk: str = "",
    hours: str = "",
    deputy: str = "",
    secure_mail: str = "",
    account: User | None = None,
    told_by_referrer: bool = False,
) -> Contact:
    """Name a practitioner to ring. The number is not verified yet: `verify_contact` is a separate act."""
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    number = _number_of(telephone)
    if secure_mail.strip():
        require_secure(secure_mail.strip(), field="secure_mail")
    contact = Contact.objects.create(
        reference=unused_reference(Contact, "PC"),
        core_member=core_member,
        name=name.strip(),
        role=role.strip(),
        agency=agency,
        duty_desk=duty_desk.strip(),
        telephone=number,
        hours=hours.strip(),
        deputy=deputy.strip(),
        secure_mail=secure_mail.strip(),
        account=_account_let_through(account, core_member.pk),
        told_by_referrer=told_by_referrer,
        added_at=at,
        added_by=by,
    )
    write_entry(Act.COLLECTED, contact, by=by, at=at)
    return contact


def _number_of(telephone: str) -> str:
    number = stored_number_of(telephone)
    if number is None:
        raise Refused("Write the number as you dial it, such as 01480 456111 ext 12.", field="telephone")
    return number


@transaction.atomic
def change_contact(
    contact: Contact,
    *,
    name: str,
    role: str,
    agency: Agency,
    telephone: str,
    by: User,
    at: datetime,
    duty_desk: str = "",
    hours: str = "",
    deputy: str = "",
    secure_mail: str = "",
    account: User | None = None,
) -> Contact:
    """Write down a new number, mailbox or other particular. What a share would go to must then be rung again."""
    contact = _lock_contact(contact, by=by)
    facts = {
        "name": name.strip(),
        "role": role.strip(),
        "agency": agency,
        "duty_desk": duty_desk.strip(),
        "telephone": _number_of(telephone),
        "hours": hours.strip(),
        "deputy": deputy.strip(),
        "secure_mail": secure_mail.strip(),
        "account": _account_let_through(account, contact.core_member_id),
    }
    changed = {field for field, fact in facts.items() if getattr(contact, field) != fact}
    if not changed:
        raise Refused("That is what is written down now. Change something, or go back.")
    if "secure_mail" in changed and facts["secure_mail"]:
        require_secure(secure_mail, field="secure_mail")
    if changed & REACHED_BY:
        contact.verified_on = contact.verified_by = None
    for field, fact in facts.items():
        setattr(contact, field, fact)
    contact.save(update_fields=[*facts, "verified_on", "verified_by"])
    write_entry(Act.ALTERED, contact, by=by, at=at, note="particulars changed")
    tell_of_change(contact.core_member, f"contact-{contact.pk}", by=by, at=at)
    return contact


def _account_let_through(account: User | None, core_member: int) -> User | None:
    """The contact's account here. Refused where his wall keeps its person out."""
    refuse_walled_off(account, core_member, "account")
    return account


def _lock_contact(contact: Contact, *, by: User) -> Contact:
    """Lock the contact. Refuse one that has ended, and anybody who may not change it."""
    contact = Contact.objects.select_for_update(of=("self",)).select_related("core_member").get(pk=contact.pk)
    CoreMemberAccess(by, contact.core_member).require(CoreMemberAccess.change)
    if contact.ended_at is not None:
        raise Refused("This contact has ended. Add whoever has the work now.")
    return contact


@transaction.atomic
def verify_contact(contact: Contact, *, by: User, at: datetime) -> Contact:
    """Write down that somebody rang today and that the contact or their desk answered. It holds for ninety days."""
    contact = _lock_contact(contact, by=by)
    contact.verified_on, contact.verified_by = at.astimezone(LONDON).date(), by
    contact.save(update_fields=["verified_on", "verified_by"])
    write_entry(Act.ALTERED, contact, by=by, at=at, note="verified")
    return contact


@transaction.atomic
def end_contact(contact: Contact, *, by: User, at: datetime) -> Contact:
    """End a contact: somebody else has the work now."""
    contact = _lock_contact(contact, by=by)
    contact.ended_at, contact.ended_by = at, by
    contact.save(update_fields=["ended_at", "ended_by"])
    write_entry(Act.ALTERED, contact, by=by, at=at, note="ended")
    return contact
