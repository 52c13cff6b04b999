"""Pages of a circle's risk reviews."""

from __future__ import annotations

from typing import Any

from circles.risk.models import RiskReview
from tests.circles.risk.risk_reviews import (
    answers_for,
    planned_risk_review,
    risk_review_scored_by_all,
    send_scores,
    signed_off_risk_review,
)
from tests.table import Page, acts, who
from tests.world import World

SEE = ("volunteer", "coordinator", "manager", "safeguarding lead")
LEAD = ("coordinator", "manager", "safeguarding lead")
COORDINATE = (*LEAD, "coordinator elsewhere")


def ely_with_trend(world: World) -> list[Any]:
    signed_off_risk_review(world, due_in=-100)
    signed_off_risk_review(world, due_in=-9)
    return [world.ely.reference]


def one_more(world: World) -> object:
    latest = world.ely.risk_reviews.order_by("due_on").first()
    assert latest is not None
    return signed_off_risk_review(world, due_in=(latest.due_on - world.now.date()).days - 91)


def planned_risk_address(world: World) -> list[Any]:
    return [planned_risk_review(world).reference]


def first_page(world: World) -> list[Any]:
    return [*planned_risk_address(world), 1]


def review_with_scores(world: World) -> list[Any]:
    return [send_scores(planned_risk_review(world), by=world.tom, at=world.now).reference]


def open_risk_review(world: World) -> list[Any]:
    return [risk_review_scored_by_all(world, planned_risk_review(world)).reference]


def closed_risk_review(world: World) -> list[Any]:
    return [signed_off_risk_review(world, due_in=-9).reference]


def review_with_prompt(world: World) -> list[Any]:
    signed_off_risk_review(world, due_in=-100, score=1)
    return [signed_off_risk_review(world, due_in=-9, score=4).reference]


def every_score(world: World) -> dict[str, Any]:
    review = RiskReview.objects.latest("pk")
    return {f"score-{key}": "2" for key in answers_for(review)}


PAGES = [
    Page("circles:risk", of=ely_with_trend, opens=who(*SEE), queries=8, counts_as="volunteer"),
    Page("circles:risk", of=ely_with_trend, opens=who(*SEE), queries=10, grows=one_more, counts_as="coordinator"),
    Page("circles:risk_completion", opens=who(*COORDINATE, otherwise=403), queries=5),
    Page("circles:risk_review", of=closed_risk_review, opens=who(*SEE), queries=13, counts_as="coordinator"),
    Page("circles:risk_score", of=planned_risk_address, opens=acts(see=SEE) | {"volunteer": 302}),
    Page("circles:risk_score_page", of=first_page, opens=acts("volunteer", see=SEE), queries=9),
    Page(
        "circles:risk_score_page",
        of=first_page,
        opens=acts("volunteer", see=SEE),
        posts=lambda world: {"score-alone": "2", "comment-alone": ""},
    ),
    Page("circles:risk_autosave", of=planned_risk_address, opens=acts("volunteer", see=SEE), posts=every_score),
    Page("circles:risk_send", of=planned_risk_address, opens=acts("volunteer", see=SEE), queries=9),
    Page(
        "circles:risk_send",
        of=planned_risk_address,
        opens=acts("volunteer", see=SEE),
        posts=lambda world: {},
        refused="not answered yet",
    ),
    Page("circles:risk_open", of=review_with_scores, opens=acts(*LEAD, see=SEE), queries=9),
    Page("circles:risk_open", of=review_with_scores, opens=acts(*LEAD, see=SEE), posts=lambda world: {}),
    Page("circles:risk_consensus", of=open_risk_review, opens=acts(*LEAD, see=SEE), queries=10),
    Page("circles:risk_consensus", of=open_risk_review, opens=acts(*LEAD, see=SEE), posts=every_score),
    Page("circles:risk_consensus_autosave", of=open_risk_review, opens=acts(*LEAD, see=SEE), posts=every_score),
    Page("circles:risk_sign_off", of=open_risk_review, opens=acts(*LEAD, see=SEE), queries=10),
    Page(
        "circles:risk_sign_off",
        of=open_risk_review,
        opens=acts(*LEAD, see=SEE),
        posts=lambda world: {},
        refused="not agreed yet",
    ),
    Page("circles:risk_missed", of=planned_risk_address, opens=acts(*LEAD, see=SEE), queries=7),
    Page(
        "circles:risk_missed",
        of=planned_risk_address,
        opens=acts(*LEAD, see=SEE),
        posts=lambda world: {"reason": "Holidays."},
    ),
    Page("circles:risk_prompts", of=review_with_prompt, opens=acts(*LEAD, see=SEE), queries=11),
    Page(
        "circles:risk_prompts",
        of=review_with_prompt,
        opens=acts(*LEAD, see=SEE),
        posts=lambda world: {"words": "We talked."},
    ),
]
