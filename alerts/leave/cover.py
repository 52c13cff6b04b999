"""Who stands in for whom at a moment. Only this module answers that, so that everybody gets the same answer.

The deputy of somebody on leave stands in for them. Where the deputy is away too, the deputy's own deputy does, and so
on to the first who is there. Where everybody in the chain is away, or the chain is a ring, nobody does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import User
from accounts.models.role import Role
from core.keyed_query import KeyedQuery

CHAINS = """
    WITH RECURSIVE away AS (
        SELECT person_id, deputy_id FROM alerts_leave
        WHERE cancelled_at IS NULL AND starts_at <= {moment} AND ends_at > {moment}
    ), chain (person_id, via, deputy_id) AS (
        SELECT person_id, ARRAY[person_id], deputy_id FROM away
        UNION ALL
        SELECT chain.person_id, chain.via || away.person_id, away.deputy_id
        FROM chain JOIN away ON away.person_id = chain.deputy_id WHERE away.person_id <> ALL (chain.via)
    ), cover (person_id, via, stand_in) AS (
        SELECT person_id, via, CASE WHEN deputy_id NOT IN (SELECT person_id FROM away) THEN deputy_id END FROM chain
        WHERE deputy_id IS NULL OR deputy_id = ANY (via) OR deputy_id NOT IN (SELECT person_id FROM away)
    )
"""
"""A row for each person on leave: the people in their chain, and who stands in at its end (NULL for nobody)."""

NOW = "STATEMENT_TIMESTAMP()"
COVERED_BY_QUESTION = "SELECT person_id FROM cover WHERE stand_in = %s"
STAND_INS_QUESTION = (
    "SELECT stand_in FROM cover WHERE person_id = %s AND stand_in IS NOT NULL AND NOT EXISTS "
    "(SELECT FROM cover also WHERE also.stand_in = cover.stand_in AND also.person_id = %s)"
)
STAND_INS_AMONG_QUESTION = "SELECT stand_in FROM cover WHERE stand_in IS NOT NULL AND person_id IN ({people})"
NOBODY = 0
READ_ONCE = "_covered_now"


def _query_of(question: str, at: datetime | None) -> tuple[str, list[datetime]]:
    """The SQL for the chains at a moment (now, by the database's clock, for None) and its parameters."""
    moment = NOW if at is None else "%s"
    return CHAINS.format(moment=moment) + question, [] if at is None else [at, at]


def _people_covered_by(person: int) -> QuerySet[User, Any]:
    text, before = _query_of(COVERED_BY_QUESTION, None)
    people: QuerySet[User] = User.objects.filter(pk__in=RawSQL(text, [*before, person]))  # noqa: S611
    return people.values("pk")


COVERED = KeyedQuery(_people_covered_by)
"""The people for whom a person stands in now, by the database's clock, so that cover ends at its minute."""


def _people_covered_by_coordinator(person: int) -> QuerySet[User, Any]:
    roles = User.groups.through.objects.filter(user=person, group__name=Role.COORDINATOR.value)
    return _people_covered_by(person).filter(Exists(roles))


COVERED_AS_COORDINATOR = KeyedQuery(_people_covered_by_coordinator)
"""The same people, if the person who stands in has the coordinator's role; nobody otherwise."""


def covered_by(user: User) -> set[int]:
    """The keys of those for whom this person stands in now. Read once for each `user`: every act of a page asks."""
    read: dict[str, Any] = vars(user)
    if READ_ONCE not in read:
        read[READ_ONCE] = COVERED.read_keys(user.pk)
    covered: set[int] = read[READ_ONCE]
    return covered


def reason_of_cover(covered: User) -> str:
    """What the trail says of a sight that cover gives."""
    return f"stands in for {covered.reference}, who is on leave"


def stand_ins_for(person: int | None, *, about: int | None, at: datetime | None = None) -> RawSQL:
    """The keys of those who stand in for a person, as a subquery.

    Leaves out whoever also stands in for the person whom it is about.
    """
    text, before = _query_of(STAND_INS_QUESTION, at)
    return RawSQL(text, [*before, person or NOBODY, about or NOBODY])  # noqa: S611 - the text is this module's own


def stand_ins_among(people: QuerySet[Any, Any], *, at: datetime | None = None) -> RawSQL:
    """The keys of those who stand in for any of these people, as a subquery. `people` must select keys."""
    text, given = people.query.sql_with_params()
    question, before = _query_of(STAND_INS_AMONG_QUESTION.format(people=text), at)
    return RawSQL(question, [*before, *given])  # noqa: S611 - the ORM wrote the one part and this module the other


@dataclass(frozen=True)
class Chain:
    """A person on leave, the people in the chain of their cover (themselves first), and who stands in at its end."""

    person: int
    via: tuple[int, ...]
    stand_in: int | None


class Cover:
    """Everybody on leave at one moment, read in one statement."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        text, before = _query_of("SELECT person_id, via, stand_in FROM cover ORDER BY person_id, stand_in", at)
        with connection.cursor() as cursor:
            cursor.execute(text, before)
            self.chains = [Chain(person, tuple(via), stand_in) for person, via, stand_in in cursor.fetchall()]
        self.away = {chain.person for chain in self.chains}

    def of(self, person: int) -> list[Chain]:
        return [chain for chain in self.chains if chain.person == person]

    def covered_by(self, stand_in: int) -> set[int]:
        """The keys of the people for whom this person stands in."""
        return {chain.person for chain in self.chains if chain.stand_in == stand_in}
