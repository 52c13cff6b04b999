"""Third-party disclosure: asking the lead agency, and writing down what it decided."""

from __future__ import annotations

from typing import Any

from concerns.disclosure.operations import record_agency_disclosed
from tests.concerns.overview.rows import ely
from tests.concerns.register.keeping import ASKED, disclosure_request, with_agency
from tests.table import Page, acts, who
from tests.world import World

HANDLE = ("coordinator", "manager", "safeguarding lead")
SEE_CIRCLE = ("volunteer", *HANDLE)


def written_disclosure(world: World) -> list[Any]:
    return [disclosure_request(world).reference]


def put(world: World) -> list[Any]:
    return [with_agency(world).reference]


def disclosure_made(world: World) -> list[Any]:
    found = record_agency_disclosed(
        with_agency(world), decided_who="DS Moore", decision_words="The families must know.", by=world.ann, at=world.now
    )
    return [found.reference]


def two_more(world: World) -> None:
    for _ in range(2):
        disclosure_request(world)


def fields_of_decision(name: str) -> dict[str, Any]:
    return {f"{name}-decided_who": "DS Moore", f"{name}-decision_words": "Proportionate."}


PAGES = [
    Page("concerns:disclosures", of=ely, opens=acts(*HANDLE, see=SEE_CIRCLE), queries=7, grows=two_more),
    Page("concerns:ask_disclosure", of=ely, opens=acts(*HANDLE, see=SEE_CIRCLE), queries=6),
    Page("concerns:ask_disclosure", of=ely, opens=acts(*HANDLE, see=SEE_CIRCLE), posts=lambda world: dict(ASKED)),
    Page("concerns:disclosure", of=written_disclosure, opens=who(*HANDLE), queries=7),
    Page("concerns:disclosure", of=disclosure_made, opens=who(*HANDLE)),
    Page(
        "concerns:disclosure_put",
        of=written_disclosure,
        opens=who(*HANDLE),
        posts=lambda world: {"put-put_to": "DS Moore"},
    ),
    Page("concerns:disclosure_chase", of=put, opens=who(*HANDLE), posts=lambda world: {"chase-spoken_to": "DS Moore."}),
    *[
        Page(
            f"concerns:disclosure_{name}",
            of=put,
            opens=who(*HANDLE),
            posts=lambda world, name=name: fields_of_decision(name),
        )
        for name in ("disclosed", "refused")
    ],
    Page("concerns:disclosure_himself", of=put, opens=who(*HANDLE), posts=lambda world: {"himself-what": "All of it."}),
    Page(
        "concerns:disclosure_undertaking",
        of=disclosure_made,
        opens=who(*HANDLE),
        posts=lambda world: {"undertaking-undertaking": "DS Moore"},
    ),
]
