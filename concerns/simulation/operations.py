"""Simulates a concern that nobody answers: who would be told, when, and by which channel. Nothing is written.

Nothing is written. Every time comes from `plan.py` and every name from the engine's own `recipients_of_step`, so
that the simulator cannot disagree with the engine; a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from alerts.message.models import Channel
from alerts.outbox.transports import TRANSPORTS
from alerts.receipt.operations import reachable_people
from circles.circle.models import Circle
from concerns.choices import Audience, Level, Side
from concerns.concern.models import Concern
from concerns.engine.audience import audience_name
from concerns.engine.cover import Recipients, recipients_of_step
from concerns.engine.models import EscalationStep
from concerns.engine.operations import URGENCIES
from concerns.engine.plan import Plans, SidePlan
from concerns.ladder.models import LadderVersion
from concerns.queue.models import Queue
from concerns.routing.models import RoutingRule, RoutingVersion
from concerns.routing.operations import Facts, Routed, first_route_of, route_concern
from offenders.core_member.models import CoreMember

CHANNELS = (Channel.INBOX, Channel.EMAIL)
"""The channels of a rung's alert, as `queue_alert` uses them."""

NEEDS_A_CIRCLE = (Audience.COORDINATOR, Audience.COORDINATOR_AGAIN, Audience.PRACTITIONER)
"""Audiences that only a circle can name. Without a circle they are assumed to be there."""


@dataclass(frozen=True)
class Case:
    """An imagined concern: its level, its circle or only an area's queue, and whether the coordinator is in it."""

    level: Level
    queue: Queue | None
    circle: Circle | None = None
    kind: str = ""
    by_coordinator: bool = False
    about_coordinator: bool = False

    @property
    def kinds(self) -> list[str]:
        return [self.kind] if self.kind else []


@dataclass(frozen=True)
class SimulatedTelling:
    """One rung of the ladder: who is told, when, and by which channels. `people` is empty where nobody can be told."""

    at: datetime
    side: Side
    round: int
    rung: int
    who: str
    people: list[User]
    ways: list[Channel]
    named: bool
    """Whether the people are known by name; without a circle some are known only by their role."""
    there: bool
    """Whether a message reaches somebody who is not on leave."""

    @property
    def nobody(self) -> bool:
        return self.named and not self.people


def simulate(case: Case, *, at: datetime) -> list[SimulatedTelling]:
    """The rungs of both sides in order, if nobody answers, each ladder up to its first repeat."""
    route = route_case(case, at=at)
    concern = _imagined_concern_of(case, route, at=at)
    plans = Plans([concern])
    tellings: list[SimulatedTelling] = []
    for side in Side:
        plan = plans.of(concern, side)
        if plan is not None and (side == Side.CHARITY or concern.queue is not None):
            tellings += _climb(concern, side, plan, start=at, hasten=side == Side.AGENCY and route.at_once)
    return sorted(tellings, key=lambda telling: (telling.at, telling.side == Side.AGENCY))


def route_case(case: Case, *, at: datetime) -> Routed:
    """Where the rules send the case: by the circle's facts, or without a circle by those that are known."""
    if case.circle is not None:
        return route_concern(case.circle, case.level, case.kinds, at=at)
    if case.queue is None:
        return Routed(None, None, case.level.tells_agency_at_once)
    version = RoutingVersion.objects.in_force(at)
    rules = RoutingRule.objects.of(version) if version is not None else []
    return first_route_of(rules, Facts(case.queue.area, case.level, case.kinds, "", ""))


def _imagined_concern_of(case: Case, route: Routed, *, at: datetime) -> Concern:
    """A concern as if just raised, which is not saved."""
    circle = case.circle or Circle(core_member=CoreMember())
    coordinator = circle.coordinator if case.circle is not None else None
    return Concern(
        circle=circle,
        raised_by=coordinator if case.by_coordinator else None,
        about=coordinator if case.about_coordinator else None,
        level=case.level,
        suggested_level=case.level,
        received_at=at,
        ladder=LadderVersion.objects.in_force(at),
        queue=route.queue,
        queued_at=at if route.at_once and route.queue is not None else None,
    )


def _climb(
    concern: Concern, side: Side, plan: SidePlan, *, start: datetime, hasten: bool
) -> Iterator[SimulatedTelling]:
    """The rungs of one ladder, each on time, from the first to the first repeat of the last."""
    step = plan.first_step(start, at_once=hasten)
    while True:
        rung = min(step.rung, plan.last)
        told = _telling_of(
            concern, EscalationStep(side=side, round=step.round, rung=step.rung, due_at=step.due_at), plan
        )
        yield told
        if step.round > 1:
            return
        step = plan.step_after(
            round_number=step.round, rung=rung, due_at=step.due_at, at=step.due_at, reached=told.there
        )


def _telling_of(concern: Concern, step: EscalationStep, plan: SidePlan) -> SimulatedTelling:
    """Who would be told by this step."""
    rung = min(step.rung, plan.last)
    audience = plan.rungs[rung].audience
    named = concern.circle.pk is not None or audience not in NEEDS_A_CIRCLE
    told = recipients_of_step(concern, step, plan, repeats=step.round > 1, at=step.due_at) if named else Recipients()
    people = sorted(told.people, key=lambda person: person.full_name)
    return SimulatedTelling(
        at=step.due_at,
        side=Side(step.side),
        round=step.round,
        rung=step.rung,
        who=audience_name(audience, concern),
        people=people,
        ways=_channels_to(people) if named else list(CHANNELS),
        named=named,
        there=not named or bool(reachable_people(told.present, URGENCIES[Level(concern.level)])),
    )


def _channels_to(people: list[User]) -> list[Channel]:
    """The channels that reach at least one of these people."""
    return [
        channel
        for channel in CHANNELS
        if any(channel not in TRANSPORTS or TRANSPORTS[channel].reaches(person) for person in people)
    ]
