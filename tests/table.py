"""What a row of the page table is, and who the people in its columns are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from auditlog.context import disable_auditlog

from tests.world import STAFF, World

PEOPLE = {
    "nobody": None,
    "volunteer": "ben",
    "volunteer who left": "cas",
    "volunteer elsewhere": "dev",
    "coordinator": "ann",
    "coordinator elsewhere": "pat",
    "manager": "hana",
    "safeguarding lead": "fay",
    "director": "kit",
    "liaison": "esi",
    "liaison elsewhere": "lou",
    "liaison of no queue": "max",
    "MAPPA coordinator": "ivor",
    "data-protection lead": "jo",
    "technician": "gil",
}
PEOPLE |= {role.label.lower(): name for name, (_, role) in STAFF.items() if name not in PEOPLE.values()}
"""The columns of the table: what somebody is, and the name they have in the world."""

EVERYBODY = [column for column in PEOPLE if column != "nobody"]
CHARITY_LEADS = ["manager", "safeguarding lead"]

SIGN_IN = 302
"""Nobody is sent to sign in; the access test looks where to."""


def who(*columns: str, otherwise: int = 404, status: int = 200, nobody: int = SIGN_IN) -> dict[str, int]:
    """These people get `status`, everybody else `otherwise`, and nobody is sent to sign in."""
    answers = dict.fromkeys(EVERYBODY, otherwise)
    for column in columns:
        if column not in answers:
            raise ValueError(f"{column} is not a column of the table")
        answers[column] = status
    return {"nobody": nobody, **answers}


def everybody(status: int = 200, nobody: int = SIGN_IN) -> dict[str, int]:
    return {"nobody": nobody, **dict.fromkeys(EVERYBODY, status)}


@dataclass(frozen=True, eq=False)
class Page:
    """One address: what it is about, who may open it, how many queries the first who may costs.

    `of` makes what the page shows and answers with the address's arguments. `grows` makes two more of
    what a list shows, after which the number of queries must be the same. `posts` is what is sent, and
    makes it a POST. `counts_as` names whose queries are counted, when not the first who may. `queries` is None where a count says nothing (a redirect, a page of a library).
    """

    name: str
    opens: dict[str, int]
    of: Callable[[World], list[Any]] = field(default=lambda world: [])
    queries: int | None = None
    grows: Callable[[World], object] | None = None
    posts: Callable[[World], dict[str, Any]] | None = None
    counts_as: str = ""
    axe: bool = True

    def make(self, world: World) -> list[Any]:
        """Make what the page shows, and say the address's arguments. No page shows the field log, so none is written."""
        with disable_auditlog():
            return self.of(world)


def acts(*may: str, see: tuple[str, ...]) -> dict[str, int]:
    """Those who may get 200, those who only see the record 403, and to everybody else it does not exist."""
    answers = who(*see, status=403)
    return {**answers, **dict.fromkeys(may, 200)}
