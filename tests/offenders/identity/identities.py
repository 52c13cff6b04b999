"""Identities that tests seal. Every name in them is invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import User
from offenders.core_member.models import CoreMember
from offenders.identity.models import Identity
from offenders.identity.operations import write_identity
from offenders.identity.particulars import Particulars
from tests.world import World

BORN = date(1961, 4, 9)


def jonah(**more: Any) -> Particulars:
    """Who Paul is, with something in every field."""
    written = {
        "surname": "Quillfeather",
        "first_names": "Jonah Peter",
        "aliases": ("Jon Quill", "Peter O’Marrowby"),
        "born_on": BORN,
        "addresses": "7 Thistledown Yard\nEly",
        "telephone": "01632 960 771",
        "pnc": "2008/0123456X",
        "crn": "Q774411",
        "prison_number": "A7714QX",
        "visor": "VQ 77/4411",
    }
    return Particulars(**{**written, **more})


def sealed_identity(
    world: World, core_member: CoreMember | None = None, by: User | None = None, **more: Any
) -> Identity:
    """Who Paul is, or another core member, sealed by his coordinator."""
    holder = core_member or world.core_member
    return write_identity(holder, jonah(**more), by=by or holder.coordinator, at=world.now)


def typed_fields(particulars: Particulars | None = None) -> dict[str, str]:
    """What somebody sends who types this in."""
    who = particulars or jonah()
    born_on = who.born_on or BORN
    return {
        "surname": who.surname,
        "first_names": who.first_names,
        "aliases": "\n".join(who.aliases),
        "born_on_day": str(born_on.day),
        "born_on_month": str(born_on.month),
        "born_on_year": str(born_on.year),
        **{name: getattr(who, name) for name in ("addresses", "telephone", "pnc", "crn", "prison_number", "visor")},
    }
