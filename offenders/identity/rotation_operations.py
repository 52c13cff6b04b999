"""Seal every data key with the current key of the keyring, in batches, and index anew with the current key of the index."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from audit.models import Act
from audit.trail import write_entry
from core.keyring import CannotOpen, Keyring, get_keyring
from offenders.identity.models import Identity, IdentityIndex, IdentityQuerySet
from offenders.identity.particulars import indexes_of
from offenders.identity.sealing import SEALED_FIELDS, index_check_of, open_data_key, open_particulars, seal_data_key

BATCH = 500


@dataclass
class Rotation:
    """How far a rotation has come. It ends where nothing is left that opens."""

    audit_kind = "identity keys"

    reference: str
    done: int = 0
    unreadable: list[UUID] = field(default_factory=list)


def identities_of_other_keys(keyring: Keyring) -> IdentityQuerySet:
    """The identities whose data key another key sealed, or whose hashes another key of the index made."""
    others = ~Q(key_id=keyring.current) | ~Q(index_check=index_check_of(keyring))
    return Identity.objects.filter(others, erased_at=None)


@transaction.atomic
def rotate_batch(rotation: Rotation, *, at: datetime, size: int = BATCH) -> int:
    """Take the next identities and seal their data keys with the current key. Returns how many it took.

    A run that was broken off goes on where it ended: what is done needs nothing more. One that does not open is marked,
    left as it is, and counted.
    """
    keyring = get_keyring()
    rows = identities_of_other_keys(keyring).exclude(pk__in=rotation.unreadable).order_by("pk")
    batch = list(rows.select_for_update(of=("self",), skip_locked=True)[:size])
    for identity in batch:
        try:
            _rotate(identity, keyring)
        except CannotOpen:
            rotation.unreadable.append(identity.pk)
            identity.unreadable_at = at
            identity.save(update_fields=["unreadable_at"])
        else:
            rotation.done += 1
    if batch:
        write_entry(Act.ALTERED, rotation, by=None, at=at, note=f"{rotation.done} done")
    return len(batch)


def _rotate(identity: Identity, keyring: Keyring) -> None:
    """Seal the data key anew; make the hashes anew if another key made them. The words stay as they are sealed."""
    data_key = open_data_key(identity, keyring)
    if identity.index_check != index_check_of(keyring):
        digests = indexes_of(open_particulars(identity, keyring), keyring)
        IdentityIndex.objects.filter(identity=identity).delete()
        IdentityIndex.objects.bulk_create(IdentityIndex(identity=identity, digest=digest) for digest in sorted(digests))
        identity.index_check = index_check_of(keyring)
    seal_data_key(identity, data_key, keyring)
    identity.save(update_fields=SEALED_FIELDS)
