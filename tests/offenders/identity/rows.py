"""The pages that show who a core member is, write it down, look for a person, and erase a name."""

from __future__ import annotations

from typing import Any

from audit.models import Act, Entry
from offenders.core_member.models import CoreMember
from offenders.identity.erasure_operations import ask_for_erasure
from offenders.identity.models import Identity, IdentityMatch
from tests.offenders.identity.identities import sealed_identity, typed_fields
from tests.offenders.rows import SEE, add_two_core_members
from tests.table import CHARITY_LEADS, Page, acts, who
from tests.world import World

FINDERS = ("coordinator", "coordinator elsewhere", "manager", "safeguarding lead")


def paul_sealed(world: World) -> list[Any]:
    sealed_identity(world)
    return [CoreMember.objects.get(pk=world.core_member.pk).reference]


def paul_unknown(world: World) -> list[Any]:
    return [world.core_member.reference]


def erasure_asked_by_hana(world: World) -> list[Any]:
    reference = paul_sealed(world)
    ask_for_erasure(world.core_member, by=world.hana, at=world.now)
    return reference


def one_match(world: World) -> list[Any]:
    """Neil seems to be Paul."""
    sealed_identity(world)
    sealed_identity(world, world.other_core_member)
    return [IdentityMatch.objects.get().pk]


def two_more_matches(world: World) -> None:
    add_two_core_members(world)
    for number, core_member in enumerate(CoreMember.objects.filter(identity=None)):
        sealed_identity(
            world, core_member, surname=f"Otherwise{'ab'[number]}", aliases=(), pnc="", crn="", prison_number=""
        )


def is_revealed(world: World) -> bool:
    return Entry.objects.filter(act=Act.REVEALED, reference=world.core_member.reference).exists()


PAGES = [
    Page("offenders:identity", of=paul_sealed, opens=who(*SEE), queries=9),
    Page(
        "offenders:identity",
        of=paul_sealed,
        opens=who(*SEE),
        posts=lambda world: {"reason": "check"},
        makes=is_revealed,
    ),
    Page("offenders:write_identity", of=paul_unknown, opens=who(*SEE), queries=7),
    Page(
        "offenders:write_identity",
        of=paul_unknown,
        opens=who(*SEE),
        posts=lambda world: typed_fields(),
        makes=lambda world: Identity.objects.exists(),
    ),
    Page("offenders:find_person", opens=who(*FINDERS, otherwise=403), queries=4),
    Page(
        "offenders:find_person",
        opens=who(*FINDERS, otherwise=403),
        posts=lambda world: {"number": "2008/0123456X"},
        makes=lambda world: Entry.objects.filter(kind="search").exists(),
    ),
    Page("offenders:erase_identity", of=paul_sealed, opens=acts(*CHARITY_LEADS, see=SEE), queries=8),
    Page(
        "offenders:erase_identity",
        of=paul_sealed,
        opens=acts(*CHARITY_LEADS, see=SEE),
        posts=lambda world: {"act": "ask"},
        makes=lambda world: Identity.objects.exclude(erasure_asked_at=None).exists(),
    ),
    Page(
        "offenders:erase_identity",
        of=erasure_asked_by_hana,
        opens=acts("safeguarding lead", see=SEE) | {"manager": 403},
        posts=lambda world: {"act": "agree"},
        makes=lambda world: Identity.objects.exclude(erased_at=None).exists(),
    ),
    Page(
        "offenders:erase_identity",
        of=erasure_asked_by_hana,
        opens=acts(*CHARITY_LEADS, see=SEE),
        posts=lambda world: {"act": "keep"},
    ),
    Page(
        "offenders:identity_matches",
        of=lambda world: one_match(world)[:0],
        opens=who(*CHARITY_LEADS, otherwise=403),
        queries=9,
        grows=two_more_matches,
    ),
    Page("offenders:settle_match", of=one_match, opens=who(*CHARITY_LEADS), queries=8),
    Page(
        "offenders:settle_match",
        of=one_match,
        opens=who(*CHARITY_LEADS),
        posts=lambda world: {"is_one_person": "no"},
        makes=lambda world: IdentityMatch.objects.filter(is_one_person=False).exists(),
    ),
]
