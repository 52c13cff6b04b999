"""Page: a row of the page table. And the people in the table's columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
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
"""The columns of the table: what a person is, and their name in the world."""

EVERYBODY = [column for column in PEOPLE if column != "nobody"]
CHARITY_LEADS = ["manager", "safeguarding lead"]

SIGN_IN = 302
"""What somebody who is not signed in gets. The access test checks that it leads to the sign-in page."""


def who(*columns: str, otherwise: int = 404, status: int = 200, nobody: int = SIGN_IN) -> dict[str, int]:
    """These people get `status`, everybody else gets `otherwise`, and who is not signed in gets `nobody`."""
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
    """One page: its address, who may open it, and how many queries it costs the first person who may.

    `of` makes what the page shows and gives the arguments of the address. `grows` makes two more of what a list shows;
    the number of queries must stay the same. `posts` gives the data of a POST. `counts_as` names another person whose
    queries are counted. `refused` is a piece of the refusal, where what is sent is not taken. `makes` is what is so once the act is done, and not before. `queries` is None where a count says nothing (a redirect, a page of a library).
    """

    name: str
    opens: dict[str, int]
    of: Callable[[World], list[Any]] = field(default=lambda world: [])
    queries: int | None = None
    grows: Callable[[World], object] | None = None
    posts: Callable[[World], dict[str, Any]] | None = None
    makes: Callable[[World], bool] | None = None
    refused: str = ""
    counts_as: str = ""
    axe: bool = True

    def make(self, world: World) -> list[Any]:
        """Make what the page shows, if it does not stand already, and give the arguments of the address.

        No field log is written: no page shows it.
        """
        if MADE.row is self:
            return MADE.arguments
        with disable_auditlog():
            return self.of(world)


@dataclass
class Made:
    """The row that stands, the arguments of its address, and how long making it took (tests/plugin_row.py)."""

    row: Page | None = None
    arguments: list[Any] = field(default_factory=list)
    took: timedelta = timedelta(0)


MADE = Made()


def acts(*may: str, see: tuple[str, ...]) -> dict[str, int]:
    """Who may act gets 200, who only sees the record gets 403, and everybody else gets 404."""
    answers = who(*see, status=403)
    return {**answers, **dict.fromkeys(may, 200)}
