"""Pages on which approved minutes are shared with agencies, and read by them."""

from __future__ import annotations

from typing import Any

from circles.minutes.operations import add_addendum
from tests.circles.minutes_share.shares import (
    HERE,
    contact_of,
    meeting_ready_to_share,
    share_two_more_with_esi,
    shared_minutes,
)
from tests.circles.overview.rows import LEAD, SEE
from tests.table import Page, acts, everybody, who
from tests.world import World


def meeting_ready(world: World) -> list[Any]:
    return [meeting_ready_to_share(world)[0].reference]


def reference_of_share(world: World) -> list[Any]:
    return [shared_minutes(world).reference]


def shared_meeting(world: World) -> list[Any]:
    return [shared_minutes(world).meeting.reference]


def meeting_behind(world: World) -> list[Any]:
    """Shared with Esi, and Tom has added something since."""
    meeting = shared_minutes(world).meeting
    add_addendum(meeting, words="He rang at nine.", by=world.tom, at=world.now)
    return [meeting.reference]


def share_the_minutes(world: World) -> list[Any]:
    shared_minutes(world)
    return []


def two_more_contacts(world: World) -> None:
    contact_of(world, "oz")
    contact_of(world, "ivor", verified=False)


def box_of_esi(world: World) -> dict[str, Any]:
    return {f"to-{world.core_member.contacts.get(name='Esi Okafor').reference}": HERE}


PAGES = [
    Page(
        "circles:share_minutes",
        of=meeting_ready,
        opens=acts(*LEAD, see=SEE),
        queries=14,
        counts_as="coordinator",
        grows=two_more_contacts,
    ),
    Page("circles:share_minutes", of=meeting_ready, opens=acts(*LEAD, see=SEE), posts=box_of_esi),
    Page("circles:set_resend_aside", of=meeting_behind, opens=acts(*LEAD, see=SEE), queries=6),
    Page(
        "circles:set_resend_aside",
        of=meeting_behind,
        opens=acts(*LEAD, see=SEE),
        posts=lambda world: {"reason": "She heard it herself."},
    ),
    Page("circles:meeting", of=shared_meeting, opens=who(*SEE), queries=14, counts_as="coordinator"),
    Page("circles:minutes_share", of=reference_of_share, opens=who(*LEAD, "liaison"), queries=7, counts_as="liaison"),
    Page("circles:minutes_paper", of=reference_of_share, opens=who(*LEAD, "liaison"), axe=False),
    Page(
        "circles:minutes_read",
        of=reference_of_share,
        opens=acts("liaison", see=(*LEAD, "liaison")),
        posts=lambda world: {},
    ),
    Page(
        "circles:minutes_sent_to_me",
        of=share_the_minutes,
        opens=everybody(),
        queries=6,
        counts_as="liaison",
        grows=share_two_more_with_esi,
    ),
]
