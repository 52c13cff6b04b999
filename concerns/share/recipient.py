"""Whom a share goes to: a contact somebody has rung in the last ninety days, their duty desk, or somebody written down.

A share to a contact nobody has verified is stopped, and the duty desk offered (domain.md 2.6; 11, scenario 8).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from concerns.concern.models import Concern
from concerns.share.choices import Method
from concerns.share.models import Share
from core.errors import Refused
from core.names import is_same_name
from core.worktime import LONDON
from offenders.contact.models import Contact
from offenders.secure_domain.operations import require_secure

DESK = "Duty desk"


@dataclass(frozen=True)
class Written:
    """Somebody written down by hand, who is nobody's contact."""

    name: str = ""
    role: str = ""
    agency: str = ""
    account: User | None = None
    mail: str = ""


def facts_of_recipient(
    concern: Concern, *, contact: Contact | None, to_desk: bool, written: Written, method: Method, at: datetime
) -> dict[str, object]:
    """The share's fields that say whom it goes to. Raises Refused where nobody may be told like that."""
    if contact is None:
        facts = of_somebody(concern, written)
    elif to_desk:
        facts = of_desk(contact, written)
    else:
        facts = of_contact(contact, written, at=at)
    if method == Method.HERE and facts["recipient"] is None:
        raise Refused("Choose somebody with an account to read it here, or another way.", field="recipient")
    if method == Method.SECURE_MAIL:
        require_secure(str(facts["recipient_mail"]), field="recipient_mail")
    else:
        facts["recipient_mail"] = ""
    return facts


def of_contact(contact: Contact, written: Written, *, at: datetime) -> dict[str, object]:
    require_verified(contact, at=at)
    return {
        "contact": contact,
        "to_desk": False,
        "recipient": contact.account,
        "recipient_name": contact.name,
        "recipient_role": contact.role,
        "recipient_agency": contact.agency.name,
        "recipient_mail": contact.secure_mail or written.mail,
    }


def of_desk(contact: Contact, written: Written) -> dict[str, object]:
    if not contact.duty_desk:
        raise Refused("No duty desk is written down for this agency. Ring them, and add one on his page.", field="to")
    return {
        "contact": contact,
        "to_desk": True,
        "recipient": None,
        "recipient_name": contact.duty_desk,
        "recipient_role": DESK,
        "recipient_agency": contact.agency.name,
        "recipient_mail": written.mail,
    }


def of_somebody(concern: Concern, written: Written) -> dict[str, object]:
    """Somebody who is no contact of his: else the check of the contact would be walked round."""
    for field, value in (("name", written.name), ("role", written.role), ("agency", written.agency)):
        if not value.strip():
            raise Refused(f"Choose whom above, or write their {field}.", field=f"recipient_{field}")
    contacts = Contact.objects.current().filter(core_member=concern.circle.core_member_id)
    same_name = any(is_same_name(contact.name, written.name) for contact in contacts)
    same_account = contacts.filter(account=written.account) if written.account is not None else contacts.none()
    if same_name or same_account.exists():
        raise Refused("This is a contact of his. Choose them in the list above.", field="to")
    return {
        "contact": None,
        "to_desk": False,
        "recipient": written.account,
        "recipient_name": written.name.strip(),
        "recipient_role": written.role.strip(),
        "recipient_agency": written.agency.strip(),
        "recipient_mail": written.mail,
    }


def require_verified(contact: Contact, *, at: datetime) -> None:
    """Raise Refused, in words that say what to do, unless somebody has rung within ninety days."""
    why = contact.why_not_told_on(at.astimezone(LONDON).date())
    if not why:
        return
    desk = f"Tell the duty desk instead ({contact.duty_desk}), or ring" if contact.duty_desk else "Ring"
    raise Refused(f"{why} {desk} first, and say so on his page.", field="to")


def require_still_verified(share: Share, *, at: datetime) -> None:
    """The same at the moment it goes: a contact can run out while a share waits for its second reader."""
    if share.contact is not None and not share.to_desk:
        require_verified(share.contact, at=at)
