"""The pages of the consent."""

from __future__ import annotations

from typing import Any

from offenders.consent.models import Consent, ConsentText
from offenders.consent.operations import record_consent
from tests.circles.life.rows import date_of
from tests.offenders.rows import SEE
from tests.table import Page, who
from tests.world import World


def pauls(world: World) -> list[Any]:
    return [world.core_member.reference]


def core_member_who_agreed(world: World) -> list[Any]:
    record_consent(world.core_member, version=1, given_on=world.now.date(), how="signed", by=world.ann, at=world.now)
    return pauls(world)


def is_given(world: World) -> bool:
    return Consent.objects.standing().exists()


def is_withdrawn(world: World) -> bool:
    return Consent.objects.exclude(withdrawn_at=None).exists()


def is_published(world: World) -> bool:
    return ConsentText.objects.filter(version=2).exists()


PAGES = [
    Page("offenders:consent", of=core_member_who_agreed, opens=who(*SEE), queries=8),
    Page("offenders:record_consent", of=pauls, opens=who(*SEE), queries=7),
    Page(
        "offenders:record_consent",
        of=pauls,
        opens=who(*SEE),
        posts=lambda world: {"version": "1", "how": "signed", "helped_by": ""} | date_of("given_on", world),
        makes=is_given,
    ),
    Page("offenders:withdraw_consent", of=core_member_who_agreed, opens=who(*SEE), queries=7),
    Page(
        "offenders:withdraw_consent",
        of=core_member_who_agreed,
        opens=who(*SEE),
        posts=lambda world: {"words": "I have had enough."} | date_of("withdrawn_on", world),
        makes=is_withdrawn,
    ),
    Page("offenders:consent_sheet", of=pauls, opens=who(*SEE), queries=7),
    Page("offenders:publish_consent_text", opens=who("manager", otherwise=403), queries=5),
    Page(
        "offenders:publish_consent_text",
        opens=who("manager", otherwise=403),
        posts=lambda world: {"words": "I take part.", "easy_words": "I take part."},
        makes=is_published,
    ),
]
