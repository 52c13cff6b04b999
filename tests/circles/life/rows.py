"""The life of a circle: proposing, what is still to do, places, the agreement, and what a manager keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from circles.life.operations import begin_ending
from circles.membership.operations import add_volunteer
from tests.circles.life.preparing import hall, proposed_circle, share, today
from tests.table import Page, acts, who
from tests.world import World
from volunteers.volunteer.models import Volunteer

SEE = ("volunteer", "coordinator", "manager", "safeguarding lead")
LEAD = ("coordinator", "manager", "safeguarding lead")
PLANNERS = ("coordinator", "coordinator elsewhere", "manager", "safeguarding lead")
KEEP_THE_HALL = ("coordinator", "manager", "safeguarding lead")


def date_of(name: str, world: World, days: int = 0) -> dict[str, Any]:
    day = today(world) + timedelta(days=days)
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def ely(world: World) -> list[Any]:
    return [world.ely.reference]


def rays(world: World) -> list[Any]:
    """Ray's circle, which Ben belongs to and which waits for the rest."""
    circle = proposed_circle(world)
    add_volunteer(circle, volunteer=Volunteer.objects.get(user=world.ben), by=world.ann, at=world.now)
    return [circle.reference]


def the_hall(world: World) -> list[Any]:
    return [hall(world).reference]


def two_more_places(world: World) -> None:
    number = len(PLACES)
    for more in range(2):
        PLACES.append(f"X{number}{more}")
        hall(world, PLACES[-1])


PLACES: list[str] = []


def address_of_pausing(world: World) -> list[Any]:
    return [world.ely.reference, "pause"]


def address_of_ending(world: World) -> list[Any]:
    begin_ending(world.ely, end_reason="completed", by=world.ann, at=world.now)
    return [world.ely.reference]


A_PROGRAMME = {
    "name": "Prison circle",
    "months": 6,
    "cadence": "agreed",
    "least_volunteers": 2,
    "most_volunteers": 4,
    "review_weeks": 6,
}

PAGES = [
    Page("circles:propose", opens=who("coordinator", "coordinator elsewhere", "manager", otherwise=403), queries=7),
    Page("circles:still_to_do", of=rays, opens=who(*SEE), queries=11, counts_as="coordinator"),
    Page("circles:step", of=address_of_pausing, opens=acts(*LEAD, see=SEE), queries=6),
    Page(
        "circles:step", of=address_of_pausing, opens=acts(*LEAD, see=SEE), posts=lambda world: {"reason": "He is ill."}
    ),
    Page(
        "circles:close",
        of=address_of_ending,
        opens=acts(*LEAD, see=SEE),
        posts=lambda world: {},
        refused="Still to finish",
    ),
    Page("circles:venues", opens=who(*PLANNERS, otherwise=403), queries=5, grows=two_more_places),
    Page("circles:add_venue", opens=who("coordinator", "coordinator elsewhere", otherwise=403), queries=4),
    Page("circles:venue", of=the_hall, opens=who(*KEEP_THE_HALL), queries=6),
    Page("circles:change_venue", of=the_hall, opens=acts("coordinator", see=KEEP_THE_HALL), queries=6),
    Page("circles:withdraw_assessment", of=the_hall, opens=acts("coordinator", see=KEEP_THE_HALL), queries=6),
    Page(
        "circles:withdraw_assessment",
        of=the_hall,
        opens=acts("coordinator", see=KEEP_THE_HALL),
        posts=lambda world: {"reason": "A nursery moved in."},
    ),
    Page("circles:assess_venue", of=the_hall, opens=acts("coordinator", see=KEEP_THE_HALL), queries=6),
    Page(
        "circles:assess_venue",
        of=the_hall,
        opens=acts("coordinator", see=KEEP_THE_HALL),
        posts=lambda world: date_of("assessed_on", world) | date_of("assessed_until", world, 90),
    ),
    Page("circles:choose_venue", of=ely, opens=acts(*LEAD, see=SEE), queries=8),
    Page("circles:agreement", of=rays, opens=who(*SEE), queries=9, counts_as="coordinator"),
    Page("circles:sign", of=ely, opens=acts("volunteer", "coordinator", see=SEE)),
    Page(
        "circles:sign",
        of=ely,
        opens=acts("volunteer", "coordinator", see=SEE),
        posts=lambda world: {"version": 9},
        refused="There is a newer text",
    ),
    Page("circles:record_his_signature", of=ely, opens=acts(*LEAD, see=SEE), queries=6),
    Page(
        "circles:record_his_signature",
        of=ely,
        opens=acts(*LEAD, see=SEE),
        posts=lambda world: date_of("signed_on", world),
    ),
    Page("circles:record_briefing", of=ely, opens=acts(*LEAD, see=SEE), queries=6),
    Page(
        "circles:record_briefing",
        of=ely,
        opens=acts(*LEAD, see=SEE),
        posts=lambda world: date_of("held_on", world) | {"attendees": "Sgt Okafor", "topics": "Risk"},
    ),
    Page("circles:programmes", opens=who("manager", otherwise=403), queries=5),
    Page("circles:add_programme", opens=who("manager", otherwise=403), queries=4),
    Page("circles:add_programme", opens=who("manager", otherwise=403), posts=lambda world: A_PROGRAMME),
    Page("circles:change_programme", of=lambda world: ["P-ADULT"], opens=who("manager", otherwise=403), queries=5),
    Page("circles:sharing", of=lambda world: [share(world)][1:], opens=who("manager", otherwise=403), queries=5),
    Page("circles:add_sharing", opens=who("manager", otherwise=403), queries=5),
    Page("circles:set_sharing_aside", of=ely, opens=acts("manager", see=SEE), queries=6),
    Page("circles:set_sharing_aside", of=ely, opens=acts("manager", see=SEE), posts=lambda world: {"reason": "Soon."}),
    Page("circles:publish_agreement", opens=who("manager", otherwise=403), queries=5),
    Page("circles:publish_agreement", opens=who("manager", otherwise=403), posts=lambda world: {"words": "Be kind."}),
]
