"""Pages on which a volunteer leaves or is back, and on which a circle says what it calls its core member."""

from __future__ import annotations

from typing import Any

from tests.circles.goal.rows import action
from tests.circles.overview.rows import LEAD, SEE, ely, ely_and_tom
from tests.table import Page, acts
from tests.volunteers.rows import PLACERS, STAFF, bens_file_address
from tests.world import World
from volunteers.volunteer.models import Volunteer
from volunteers.volunteer.operations import pause_volunteer

SEE_BEN = ("volunteer", *STAFF)


def bens_file(world: World) -> Volunteer:
    return Volunteer.objects.get(user=world.ben)


def file_of_ben_paused(world: World) -> list[Any]:
    return [pause_volunteer(Volunteer.objects.get(user=world.ben), by=world.ann, at=world.now).reference]


def two_more_actions(world: World) -> None:
    for _ in range(2):
        action(world)


PAGES = [
    Page("circles:known_as", of=ely, opens=acts(*LEAD, see=SEE), queries=6),
    Page("circles:known_as", of=ely, opens=acts(*LEAD, see=SEE), posts=lambda world: {"known_as": "Pauly"}),
    Page("circles:end_membership", of=ely_and_tom, opens=acts(*LEAD, see=SEE), posts=lambda world: {}),
    Page(
        "circles:volunteer_left",
        of=bens_file_address,
        opens=acts(*PLACERS, see=SEE_BEN),
        queries=9,
        grows=two_more_actions,
    ),
    Page(
        "circles:volunteer_left",
        of=bens_file_address,
        opens=acts(*PLACERS, see=SEE_BEN),
        posts=lambda world: {},
        makes=lambda world: bens_file(world).status == Volunteer.Status.LEFT,
    ),
    Page("circles:volunteer_back", of=file_of_ben_paused, opens=acts(*PLACERS, see=SEE_BEN), queries=6),
    Page(
        "circles:volunteer_back",
        of=file_of_ben_paused,
        opens=acts(*PLACERS, see=SEE_BEN),
        posts=lambda world: {},
        makes=lambda world: bens_file(world).status == Volunteer.Status.ACTIVE,
    ),
]
