"""Pages of a circle's quarterly reviews, for the circle's people and for invited agencies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.circles.overview.rows import LEAD, SEE, ely
from tests.circles.review import reviews
from tests.table import Page, acts, who
from tests.world import World

INVITED = (*SEE, "liaison")


def planned_review_address(world: World) -> list[Any]:
    return [reviews.planned_review(world).reference]


def review_with_invitations(world: World) -> list[Any]:
    return [reviews.invited_review(world).reference]


def held_review(world: World) -> list[Any]:
    return [reviews.held_review(world).reference]


def decided_review(world: World) -> list[Any]:
    return [reviews.decided_review(world).reference]


def written_review(world: World) -> list[Any]:
    return [reviews.written_review(world).reference]


def shared_review_address(world: World) -> list[Any]:
    return [reviews.shared_review(world).reference]


def review_with_everybody(world: World) -> list[Any]:
    return [reviews.shared_review(world, kay="came").reference]


def day(world: World, days: int) -> dict[str, str]:
    that = world.now + timedelta(days=days)
    return {"day": str(that.day), "month": str(that.month), "year": str(that.year)}


def invitation(world: World) -> dict[str, Any]:
    boxes = {f"day_{box}": value for box, value in day(world, 28).items()}
    return {
        **boxes,
        "time": "18:00",
        "place_code": "ELM",
        "chair": "Ann",
        "professionals": "Kay Dunn, officer, Probation",
    }


def fields_of_postponement(world: World) -> dict[str, Any]:
    return {**{f"due_on_{box}": value for box, value in day(world, 40).items()}, "reason": "The room is flooded."}


def who_came(world: World) -> dict[str, Any]:
    boxes = {f"day_{box}": value for box, value in day(world, -1).items()}
    people = world.ely.reviews.get().people.values_list("pk", flat=True)
    return {**boxes, "time": "18:00", "chair": "Ann", **{f"came_{pk}": "came" for pk in people}}


def fields_of_chasing(world: World) -> dict[str, Any]:
    return {"person": reviews.kay_of(world.ely.reviews.get()).pk, "words": "She was on leave."}


def run(name: str, of: Any, **more: Any) -> Page:
    """A page of whoever runs the review; the others who see it are told they may not."""
    return Page(
        f"circles:{name}", of=of, opens=acts(*LEAD, see=SEE if of is planned_review_address else INVITED), **more
    )


PAGES = [
    Page("circles:reviews", of=ely, opens=who(*SEE), queries=8),
    Page("circles:review", of=planned_review_address, opens=who(*SEE)),
    Page("circles:review", of=review_with_invitations, opens=who(*INVITED), queries=11),
    Page("circles:review", of=shared_review_address, opens=who(*INVITED), queries=13),
    Page("circles:review", of=shared_review_address, opens=who(*INVITED), queries=14, counts_as="coordinator"),
    run("review_invite", planned_review_address, queries=6),
    run("review_invite", planned_review_address, posts=invitation),
    run("review_postpone", review_with_invitations, queries=6),
    run("review_postpone", review_with_invitations, posts=fields_of_postponement),
    Page("circles:review_view", of=review_with_invitations, opens=acts("volunteer", see=INVITED), queries=9),
    Page(
        "circles:review_view",
        of=review_with_invitations,
        opens=acts("volunteer", see=INVITED),
        posts=lambda world: {"words": "Well."},
    ),
    run("review_own_view", review_with_invitations, queries=7),
    run("review_own_view", review_with_invitations, posts=lambda world: {"how": "said", "words": "I am well."}),
    run("review_hold", review_with_invitations, queries=7),
    run("review_hold", review_with_invitations, posts=who_came),
    run("review_chase", shared_review_address, queries=8),
    run("review_chase", shared_review_address, posts=fields_of_chasing),
    run("review_decide", held_review, queries=6),
    run("review_decide", held_review, posts=lambda world: {"decision": "weekly", "reason": "It holds him."}),
    run("review_write", decided_review, queries=6),
    run("review_write", decided_review, posts=lambda world: {"summary": "All is well."}),
    run("review_share", written_review, queries=9),
    run("review_share", written_review, posts=lambda world: {}),
    run("review_close", review_with_everybody, queries=6),
    run("review_close", review_with_everybody, posts=lambda world: {}),
    Page("circles:review_inner_copy", of=shared_review_address, opens=acts("volunteer", *LEAD, see=INVITED), axe=False),
    Page("circles:review_outer_copy", of=shared_review_address, opens=acts("liaison", *LEAD, see=INVITED), axe=False),
]
