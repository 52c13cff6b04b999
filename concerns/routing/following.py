"""How soon somebody must act, as it follows from the answers and from nobody's opinion (domain.md 3.3, 3.4).

Immediate never follows: danger now is the first question, and has its own page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from concerns.choices import AtRisk, GoingOn, Kind, Level


class Answers(TypedDict, total=False):
    """What may be answered beside the words. `kind` alone is short for one of `kinds`."""

    kind: str
    kinds: Sequence[str]
    basis: str
    opinion: str
    happened_when: str
    happened_where: str
    present: str
    going_on: str
    at_risk: str
    at_risk_who: str


@dataclass(frozen=True)
class Line:
    """One line of the table; what it leaves empty fits every answer."""

    level: Level
    because: str
    kinds: frozenset[str] = frozenset()
    at_risk: frozenset[str] = frozenset()
    going_on: frozenset[str] = frozenset()

    def fits(self, kinds: Sequence[str], at_risk: str, going_on: str) -> bool:
        return (
            (not self.kinds or bool(self.kinds & set(kinds)))
            and (not self.at_risk or at_risk in self.at_risk)
            and (not self.going_on or going_on in self.going_on)
        )


SOMEBODY = frozenset({AtRisk.CHILD, AtRisk.ADULT})
NEAR_CHILDREN = frozenset({Kind.CHILD_CONTACT, Kind.RELATIONSHIP, Kind.GROOMING})
STILL = frozenset({GoingOn.YES})
NEEDS_AN_AGENCY = frozenset(
    {
        *NEAR_CHILDREN,
        Kind.PREOCCUPATION,
        Kind.DEVICE,
        Kind.SUBSTANCE,
        Kind.MOOD,
        Kind.LOST_CONTACT,
        Kind.SECRECY,
        Kind.ASSOCIATES,
        Kind.ABOUT_US,
        Kind.DATA,
    }
)

TABLE = [
    Line(Level.URGENT, "suicide or self-harm", frozenset({Kind.SELF_HARM})),
    Line(Level.URGENT, "a possible new offence", frozenset({Kind.OFFENCE})),
    Line(
        Level.URGENT,
        "a possible breach",
        frozenset({Kind.LICENCE, Kind.ORDER, Kind.NOTIFICATION, Kind.EXCLUSION}),
    ),
    Line(Level.URGENT, "threats or violence", frozenset({Kind.THREATS, Kind.THREAT_TO_HIM})),
    Line(Level.URGENT, "children, and a child who can be told from this", NEAR_CHILDREN, frozenset({AtRisk.CHILD})),
    Line(Level.URGENT, "children, and it is still going on", NEAR_CHILDREN, going_on=STILL),
    Line(Level.URGENT, "somebody at risk, and it is still going on", at_risk=SOMEBODY, going_on=STILL),
    Line(Level.PRIORITY, "somebody at risk who can be told from this", at_risk=SOMEBODY),
    Line(Level.PRIORITY, "something an agency should judge", NEEDS_AN_AGENCY),
]
"""The strictest first; the first that fits decides, and is the reason given."""


def follows(answers: Answers) -> Line | None:
    """The line that decides; None where the answers say nothing of how soon."""
    kinds = kinds_of(answers)
    at_risk, going_on = answers.get("at_risk", ""), answers.get("going_on", "")
    return next((line for line in TABLE if line.fits(kinds, at_risk, going_on)), None)


def kinds_of(answers: Answers) -> list[str]:
    """What it is about, each once, the weightiest first: by the table, then as the list of kinds has them."""
    ticked = {*answers.get("kinds", ()), answers.get("kind", "")} - {""}
    return sorted(ticked, key=lambda kind: (weight(kind), Kind.values.index(kind)))


def weight(kind: str) -> int:
    """The place of the first line a kind stands in."""
    return next((place for place, line in enumerate(TABLE) if kind in line.kinds), len(TABLE))


def written(answers: Answers) -> dict[str, Any]:
    """The answers as a concern and a draft keep them."""
    kinds = kinds_of(answers)
    names = ("basis", "opinion", "happened_when", "happened_where", "present", "going_on", "at_risk", "at_risk_who")
    kept: dict[str, Any] = {name: str(answers.get(name) or "").strip() for name in names}
    return {"kind": kinds[0] if kinds else "", "also": kinds[1:], **kept}
