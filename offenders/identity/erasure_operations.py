"""Erase a name for ever, by two people: one asks, another agrees. The data key is destroyed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.access import Role, people_with_role
from accounts.models import User
from accounts.operations.standing import call_listeners
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from offenders.identity.access import IdentityAccess, IdentityHolder
from offenders.identity.models import Identity, IdentityIndex, IdentityMatch
from offenders.identity.operations import lock_holder

ASKED = ["erasure_asked_at", "erasure_asked_by"]


def _standing_identity(holder: IdentityHolder) -> Identity:
    """The identity of a record, unless there is none any more."""
    if holder.identity is None or holder.identity.erased_at is not None:
        raise Refused("No name is kept here any more.")
    return holder.identity


@transaction.atomic
def ask_for_erasure(holder: IdentityHolder, *, by: User, at: datetime) -> Identity:
    """Ask that this name be erased. Nothing is erased until another manager or safeguarding lead agrees."""
    holder = lock_holder(holder)
    IdentityAccess(by, holder).require(IdentityAccess.ask_for_erasure)
    identity = _standing_identity(holder)
    if identity.erasure_asked_at is not None:
        raise Refused("It has been asked already. Another manager or safeguarding lead must agree.")
    identity.erasure_asked_at, identity.erasure_asked_by = at, by
    identity.save(update_fields=ASKED)
    write_entry(Act.ALTERED, holder, by=by, at=at, note="asked to erase the identity")
    others = (people_with_role(Role.MANAGER) | people_with_role(Role.SAFEGUARDING_LEAD)).exclude(pk=by.pk).distinct()
    rows: Any = type(holder)
    queue_alert(
        key=f"{holder.reference}:erase:{at.timestamp():.0f}",
        to=[other for other in others if rows.objects.visible_to(other).filter(pk=holder.pk).exists()],
        urgency=Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        link=holder.get_absolute_url(),
        at=at,
    )
    nudge()
    return identity


@transaction.atomic
def keep_identity(holder: IdentityHolder, *, by: User, at: datetime) -> Identity:
    """Take back that this name be erased, or say no to it."""
    holder = lock_holder(holder)
    IdentityAccess(by, holder).require(IdentityAccess.ask_for_erasure)
    identity = _standing_identity(holder)
    if identity.erasure_asked_at is None:
        raise Refused("Nobody asks any more that this name be erased.")
    identity.erasure_asked_at = identity.erasure_asked_by = None
    identity.save(update_fields=ASKED)
    write_entry(Act.ALTERED, holder, by=by, at=at, note="the identity is kept")
    return identity


@transaction.atomic
def erase_identity(holder: IdentityHolder, *, by: User, at: datetime) -> Identity:
    """Destroy the data key, what it sealed, and the hashes. Nobody can read the name again."""
    holder = lock_holder(holder)
    IdentityAccess(by, holder).require(IdentityAccess.erase)
    identity = _standing_identity(holder)
    identity.key_id, identity.sealed_key, identity.sealed = "", None, None
    identity.erased_at, identity.erased_by, identity.unreadable_at = at, by, None
    identity.save(update_fields=["key_id", "sealed_key", "sealed", "erased_at", "erased_by", "unreadable_at"])
    IdentityIndex.objects.filter(identity=identity).delete()
    IdentityMatch.objects.filter(Q(first=identity) | Q(second=identity)).delete()
    write_entry(Act.ERASED, holder, by=by, at=at, note="identity erased")
    call_listeners("ON_IDENTITY_ERASED", holder)
    return identity
