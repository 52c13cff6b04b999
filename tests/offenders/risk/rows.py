"""The pages of his risk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from offenders.risk.models import RiskAssessment, RiskNote
from offenders.risk.operations import add_risk_assessment, write_risk_note
from tests.circles.life.rows import date_of
from tests.offenders.rows import SEE
from tests.table import Page, who
from tests.world import World


def paul(world: World) -> list[Any]:
    return [world.core_member.reference]


def assess(world: World, tool: str = "oasys", band: int = 3, days: int = 200, due: int = 10) -> RiskAssessment:
    """Assessed so many days ago, to be reviewed in so many days."""
    return add_risk_assessment(
        world.core_member,
        tool=tool,
        band=band,
        assessed_on=world.now.date() - timedelta(days=days),
        assessor="Priya Lowe, probation practitioner",
        review_on=world.now.date() + timedelta(days=due),
        by=world.ann,
        at=world.now,
    )


def one_assessment(world: World) -> list[Any]:
    return [*paul(world), assess(world).pk]


def reference_with_assessment(world: World) -> list[Any]:
    one_assessment(world)
    for words in ("He is alone.", "He sees his sister."):
        write_risk_note(world.core_member, heading="needs", words=words, by=world.ann, at=world.now)
    return paul(world)


def heading(world: World) -> list[Any]:
    return [*paul(world), "warning_signs"]


def fields_of_assessment(world: World) -> dict[str, Any]:
    words = {"tool": "arms", "band": "2", "assessor": "Sgt Okafor"}
    tomorrow = world.now.date() + timedelta(days=1)
    review = {"review_on_day": tomorrow.day, "review_on_month": tomorrow.month, "review_on_year": tomorrow.year}
    return words | date_of("assessed_on", world) | review


PAGES = [
    Page("offenders:risk", of=reference_with_assessment, opens=who(*SEE), queries=9),
    Page("offenders:add_risk_assessment", of=paul, opens=who(*SEE), queries=6),
    Page(
        "offenders:add_risk_assessment",
        of=paul,
        opens=who(*SEE),
        posts=fields_of_assessment,
        makes=lambda world: RiskAssessment.objects.exists(),
    ),
    Page("offenders:withdraw_risk_assessment", of=one_assessment, opens=who(*SEE), queries=7),
    Page(
        "offenders:withdraw_risk_assessment",
        of=one_assessment,
        opens=who(*SEE),
        posts=lambda world: {"reason": "It was another man’s."},
        makes=lambda world: RiskAssessment.objects.exclude(withdrawn_at=None).exists(),
    ),
    Page("offenders:write_risk_note", of=heading, opens=who(*SEE), queries=7),
    Page(
        "offenders:write_risk_note",
        of=heading,
        opens=who(*SEE),
        posts=lambda world: {"words": "He stops ringing his sister."},
        makes=lambda world: RiskNote.objects.exists(),
    ),
]
