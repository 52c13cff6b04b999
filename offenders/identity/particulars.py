"""Particulars: who somebody is, in plain words. They exist in memory for one answer, and never in a field or a log."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from core.keyring import Keyring
from core.names import letters_of

PNC = re.compile(r"(?:\d\d)?(\d\d)/0*(\d+)([A-Z])")
"""A number of the Police National Computer: 2008/0123456X and 08/123456X are one."""

NOT_IN_NUMBERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, repr=False)
class Particulars:
    """A person's name, date of birth, addresses and numbers. Nothing of it shows in a traceback."""

    surname: str
    first_names: str = ""
    aliases: tuple[str, ...] = ()
    born_on: date | None = None
    addresses: str = ""
    telephone: str = ""
    pnc: str = ""
    crn: str = ""
    prison_number: str = ""
    visor: str = ""

    def __repr__(self) -> str:
        return "<Particulars>"

    @property
    def full_name(self) -> str:
        return f"{self.first_names} {self.surname}".strip()

    @property
    def indexed_names(self) -> Iterator[str]:
        """The names by which he is found, together with his date of birth."""
        yield self.surname
        yield self.full_name
        yield from self.aliases

    @property
    def indexed_numbers(self) -> tuple[str, ...]:
        return (self.pnc, self.crn, self.prison_number, self.visor)

    def as_bytes(self) -> bytes:
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        return json.dumps(plain, default=date.isoformat).encode()


def particulars_from(plain: bytes) -> Particulars:
    """What `as_bytes` wrote."""
    written: dict[str, Any] = json.loads(plain)
    born_on = date.fromisoformat(written["born_on"]) if written["born_on"] else None
    return Particulars(**{**written, "aliases": tuple(written["aliases"]), "born_on": born_on})


def index_of_name(name: str, born_on: date, keyring: Keyring) -> str:
    """The keyed hash of a name and a date of birth. Case, accents, hyphens and apostrophes make no difference."""
    return keyring.blind_index(f"identity name {letters_of(name)} {born_on.isoformat()}")


def index_of_number(number: str, keyring: Keyring) -> str:
    """The keyed hash of a number. Spaces and slashes make no difference, nor the century of a PNC number."""
    plain = number.upper().replace(" ", "")
    pnc = PNC.fullmatch(plain)
    return keyring.blind_index(f"identity number {NOT_IN_NUMBERS.sub('', '/'.join(pnc.groups()) if pnc else plain)}")


def indexes_of(particulars: Particulars, keyring: Keyring) -> set[str]:
    """Every hash by which this person is found: each name with the date of birth, and each number."""
    numbers = {index_of_number(number, keyring) for number in particulars.indexed_numbers if number}
    if particulars.born_on is None:
        return numbers
    names = [name for name in particulars.indexed_names if letters_of(name)]
    return numbers | {index_of_name(name, particulars.born_on, keyring) for name in names}
