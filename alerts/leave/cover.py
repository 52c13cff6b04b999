"""Who stands in for whom at a moment. Leave is asked about here and nowhere else, so that everybody gets one answer.

The deputy of somebody on leave stands in for them. Where the deputy is away too, the deputy's own deputy does, and so
on to the first who is there. Where everybody in the chain is away, or the chain is a ring, nobody does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import User
from core.keyed import Keyed

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
"""One row for everybody on leave: through whom their chain goes, and who stands in at its end, NULL for nobody."""

NOW = "STATEMENT_TIMESTAMP()"
OF = "SELECT person_id FROM cover WHERE stand_in = %s"
FOR = (
    "SELECT stand_in FROM cover WHERE person_id = %s AND stand_in IS NOT NULL AND NOT EXISTS "
    "(SELECT FROM cover also WHERE also.stand_in = cover.stand_in AND also.person_id = %s)"
)
AMONG = "SELECT stand_in FROM cover WHERE stand_in IS NOT NULL AND person_id IN ({people})"
NOBODY = 0


def sql(question: str, at: datetime | None) -> tuple[str, list[datetime]]:
    """The chains of a moment, or of now by the database's clock, with what is asked of them."""
    moment = NOW if at is None else "%s"
    return CHAINS.format(moment=moment) + question, [] if at is None else [at, at]


def covered_now(person: int) -> QuerySet[User, Any]:
    text, before = sql(OF, None)
    people: QuerySet[User] = User.objects.filter(pk__in=RawSQL(text, [*before, person]))  # noqa: S611
    return people.values("pk")


COVERED = Keyed(covered_now)
"""Whom a person stands in for now, by the database's clock, so that it ends at its minute."""


def stand_ins_for(person: int | None, *, about: int | None, at: datetime | None = None) -> RawSQL:
    """The keys of those who stand in for somebody, to be looked among; not who also stands in for whom it is about."""
    text, before = sql(FOR, at)
    return RawSQL(text, [*before, person or NOBODY, about or NOBODY])  # noqa: S611 - the text is this module's own


def stand_ins_among(people: QuerySet[Any, Any], *, at: datetime | None = None) -> RawSQL:
    """The keys of those who stand in for any of these people, of whom the keys are asked."""
    text, given = people.query.sql_with_params()
    question, before = sql(AMONG.format(people=text), at)
    return RawSQL(question, [*before, *given])  # noqa: S611 - the ORM wrote the one part and this module the other


@dataclass(frozen=True)
class Chain:
    """Somebody on leave: through whom the chain of their cover goes, themselves first, and who stands in at its end."""

    person: int
    via: tuple[int, ...]
    stand_in: int | None


class Cover:
    """Everybody on leave at one moment, read at one statement."""

    def __init__(self, at: datetime) -> None:
        text, before = sql("SELECT person_id, via, stand_in FROM cover ORDER BY person_id, stand_in", at)
        with connection.cursor() as cursor:
            cursor.execute(text, before)
            self.chains = [Chain(person, tuple(via), stand_in) for person, via, stand_in in cursor.fetchall()]
        self.away = {chain.person for chain in self.chains}

    def of(self, person: int) -> list[Chain]:
        return [chain for chain in self.chains if chain.person == person]

    def covered_by(self, stand_in: int) -> set[int]:
        """Whom this person stands in for."""
        return {chain.person for chain in self.chains if chain.stand_in == stand_in}
