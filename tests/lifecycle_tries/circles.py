"""Arrows of circles, their meetings, actions and reviews."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from circles.action.models import Action
from circles.action.operations import settle_action
from circles.circle.models import Circle
from circles.life.operations import go_fortnightly, match_circle, pause_circle
from circles.review.operations import postpone_review
from circles.risk.consensus_operations import save_agreed_scores
from tests.circles.goal.rows import action
from tests.circles.life.preparing import end_circle, prepared_circle, proposed_circle, started_circle, supply
from tests.circles.log.writing import write
from tests.circles.overview.rows import meeting_begun
from tests.circles.review.reviews import planned_review
from tests.circles.review.rows import fields_of_postponement, invitation, planned_review_address
from tests.circles.risk.risk_reviews import answers_for, planned_risk_review, risk_review_scored_by_all
from tests.circles.risk.rows import review_with_scores
from tests.circles.schedule.rows import fields_of_calling_off
from tests.lifecycle_tries.trying import Make, press_button
from tests.table import Page
from tests.world import World

Status = Circle.Status
WEEKS = timedelta(weeks=5)
A_REASON = {"reason": "The review says so."}


def settle_otherwise(how: str, then: str) -> Page:
    """Ben's action, which came to `how` first, is said to have come to `then`."""

    def make(world: World) -> list[Any]:
        agreed = action(world)
        if how != Action.Status.OPEN:
            settle_action(agreed, how=Action.Status(how), by=world.ann, at=world.now)
        return [world.ely.reference, agreed.reference]

    return press_button("circles:settle_action", make, {"how": then, "reason": "No use any more."})


def step(name: str, circle_of: Callable[[World], Circle], **sent: str) -> Page:
    return press_button("circles:step", lambda world: [circle_of(world).reference, name], sent)


def with_volunteers(world: World) -> Circle:
    return supply(proposed_circle(world), world, {"volunteers", "venue"})


def matched_circle(world: World) -> Circle:
    return match_circle(with_volunteers(world), no_conflicts=True, by=world.ann, at=world.now)


def some_weeks_old(world: World) -> Circle:
    """Ray's circle, which has met for five weeks."""
    circle = started_circle(world)
    Circle.objects.filter(pk=circle.pk).update(started_on=circle.started_on - WEEKS)
    return Circle.objects.get(pk=circle.pk)


def fortnightly_circle(world: World) -> Circle:
    return go_fortnightly(some_weeks_old(world), **A_REASON, by=world.ann, at=world.now)


def paused_circle(world: World) -> Circle:
    return pause_circle(started_circle(world), reason="He is ill.", by=world.ann, at=world.now)


def fortnightly_circle_paused(world: World) -> Circle:
    return pause_circle(fortnightly_circle(world), reason="He is ill.", by=world.ann, at=world.now)


def reference_to_close(world: World) -> list[Any]:
    return [end_circle(world.ely, world).reference]


def written_review_address(world: World) -> list[Any]:
    return [write(world.meeting, by=world.ben, at=world.now).reference]


def postponed_review(world: World) -> list[Any]:
    due_on = (world.now + timedelta(days=40)).date()
    return [postpone_review(planned_review(world), due_on=due_on, reason="Snow.", by=world.ann, at=world.now).reference]


def agreed_review(world: World) -> list[Any]:
    """All have scored, and one score is agreed."""
    review = risk_review_scored_by_all(world, planned_risk_review(world))
    return [save_agreed_scores(review, answers=answers_for(review), by=world.ann, at=world.now).reference]


def try_on_review(name: str, of: Make, sent: Callable[[World], dict[str, Any]]) -> Page:
    return press_button(f"circles:{name}", of, sent)


TRIES = [
    settle_otherwise("open", "partly"),
    settle_otherwise("open", "dropped"),
    settle_otherwise("partly", "open"),
    settle_otherwise("partly", "done"),
    settle_otherwise("partly", "dropped"),
    settle_otherwise("done", "open"),
    settle_otherwise("done", "partly"),
    step("match", with_volunteers, no_conflicts="on"),
    step("abandon", proposed_circle, **A_REASON),
    step("prepare", matched_circle),
    step("abandon", matched_circle, **A_REASON),
    step("start", prepared_circle),
    step("abandon", prepared_circle, **A_REASON),
    step("slow", some_weeks_old, **A_REASON),
    step("end", started_circle, end_reason="completed"),
    step("quicken", fortnightly_circle, **A_REASON),
    step("pause", fortnightly_circle, **A_REASON),
    step("end", fortnightly_circle, end_reason="completed"),
    step("resume", paused_circle),
    step("resume", fortnightly_circle_paused),
    step("end", paused_circle, end_reason="completed"),
    press_button("circles:close", reference_to_close),
    press_button("circles:log_check", written_review_address, by="volunteer"),
    press_button("circles:not_held", meeting_begun, fields_of_calling_off),
    try_on_review("review_postpone", planned_review_address, fields_of_postponement),
    try_on_review("review_invite", postponed_review, invitation),
    press_button("circles:risk_sign_off", agreed_review),
    press_button("circles:risk_missed", review_with_scores, {"reason": "Holidays."}),
]
