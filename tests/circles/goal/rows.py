"""Goals, actions, measures, what came afterwards, and paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from circles.action.models import Action
from circles.action.operations import agree_action
from circles.goal.models import Goal
from circles.goal.operations import open_goal
from circles.measure.models import LifeFacts
from circles.outcome.models import AdverseOutcome
from circles.outcome.operations import KnownOutcome, record_outcome
from tests.circles.overview.rows import LEAD, SEE, WRITE, ely, tonight
from tests.table import Page, acts, everybody, who
from tests.world import World
from volunteers.volunteer.models import Volunteer


def goal(world: World, words: str = "I want to ring my sister every Sunday.") -> Goal:
    return open_goal(
        world.ely, aim=Goal.Aim.SUPPORT, words=words, reason="He asked for it.", by=world.ann, at=world.now
    )


def ely_and_a_goal(world: World) -> list[Any]:
    return [*ely(world), goal(world).reference]


def action(world: World, owner: str = "volunteer", days: int = 7) -> Action:
    return agree_action(
        world.ely,
        words="Look up the allotment’s opening hours.",
        owner=Action.Owner(owner),
        volunteer=Volunteer.objects.get(user=world.ben) if owner == "volunteer" else None,
        due_on=(world.now + timedelta(days=days)).date(),
        by=world.ben,
        at=world.now,
    )


def ely_and_an_action(world: World) -> list[Any]:
    return [*ely(world), action(world).reference]


def ely_at_the_start(world: World) -> list[Any]:
    return [*ely(world), "start"]


MEASURES = {"employment": "part", "accommodation": "settled", "activity": "weekly", "total-ucla-3": "7"}


def entry(world: World, step: int = 5) -> AdverseOutcome:
    day = world.ely.started_on
    known = KnownOutcome(AdverseOutcome.Step(step), day, day, AdverseOutcome.Source.POLICE)
    return record_outcome(world.ely, known=known, by=world.ann, at=world.now)


def what_is_known(world: World) -> dict[str, Any]:
    """The form of an outcome: a caution on the day the circle began, told by the police that day."""
    days = {**_boxes_of("event_on", world.ely.started_on), **_boxes_of("known_on", world.ely.started_on)}
    return {"step": "1", "source": "police", "proven": "no", "circle_raised_it": "no", **days}


def _boxes_of(name: str, day: date) -> dict[str, str]:
    """A day in the three boxes of its field."""
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def ely_and_an_entry(world: World) -> list[Any]:
    return [*ely(world), entry(world).reference]


def an_action(world: World) -> dict[str, Any]:
    """The form of an action that is due tomorrow."""
    day = (world.now + timedelta(days=1)).date()
    return {"words": "Ring the library.", "owner": "coordinator", **_boxes_of("due_on", day)}


def the_measures(world: World) -> dict[str, Any]:
    """The form of the measures at the start, asked today."""
    return {**MEASURES, **_boxes_of("taken_on", world.now.date())}


A_GOAL = {"words": "I want to cook for myself.", "aim": "support", "reason": "He said so."}

PAGES = [
    Page("circles:goals", of=ely, opens=who(*SEE), queries=9, grows=lambda world: [goal(world), goal(world)]),
    Page("circles:open_goal", of=ely, opens=acts(*LEAD, see=SEE), queries=6),
    Page("circles:open_goal", of=ely, opens=acts(*LEAD, see=SEE), posts=lambda world: A_GOAL),
    Page(
        "circles:core_members_copy", of=ely, opens=acts(*LEAD, see=SEE), queries=11, grows=lambda world: [goal(world)]
    ),
    Page("circles:end_goal", of=ely_and_a_goal, opens=acts(*LEAD, see=SEE), queries=7),
    Page("circles:end_goal", of=ely_and_a_goal, opens=acts(*LEAD, see=SEE), posts=lambda world: {"reason": "Done."}),
    Page("circles:actions", of=ely, opens=who(*SEE), queries=10, grows=lambda world: [action(world), action(world)]),
    Page("circles:agree_action", of=ely, opens=acts(*WRITE, see=SEE), queries=9),
    Page(
        "circles:agree_action",
        of=ely,
        opens=acts(*WRITE, see=SEE),
        posts=an_action,
        makes=lambda world: Action.objects.exists(),
    ),
    Page("circles:settle_action", of=ely_and_an_action, opens=acts(*WRITE, see=SEE), queries=9),
    Page(
        "circles:settle_action", of=ely_and_an_action, opens=acts(*WRITE, see=SEE), posts=lambda world: {"how": "done"}
    ),
    Page("circles:give_action", of=ely_and_an_action, opens=acts("coordinator", see=SEE), queries=8),
    Page(
        "circles:give_action",
        of=ely_and_an_action,
        opens=acts("coordinator", see=SEE),
        posts=lambda world: {"owner": "core_member"},
        makes=lambda world: Action.objects.filter(owner="core_member").exists(),
    ),
    Page("circles:measures", of=ely, opens=acts(*LEAD, see=SEE), queries=8),
    Page("circles:record_measures", of=ely_at_the_start, opens=acts(*LEAD, see=SEE), queries=7),
    Page(
        "circles:record_measures",
        of=ely_at_the_start,
        opens=acts(*LEAD, see=SEE),
        posts=the_measures,
        makes=lambda world: LifeFacts.objects.exists(),
    ),
    Page("circles:outcomes", of=ely, opens=acts(*LEAD, see=SEE), queries=7, grows=lambda world: [entry(world)]),
    Page("circles:record_outcome", of=ely, opens=acts(*LEAD, see=SEE), queries=6),
    Page(
        "circles:record_outcome",
        of=ely,
        opens=acts(*LEAD, see=SEE),
        posts=what_is_known,
        makes=lambda world: world.ely.outcomes.exists(),
    ),
    Page("circles:correct_outcome", of=ely_and_an_entry, opens=acts(*LEAD, see=SEE), queries=7),
    Page(
        "circles:correct_outcome",
        of=ely_and_an_entry,
        opens=acts(*LEAD, see=SEE),
        posts=lambda world: {**what_is_known(world), "reason": "It was the day before."},
        makes=lambda world: world.ely.outcomes.filter(corrects__isnull=False).exists(),
    ),
    Page("circles:paper", of=tonight, opens=acts(*WRITE, see=SEE), queries=13),
    Page("circles:paper_code", opens=everybody(), queries=5),
    Page("circles:paper_code", opens=everybody(), posts=lambda world: {"code": "M-1"}, refused="is not right"),
]
