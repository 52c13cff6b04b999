"""The level that the answers give a concern, whatever its author's opinion (domain.md 3.3, 3.4).

No answers give Immediate: danger now is the first question, and has its own page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from concerns.choices import AtRisk, GoingOn, Kind, Level


class TypedAnswers(TypedDict, total=False):
    """The optional answers of a concern's form. `kind` is short for a list of one kind."""

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
class LevelRule:
    """One rule of the table. A field left empty fits every answer."""

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

LEVEL_RULES = [
    LevelRule(Level.URGENT, "suicide or self-harm", frozenset({Kind.SELF_HARM})),
    LevelRule(Level.URGENT, "a possible new offence", frozenset({Kind.OFFENCE})),
    LevelRule(
        Level.URGENT,
        "a possible breach",
        frozenset({Kind.LICENCE, Kind.ORDER, Kind.NOTIFICATION, Kind.EXCLUSION}),
    ),
    LevelRule(Level.URGENT, "threats or violence", frozenset({Kind.THREATS, Kind.THREAT_TO_HIM})),
    LevelRule(
        Level.URGENT, "children, and a child who can be told from this", NEAR_CHILDREN, frozenset({AtRisk.CHILD})
    ),
    LevelRule(Level.URGENT, "children, and it is still going on", NEAR_CHILDREN, going_on=STILL),
    LevelRule(Level.URGENT, "somebody at risk, and it is still going on", at_risk=SOMEBODY, going_on=STILL),
    LevelRule(Level.PRIORITY, "somebody at risk who can be told from this", at_risk=SOMEBODY),
    LevelRule(Level.PRIORITY, "something an agency should judge", NEEDS_AN_AGENCY),
]
"""The strictest rule comes first. The first that fits decides, and gives the reason."""


def level_rule_of(answers: TypedAnswers) -> LevelRule | None:
    """The rule that decides the level; None where the answers fit no rule."""
    kinds = kinds_of(answers)
    at_risk, going_on = answers.get("at_risk", ""), answers.get("going_on", "")
    return next((rule for rule in LEVEL_RULES if rule.fits(kinds, at_risk, going_on)), None)


def kinds_of(answers: TypedAnswers) -> list[str]:
    """The kinds of a concern, each once: in the order of the rules, then in the order of `Kind`."""
    ticked = {*answers.get("kinds", ()), answers.get("kind", "")} - {""}
    return sorted(ticked, key=lambda kind: (_weight_of(kind), Kind.values.index(kind)))


def _weight_of(kind: str) -> int:
    """The place of the first rule with this kind; a smaller number weighs more."""
    places = (place for place, rule in enumerate(LEVEL_RULES) if kind in rule.kinds)
    return next(places, len(LEVEL_RULES))


def fields_of_answers(answers: TypedAnswers) -> dict[str, Any]:
    """The answers as fields of a concern or a draft."""
    kinds = kinds_of(answers)
    names = ("basis", "opinion", "happened_when", "happened_where", "present", "going_on", "at_risk", "at_risk_who")
    fields: dict[str, Any] = {name: str(answers.get(name) or "").strip() for name in names}
    return {"kind": kinds[0] if kinds else "", "also": kinds[1:], **fields}
