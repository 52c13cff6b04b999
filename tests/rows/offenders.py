"""Core members."""

from __future__ import annotations

from accounts.models import Area
from offenders.operations import accept_core_member
from tests.table import Page, everybody, who
from tests.world import World

SEE = ("coordinator", "manager", "safeguarding lead")


def two_more(world: World) -> None:
    for _ in range(2):
        accept_core_member(
            category=1, level=1, lead_agency="police", area=Area.objects.get(code="norfolk"), coordinator=world.ann,
            by=world.ann, at=world.now,
        )  # fmt: skip


PAGES = [
    Page(
        "offenders:core_members",
        opens=everybody(),
        queries=6,
        grows=two_more,
    ),
    Page(
        "offenders:accept",
        opens=who("coordinator", "coordinator elsewhere", "manager", otherwise=403),
        queries=9,
    ),
    Page("offenders:core_member", of=lambda world: [world.core_member.reference], opens=who(*SEE), queries=9),
    Page("offenders:add_restriction", of=lambda world: [world.core_member.reference], opens=who(*SEE), queries=7),
    Page(
        "offenders:add_restriction",
        of=lambda world: [world.core_member.reference],
        opens=who(*SEE),
        posts=lambda world: {
            "source": "shpo",
            "plain_words": "No parks.",
            "starts_on_day": "1",
            "starts_on_month": "2",
            "starts_on_year": "2026",
        },
    ),
]
