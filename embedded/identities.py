"""Who the demo's core members are: names, numbers and streets that nobody has."""

from __future__ import annotations

from datetime import date, datetime

from accounts.models import User
from offenders.core_member.models import CoreMember
from offenders.identity.operations import write_identity
from offenders.identity.particulars import Particulars

NAMES = {
    "EE-2417-K": ("Overfenn", "Paul Edwin", date(1961, 4, 9), ("Eddie Overfenn",)),
    "EE-3360-R": ("Marlpit", "Alan", date(1974, 11, 23), ()),
    "EE-3091-T": ("Quenbeck", "Neil James", date(1958, 7, 2), ("Jim Quenbeck",)),
    "EE-4407-D": ("Hollowmere", "Roy", date(1969, 1, 17), ()),
    "EE-6673-H": ("Tarnwick", "Graham", date(1980, 9, 30), ()),
    "EE-7194-M": ("Sedgemarl", "Keith Ian", date(1966, 3, 12), ()),
    "EE-5512-P": ("Larkwithy", "Martin", date(1977, 6, 5), ()),
    "EE-8052-W": ("Withyfen", "Dennis", date(1963, 12, 1), ("Den Withyfen",)),
}
"""By reference: surname, first names, date of birth, other names. The first name is what his circle calls him."""


def write_invented_identity(core_member: CoreMember, *, by: User, at: datetime) -> None:
    """Seal the invented name of this core member."""
    surname, first_names, born_on, aliases = NAMES[core_member.reference]
    number = core_member.reference[3:7]
    particulars = Particulars(
        surname=surname,
        first_names=first_names,
        aliases=aliases,
        born_on=born_on,
        addresses=f"{int(number) % 60 + 1} Nowhere Drove\nThe Fens",
        telephone="01632 960 700",
        pnc=f"1999/000{number}Q",
        crn=f"X00{number}",
        prison_number=f"Z{number}ZZ",
        visor=f"V {number}",
    )
    write_identity(core_member, particulars, by=by, at=at)
