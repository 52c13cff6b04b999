"""Add a contact to ring about a core member, verify the number by ringing it, and end the contact."""

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
) -> Contact:
    """Name a practitioner to ring. The number is not verified yet: `verify_contact` is a separate act."""
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    number = stored_number_of(telephone)
    if number is None:
        raise Refused("Write the number as you dial it, such as 01480 456111 ext 12.", field="telephone")
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
        account=account,
        added_at=at,
        added_by=by,
    )
    write_entry(Act.COLLECTED, contact, by=by, at=at)
    return contact


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
