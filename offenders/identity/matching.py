"""Finds identities by their hashes: the same name and date of birth, or the same number. Nothing is opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Max, Min, Q
from django.utils.module_loading import import_string

from accounts.models import User
from core.errors import Refused
from core.keyring import Keyring, get_keyring
from core.names import letters_of
from offenders.identity.access import IdentityHolder
from offenders.identity.models import Identity, IdentityIndex, IdentityMatch, IdentityQuerySet
from offenders.identity.particulars import index_of_name, index_of_number
from offenders.identity.sealing import index_check_of

MOST_WORDS = 6
"""Of a name that somebody looks for, so many endings are tried: “Jonah Peter Tarn”, “Peter Tarn” and “Tarn”."""

OTHER_INDEX_KEY = (
    "The search cannot be trusted now: the key of the index is not the one the names were indexed with. "
    "Nothing was looked for. Tell a technician, and ask a manager to look in the paper file."
)


def identities_that_match(
    *, name: str = "", born_on: date | None = None, number: str = "", keyring: Keyring | None = None
) -> IdentityQuerySet:
    """The identities with exactly this name and date of birth, or exactly this number, whoever may see them.

    Raises Refused where another key made the index: finding nothing would look like an answer.
    """
    keys = keyring or get_keyring()
    digests = [index_of_number(number, keys)] if number else []
    if born_on is not None:
        digests += [index_of_name(ending, born_on, keys) for ending in _endings_of(name) if letters_of(ending)]
    return identities_with(digests, keys)


def identities_with(digests: Iterable[str], keyring: Keyring) -> IdentityQuerySet:
    """The identities that have one of these hashes."""
    first_and_last = Identity.objects.filter(erased_at=None).aggregate(Min("index_check"), Max("index_check"))
    if set(first_and_last.values()) - {None, index_check_of(keyring)}:
        raise Refused(OTHER_INDEX_KEY)
    found = IdentityIndex.objects.filter(digest__in=list(digests)).values("identity")
    return Identity.objects.filter(pk__in=found)


def _endings_of(name: str) -> list[str]:
    words = name.split()[-MOST_WORDS:]
    return [name, *(" ".join(words[place:]) for place in range(1, len(words)))]


def holders_of(identities: IdentityQuerySet, reader: User) -> list[IdentityHolder]:
    """The records of these identities that this person may see, whatever table they are in."""
    return [
        record
        for holder in map(import_string, settings.IDENTITY_HOLDERS)
        for record in holder.objects.visible_to(reader).filter(identity__in=identities).order_by("reference")
    ]


def references_known_beside(identity: Identity, reader: User) -> list[str]:
    """The references, of those this person may see, under which the person of this identity may be known already.

    It says nothing of records that are hidden from the reader, not even that there are any.
    """
    matches = IdentityMatch.objects.unsettled().filter(Q(first=identity) | Q(second=identity))
    others = Identity.objects.filter(Q(pk__in=matches.values("first")) | Q(pk__in=matches.values("second")))
    return [holder.reference for holder in holders_of(others.exclude(pk=identity.pk), reader)]


@dataclass(frozen=True)
class MatchedPair:
    """Two records that may be about one person."""

    match: int
    found_at: datetime
    first: IdentityHolder
    second: IdentityHolder


def pairs_of(matches: Iterable[IdentityMatch], reader: User) -> list[MatchedPair]:
    """The two records of each match. Where one person has a referral and a core member's record, the latter is named."""
    rows = list(matches)
    keys = {key for row in rows for key in (row.first_id, row.second_id)}
    holders: dict[Any, IdentityHolder] = {}
    for holder in reversed(holders_of(Identity.objects.filter(pk__in=keys), reader)):
        holders[holder.identity_id] = holder
    return [MatchedPair(row.pk, row.found_at, holders[row.first_id], holders[row.second_id]) for row in rows]
