"""A concern's clocks as a reader needs them: how long is left, of what, who is next, who then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from django.db.models import Prefetch, QuerySet

from concerns.choices import Side
from concerns.concern.models import Concern
from concerns.engine.audience import audience_name
from concerns.engine.hold_models import Hold
from concerns.engine.models import Acknowledgement, EscalationStep
from concerns.engine.next_step import after_holds
from concerns.engine.plan import Plans, SidePlan, started
from core.templatetags.ui import clock, day, length_in_words

FULL = 100
LONG_SUM = 3
"""A sum of more stretches than this says how many whole days lie between the first and the last."""


@dataclass(frozen=True)
class Coming:
    """One rung to come, if nobody does anything."""

    at: datetime
    who: str


@dataclass(frozen=True)
class SideClock:
    """How one side stands with a concern now."""

    side: Side
    due_at: datetime | None
    used: int
    left: str
    of: str
    working: list[str]
    day_and_night: bool
    held_by: Acknowledgement | None
    coming: list[Coming]
    on_hold: Hold | None = None

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and self.used >= FULL

    @property
    def presses(self) -> bool:
        """Little time is left and nobody has it: the warm colour."""
        return self.held_by is None and self.on_hold is None and self.used >= 50

    @property
    def next(self) -> Coming | None:
        return self.coming[0] if self.coming else None

    @property
    def then(self) -> Coming | None:
        return self.coming[1] if len(self.coming) > 1 else None


def with_clocks(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """The concerns with what their clocks are read from, at two more queries however many they are."""
    pending = EscalationStep.objects.pending().select_related("promise__by", "promise__share")
    return concerns.prefetch_related(
        Prefetch("steps", queryset=pending, to_attr="pending_steps"),
        Prefetch("holds", queryset=Hold.objects.order_by("begun_at")),
    )


def pending_step(concern: Concern, side: Side) -> EscalationStep | None:
    steps: list[EscalationStep] = concern.pending_steps  # type: ignore[attr-defined]
    return next((step for step in steps if step.side == side), None)


def side_clock(concern: Concern, side: Side, plans: Plans, at: datetime) -> SideClock | None:
    """One side's clock; None when that side has none, because nothing is asked of it."""
    plan, step = plans.of(concern, side), pending_step(concern, side)
    if step is None:
        return None
    coming = told_next(concern, step, plan)
    holds = [hold for hold in concern.holds.all() if hold.side == side]
    standing = next((hold for hold in holds if hold.stands(at)), None)
    if step.promise is not None:
        return SideClock(
            side,
            step.due_at,
            share(step.promise.at, step.due_at, at),
            length_in_words(step.due_at - at),
            length_in_words(step.due_at - step.promise.at),
            [],
            day_and_night=True,
            held_by=step.promise,
            coming=coming,
            on_hold=standing,
        )
    start = after_holds(started(concern, side), holds, plan)
    due = step.due_at if concern.status == Concern.Status.ANSWERED else plan.answer_due(start)
    return SideClock(
        side,
        due,
        share(start, due, at, plan),
        left(due, at, plan),
        length(plan),
        spelt(at, due, plan),
        day_and_night=plan.clock.day_and_night,
        held_by=None,
        coming=coming,
        on_hold=standing,
    )


def told_next(concern: Concern, step: EscalationStep, plan: SidePlan) -> list[Coming]:
    """Who is told when, if nobody does anything."""
    return [Coming(when, audience_name(audience, concern)) for when, audience in plan.outlook(step)]


def share(start: datetime, end: datetime, at: datetime, plan: SidePlan | None = None) -> int:
    """How much of the time is used, in hundredths, counted as the clock counts."""
    if plan is not None and not plan.clock.day_and_night:
        whole, used = plan.worktime.between(start, end), plan.worktime.between(start, at)
    else:
        whole, used = end - start, at - start
    if whole <= timedelta():
        return FULL
    return max(0, min(FULL, int(used / whole * FULL)))


def left(due: datetime, at: datetime, plan: SidePlan) -> str:
    if at >= due:
        return f"{length_in_words(at - due)} late"
    if plan.clock.day_and_night:
        return f"{length_in_words(due - at)} left"
    return f"{working_words(plan.worktime.between(at, due))} left"


def length(plan: SidePlan) -> str:
    within = plan.clock.acknowledge_within
    return length_in_words(within) if plan.clock.day_and_night else working_words(within)


def working_words(length: timedelta) -> str:
    """Working time in hours: a working day is eight."""
    minutes = int(length.total_seconds() // 60)
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{minutes} working minutes"
    return f"{hours} working hours" if not minutes else f"{hours} h {minutes} min of working time"


def spelt(at: datetime, due: datetime, plan: SidePlan) -> list[str]:
    """The working-time sum written out: today 2:00 pm to 5:00 pm, tomorrow 9:00 am to 10:00 am."""
    if plan.clock.day_and_night or at >= due:
        return []
    stretches = takewhile(lambda span: span[0] < due, plan.worktime.spans(at))
    said = [f"{day(opens)} {clock(opens)} to {clock(min(closes, due))}" for opens, closes in stretches]
    return said if len(said) <= LONG_SUM else [*said[:1], f"{len(said) - 2} whole working days", *said[-1:]]


def clocks_of(concern: Concern, plans: Plans, at: datetime) -> list[SideClock]:
    """Both sides' clocks of one concern fetched with `with_clocks`."""
    found = [side_clock(concern, side, plans, at) for side in Side]
    return [clock for clock in found if clock is not None]


def held_or_coming(concern: Concern, plans: Plans) -> tuple[bool, list[Coming]]:
    """For the receipt: whether somebody has it, and who is told when, in the order it will happen, until then.

    A promise whose time has passed holds nothing; once the answer is in, nothing more is asked.
    """
    held = concern.status in (Concern.Status.ANSWERED, Concern.Status.CLOSED)
    coming: list[Coming] = []
    for step in EscalationStep.objects.pending().filter(concern=concern):
        held = held or step.promise_id is not None
        plan = plans.of(concern, Side(step.side))
        if plan is not None and step.promise_id is None:
            coming += told_next(concern, step, plan)
    return held, sorted(coming, key=lambda one: one.at)
