"""A concern's clocks as a page shows them: how much time is left, and who is told next and after that."""

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
from concerns.engine.next_step import start_after_holds
from concerns.engine.plan import Plans, SidePlan, clock_start_of
from core.templatetags.ui import clock, day, length_in_words

FULL = 100
WRITTEN_OUT = 3
"""Of more stretches than this, only the first and the last are written out, with the number of whole days between."""


@dataclass(frozen=True)
class ComingRung:
    """One rung to come, if nobody does anything."""

    at: datetime
    who: str


@dataclass(frozen=True)
class SideClock:
    """One side's clock now. `used` is in hundredths; `left` and `of` are in words."""

    side: Side
    due_at: datetime | None
    used: int
    left: str
    of: str
    working: list[str]
    day_and_night: bool
    held_by: Acknowledgement | None
    coming: list[ComingRung]
    on_hold: Hold | None = None

    @property
    def is_pressing(self) -> bool:
        """Whether half the time is used and nobody has it: the page shows the clock in the warm colour."""
        return self.held_by is None and self.on_hold is None and self.used >= 50

    @property
    def next(self) -> ComingRung | None:
        return self.coming[0] if self.coming else None

    @property
    def then(self) -> ComingRung | None:
        return self.coming[1] if len(self.coming) > 1 else None


def with_clocks(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """The concerns with the steps and holds that `side_clock` reads: two more queries, however many concerns."""
    pending = EscalationStep.objects.pending().select_related("promise__by", "promise__share")
    return concerns.prefetch_related(
        Prefetch("steps", queryset=pending, to_attr="pending_steps"),
        Prefetch("holds", queryset=Hold.objects.order_by("begun_at")),
    )


def fetched_step(concern: Concern, side: Side) -> EscalationStep | None:
    steps: list[EscalationStep] = concern.pending_steps  # type: ignore[attr-defined]
    return next((step for step in steps if step.side == side), None)


def side_clock(concern: Concern, side: Side, plans: Plans, at: datetime) -> SideClock | None:
    """One side's clock; None when that side has none, because nothing is asked of it."""
    plan, step = plans.of(concern, side), fetched_step(concern, side)
    if step is None:
        return None
    coming = _coming_rungs_of(concern, step, plan)
    holds = [hold for hold in concern.holds.all() if hold.side == side]
    standing = next((hold for hold in holds if hold.stands(at)), None)
    if step.promise is not None:
        return SideClock(
            side,
            step.due_at,
            _percent_used(step.promise.at, step.due_at, at),
            length_in_words(step.due_at - at),
            length_in_words(step.due_at - step.promise.at),
            [],
            day_and_night=True,
            held_by=step.promise,
            coming=coming,
            on_hold=standing,
        )
    start = start_after_holds(clock_start_of(concern, side), holds, plan)
    due = step.due_at if concern.status == Concern.Status.ANSWERED else plan.answer_due(start)
    return SideClock(
        side,
        due,
        _percent_used(start, due, at, plan),
        _time_left(due, at, plan),
        _time_allowed(plan),
        working_stretches(at, due, plan),
        day_and_night=plan.clock.day_and_night,
        held_by=None,
        coming=coming,
        on_hold=standing,
    )


def _coming_rungs_of(concern: Concern, step: EscalationStep, plan: SidePlan) -> list[ComingRung]:
    """Who is told, and when, if nobody does anything."""
    return [ComingRung(when, audience_name(audience, concern)) for when, audience in plan.rungs_from(step)]


def _percent_used(start: datetime, end: datetime, at: datetime, plan: SidePlan | None = None) -> int:
    """How much of the time is used, in hundredths, counted in working time where the plan's clock does so."""
    if plan is not None and not plan.clock.day_and_night:
        whole, used = plan.worktime.between(start, end), plan.worktime.between(start, at)
    else:
        whole, used = end - start, at - start
    if whole <= timedelta():
        return FULL
    return max(0, min(FULL, int(used / whole * FULL)))


def _time_left(due: datetime, at: datetime, plan: SidePlan) -> str:
    if at >= due:
        return f"{length_in_words(at - due)} late"
    if plan.clock.day_and_night:
        return f"{length_in_words(due - at)} left"
    return f"{working_time_in_words(plan.worktime.between(at, due))} left"


def _time_allowed(plan: SidePlan) -> str:
    within = plan.clock.acknowledge_within
    return length_in_words(within) if plan.clock.day_and_night else working_time_in_words(within)


def working_time_in_words(length: timedelta) -> str:
    """Working time in hours: a working day is eight."""
    minutes = int(length.total_seconds() // 60)
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{minutes} working minutes"
    return f"{hours} working hours" if not minutes else f"{hours} h {minutes} min of working time"


def working_stretches(at: datetime, due: datetime, plan: SidePlan) -> list[str]:
    """The stretches of working time that are left: today 2:00 pm to 5:00 pm, tomorrow 9:00 am to 10:00 am."""
    if plan.clock.day_and_night or at >= due:
        return []
    stretches = takewhile(lambda span: span[0] < due, plan.worktime.spans(at))
    sentences = [f"{day(opens)} {clock(opens)} to {clock(min(closes, due))}" for opens, closes in stretches]
    if len(sentences) <= WRITTEN_OUT:
        return sentences
    return [sentences[0], f"{len(sentences) - 2} whole working days", sentences[-1]]


def clocks_of(concern: Concern, plans: Plans, at: datetime) -> list[SideClock]:
    """Both sides' clocks of one concern fetched with `with_clocks`."""
    clocks = [side_clock(concern, side, plans, at) for side in Side]
    return [side_clock for side_clock in clocks if side_clock is not None]


def receipt_outlook(concern: Concern, plans: Plans) -> tuple[bool, list[ComingRung]]:
    """For the receipt: whether somebody has the concern, and who is told when as long as nobody does.

    Once a concern is answered, somebody has it.
    """
    held = concern.status in (Concern.Status.ANSWERED, Concern.Status.CLOSED)
    coming: list[ComingRung] = []
    for step in EscalationStep.objects.pending().filter(concern=concern):
        held = held or step.promise_id is not None
        plan = plans.of(concern, Side(step.side))
        if plan is not None and step.promise_id is None:
            coming += _coming_rungs_of(concern, step, plan)
    return held, sorted(coming, key=lambda rung: rung.at)
