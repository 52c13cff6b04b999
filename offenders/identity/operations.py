"""Write down who somebody is, reveal it, and look for a person by name or number."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.keyring import CannotOpen, get_keyring
from core.names import letters_of
from core.worktime import LONDON
from offenders.identity.access import FindingAccess, IdentityAccess, IdentityHolder
from offenders.identity.match_operations import note_matches
from offenders.identity.matching import holders_of, identities_that_match
from offenders.identity.models import Identity, IdentityIndex
from offenders.identity.particulars import Particulars, indexes_of
from offenders.identity.sealing import SEALED_FIELDS, open_particulars, seal_particulars

logger = logging.getLogger(__name__)

DOES_NOT_OPEN = (
    "This name cannot be opened: the keys are not those it was sealed with, or the record was changed. Nothing is "
    "shown. The status page is red until a technician has put the right keys back. Until then ask for the paper file."
)


class Reason(models.TextChoices):
    """Why somebody reveals a name. The trail keeps it, so it is chosen and not written."""

    CONCERN = "concern", "To act on a concern about him"
    CHECK = "check", "To make sure that he is the right person"
    REACH = "reach", "To reach him, or to write to him"
    AGENCY = "agency", "An agency that works with him asks"
    CORRECT = "correct", "To put right what is written"


def lock_holder(holder: IdentityHolder) -> Any:
    """The record as it is now, locked, and its identity with it: two records may have the same one."""
    rows: Any = type(holder)
    locked = rows.objects.select_for_update(of=("self",)).get(pk=holder.pk)
    if locked.identity is not None:
        locked.identity = Identity.objects.select_for_update(of=("self",)).get(pk=locked.identity.pk)
    return locked


@transaction.atomic
def write_identity(holder: IdentityHolder, particulars: Particulars, *, by: User, at: datetime) -> Identity:
    """Seal who this is, as a whole, under a new data key, and index it. What was written before is gone."""
    record = lock_holder(holder)
    IdentityAccess(by, record).require(IdentityAccess.write)
    if not letters_of(particulars.surname):
        raise Refused("Write the surname in letters.", field="surname")
    keyring, is_new = get_keyring(), record.identity is None
    identity = record.identity or Identity()
    if identity.erased_at is not None:
        raise Refused("This name was erased for ever. Nothing can be written in its place.")
    seal_particulars(identity, particulars, keyring)
    identity.written_at, identity.written_by, identity.unreadable_at = at, by, None
    if is_new:
        identity.save(force_insert=True)
        record.identity = identity
        record.save(update_fields=["identity"])
    else:
        identity.save(update_fields=[*SEALED_FIELDS, "written_at", "written_by", "unreadable_at"])
        IdentityIndex.objects.filter(identity=identity).delete()
    digests = indexes_of(particulars, keyring)
    IdentityIndex.objects.bulk_create(IdentityIndex(identity=identity, digest=digest) for digest in sorted(digests))
    write_entry(Act.COLLECTED if is_new else Act.ALTERED, record, by=by, at=at, note="identity written down")
    note_matches(identity, digests, keyring, by=by, at=at)
    return identity


def reveal_identity(
    holder: IdentityHolder, *, by: User, at: datetime, reason: Reason, through: str = ""
) -> Particulars:
    """Open who this is for one answer, with a line in the trail. `through` is the concern that gives the leave.

    The page asks for a second factor first. What does not open is noted and raises the alarm; nothing is shown.
    """
    with transaction.atomic():
        IdentityAccess(by, holder).require(IdentityAccess.reveal)
        identity = _identity_to_open(holder)
        try:
            particulars = open_particulars(identity, get_keyring())
        except CannotOpen:
            particulars = None
            _note_unreadable(identity, holder, by=by, at=at)
        else:
            note = f"{reason.label} {through}".strip()
            write_entry(Act.REVEALED, holder, by=by, at=at, recipient=by.reference, note=note)
            _tell_coordinator(holder, by=by, at=at)
    if particulars is None:
        raise Refused(DOES_NOT_OPEN)
    return particulars


def _identity_to_open(holder: IdentityHolder) -> Identity:
    if holder.identity is None:
        raise Refused("Nobody has written down yet who this is. Ask the coordinator.")
    if holder.identity.erased_at is not None:
        raise Refused("This name was erased for ever. Nobody can show it.")
    return holder.identity


def _note_unreadable(identity: Identity, holder: IdentityHolder, *, by: User, at: datetime) -> None:
    """Turn the status red until this identity opens again or is written anew."""
    logger.critical("an identity does not open", extra={"of": holder.reference})
    identity.unreadable_at = at
    identity.save(update_fields=["unreadable_at"])
    write_entry(Act.REFUSED_ACT, holder, by=by, at=at, note="its identity did not open")


def _tell_coordinator(holder: IdentityHolder, *, by: User, at: datetime) -> None:
    """Tell the coordinator, once a day for each person of an agency, that the name was revealed."""
    if not by.works_for_an_agency or not holder.coordinator.is_active:
        return
    queue_alert(
        key=f"{holder.reference}:revealed:{by.reference}:{at.astimezone(LONDON).date()}",
        to=[holder.coordinator],
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        link=holder.get_absolute_url(),
        at=at,
    )
    nudge()


@dataclass(frozen=True)
class PersonSearch:
    """A search for a person, as the trail names it: by what, and never for whom."""

    reference: str
    audit_kind: str = "search"


@transaction.atomic
def find_person(
    *, by: User, at: datetime, name: str = "", born_on: date | None = None, number: str = ""
) -> list[IdentityHolder]:
    """The records, of those this person may see, with exactly this name and date of birth or exactly this number."""
    FindingAccess(by).require(FindingAccess.find_person)
    found = holders_of(identities_that_match(name=name, born_on=born_on, number=number), by)
    write_entry(Act.CONSULTED, PersonSearch("by number" if number else "by name and date of birth"), by=by, at=at)
    return found
