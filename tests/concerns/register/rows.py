"""The registers: safeguarding referrals, low-level concerns, serious incidents."""

from __future__ import annotations

from typing import Any

from concerns.incident.operations import decide_to_report
from concerns.low_level.models import LowLevelConcern, month_before
from tests.concerns.register.keeping import WHAT, incident, low_level, referral, safeguarding_referral
from tests.table import Page, acts, who
from tests.world import World

KEEP = ("manager", "safeguarding lead")
DIRECT = (*KEEP, "director")
WHEN = {"known_at": "2026-01-05T10:00"}


def reference_of_referral(world: World) -> list[Any]:
    return [referral(world).reference]


def referral_address(world: World) -> list[Any]:
    return [safeguarding_referral(world).reference]


def reference_of_low_level(world: World) -> list[Any]:
    return [low_level(world).reference]


def candidate(world: World) -> list[Any]:
    return [incident(world).reference]


def incident_to_report(world: World) -> list[Any]:
    found = decide_to_report(incident(world), decided_with="The trustees", reason="Harm.", by=world.fay, at=world.now)
    return [found.reference]


def two_referrals(world: World) -> None:
    for _ in range(2):
        referral(world)


def three_low_levels(world: World) -> None:
    """Three, so that they are pointed out from the first."""
    for _ in range(3):
        low_level(world)


def two_incidents(world: World) -> None:
    for _ in range(2):
        incident(world)


def new_referral(world: World) -> dict[str, Any]:
    return {"kind": "mash", "made_to": "Cambridgeshire MASH", "what": WHAT, **WHEN}


def new_low_level(world: World) -> dict[str, Any]:
    day = {"happened_on_day": "5", "happened_on_month": "1", "happened_on_year": "2026"}
    said = {"words": "A lift.", "told_by": "A volunteer", "done": "Spoken with."}
    return {"about": world.tom.pk, "theme": "boundary", **said, **day}


def new_incident(world: World) -> dict[str, Any]:
    return {"kind": "data", "what": "A letter went astray.", **WHEN}


def decision(name: str) -> dict[str, Any]:
    return {f"{name}-decided_with": "The trustees", f"{name}-reason": "No harm was done."}


PAGES = [
    Page("concerns:registers", opens=who(*DIRECT, otherwise=403), queries=9),
    Page("concerns:referrals", opens=who(*KEEP, otherwise=403), queries=5, grows=two_referrals),
    Page("concerns:start_referral", opens=who(*KEEP, otherwise=403), queries=5),
    Page("concerns:start_referral", opens=who(*KEEP, otherwise=403), posts=new_referral),
    Page("concerns:referral", of=reference_of_referral, opens=who(*KEEP), queries=7),
    Page("concerns:referral", of=referral_address, opens=who(*KEEP)),
    Page(
        "concerns:referral_make",
        of=reference_of_referral,
        opens=who(*KEEP),
        posts=lambda world: {"make-spoken_to": "Jan, on the desk"},
    ),
    Page(
        "concerns:referral_not_made",
        of=reference_of_referral,
        opens=who(*KEEP),
        posts=lambda world: {"not_made-reason": "Known."},
    ),
    Page(
        "concerns:referral_chase",
        of=referral_address,
        opens=who(*KEEP),
        posts=lambda world: {"chase-spoken_to": "Jan again."},
    ),
    Page(
        "concerns:referral_decide",
        of=referral_address,
        opens=who(*KEEP),
        posts=lambda world: {"decide-decision": "accepted"},
    ),
    Page("concerns:low_levels", opens=who(*KEEP, otherwise=403), queries=9, grows=three_low_levels),
    Page("concerns:add_low_level", opens=who(*KEEP, otherwise=403), queries=5),
    Page(
        "concerns:add_low_level",
        opens=who(*KEEP, otherwise=403),
        posts=new_low_level,
        makes=lambda world: LowLevelConcern.objects.exists(),
    ),
    Page("concerns:low_level", of=reference_of_low_level, opens=who(*KEEP), queries=9),
    Page("concerns:low_level_month", opens=who(*KEEP, otherwise=403), queries=6),
    Page(
        "concerns:low_level_month",
        opens=who(*KEEP, otherwise=403),
        posts=lambda world: {"words": "Nothing stands out.", "month": f"{month_before(world.now.date()):%Y-%m}"},
    ),
    Page("concerns:incidents", opens=who(*DIRECT, otherwise=403), queries=5, grows=two_incidents),
    Page("concerns:add_incident", opens=who(*DIRECT, otherwise=403), queries=5),
    Page("concerns:add_incident", opens=who(*DIRECT, otherwise=403), posts=new_incident),
    Page("concerns:incident", of=candidate, opens=who(*DIRECT), queries=7),
    Page("concerns:incident", of=incident_to_report, opens=who(*DIRECT)),
    *[
        Page(
            f"concerns:incident_{name}",
            of=candidate,
            opens=acts("safeguarding lead", "director", see=DIRECT),
            posts=lambda world, name=name: decision(name),
        )
        for name in ("to_report", "not_reported")
    ],
    Page(
        "concerns:incident_reported",
        of=incident_to_report,
        opens=who(*DIRECT),
        posts=lambda world: {"reported-their_reference": "C-1"},
    ),
]
