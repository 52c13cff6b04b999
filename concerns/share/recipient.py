"""The recipient of a share: a contact, a contact's duty desk, or somebody else.

Somebody must have rung the contact in the last ninety days. If not, the share is refused and the duty desk offered
(domain.md 2.6; 11, scenario 8).
"""

from __future__ import annotations

import re
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
from offenders.core_member.wall_models import refuse_walled_off
from offenders.secure_domain.operations import require_secure

DESK = "Duty desk"
DEPUTY_NAME = re.compile(r"[,;:(0-9+]")
"""Where the name of somebody who stands in ends, and their number begins."""


@dataclass(frozen=True)
class OtherRecipient:
    """Somebody who is not a contact of the core member, as typed into the form."""

    name: str = ""
    role: str = ""
    agency: str = ""
    account: User | None = None
    mail: str = ""


def facts_of_recipient(
    concern: Concern,
    *,
    contact: Contact | None,
    to_desk: bool,
    other: OtherRecipient | None,
    method: Method,
    at: datetime,
) -> dict[str, object]:
    """The share's fields about its recipient. Raises Refused where this person may not be told, or not in this way."""
    other = other or OtherRecipient()
    if contact is None:
        facts = _facts_of_other(concern, other, at=at)
    elif to_desk:
        facts = _facts_of_desk(contact, other)
    else:
        facts = _facts_of_contact(contact, other, at=at)
    account = facts["recipient"]
    if isinstance(account, User):
        refuse_walled_off(account, concern.circle.core_member_id, "to" if contact is not None else "recipient")
    if method == Method.HERE and facts["recipient"] is None:
        raise Refused("Choose somebody with an account to read it here, or another way.", field="recipient")
    if method == Method.SECURE_MAIL:
        require_secure(str(facts["recipient_mail"]), field="recipient_mail")
    else:
        facts["recipient_mail"] = ""
    return facts


def _facts_of_contact(contact: Contact, other: OtherRecipient, *, at: datetime) -> dict[str, object]:
    _require_verified(contact, at=at)
    return {
        "contact": contact,
        "to_desk": False,
        "recipient": contact.account,
        "recipient_name": contact.name,
        "recipient_role": contact.role,
        "recipient_agency": contact.agency.name,
        "recipient_mail": contact.secure_mail or other.mail,
    }


def _facts_of_desk(contact: Contact, other: OtherRecipient) -> dict[str, object]:
    if not contact.duty_desk:
        raise Refused("No duty desk is written down for this agency. Ring them, and add one on his page.", field="to")
    return {
        "contact": contact,
        "to_desk": True,
        "recipient": None,
        "recipient_name": contact.duty_desk,
        "recipient_role": DESK,
        "recipient_agency": contact.agency.name,
        "recipient_mail": other.mail,
    }


def _facts_of_other(concern: Concern, other: OtherRecipient, *, at: datetime) -> dict[str, object]:
    """The facts of somebody else. Raises Refused for one of his contacts, whose check could be avoided like this.

    Whoever stands in for a contact is known through the same call: while nobody has rung, they are told nothing either.
    """
    for field, value in (("name", other.name), ("role", other.role), ("agency", other.agency)):
        if not value.strip():
            raise Refused(f"Choose a recipient above, or write their {field}.", field=f"recipient_{field}")
    contacts = Contact.objects.current().filter(core_member=concern.circle.core_member_id)
    same_name = any(is_same_name(contact.name, other.name) for contact in contacts)
    same_account = contacts.filter(account=other.account) if other.account is not None else contacts.none()
    if same_name or same_account.exists():
        raise Refused("This is a contact of his. Choose them in the list above.", field="to")
    for contact in contacts:
        if is_same_name(DEPUTY_NAME.split(contact.deputy, maxsplit=1)[0], other.name):
            _require_verified(contact, at=at)
    return {
        "contact": None,
        "to_desk": False,
        "recipient": other.account,
        "recipient_name": other.name.strip(),
        "recipient_role": other.role.strip(),
        "recipient_agency": other.agency.strip(),
        "recipient_mail": other.mail,
    }


def _require_verified(contact: Contact, *, at: datetime) -> None:
    """Raise Refused, in words that say what to do, unless somebody rang the contact within ninety days."""
    why = contact.reason_not_to_tell_on(at.astimezone(LONDON).date())
    if not why:
        return
    desk = f"Tell the duty desk instead ({contact.duty_desk}), or ring" if contact.duty_desk else "Ring"
    raise Refused(f"{why} {desk} first, and say so on his page.", field="to")


def require_still_verified(share: Share, *, at: datetime) -> None:
    """Check the contact again when the share is sent: ninety days can pass while it waits for approval."""
    if share.contact is not None and not share.to_desk:
        _require_verified(share.contact, at=at)
