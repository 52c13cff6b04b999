"""What concerns put on a person's home page: the kinds of work about concerns, registers, the rota, patterns, rehearsals."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from circles.worklist.lines import find_work, home_reader
from concerns.concern.models import Concern
from concerns.concern.rows import ConcernQuerySet
from concerns.drill.access import queues_to_rehearse
from concerns.engine.models import EscalationStep
from concerns.ladder.models import ASKED_BEFORE, end_of_holidays_within
from concerns.pattern.models import Pattern
from concerns.rota.operations import gaps_on_call
from concerns.worklist import readiness, registers, rota
from concerns.worklist.kinds import CONCERN_KINDS
from concerns.worklist.shares import SHARE_KINDS
from core.templatetags.ui import moment
from core.worklist import WorkItem

PRESSES_BEFORE = timedelta(days=2)
"""A gap in the rota that is this near must be filled now."""
REHEARSED_EVERY = timedelta(days=31)

KINDS = (*CONCERN_KINDS, *SHARE_KINDS)
"""The kinds of work that stand on a circle's page too."""


def work_of(user: User, at: datetime) -> list[WorkItem]:
    """Everything in concerns that this person could take on now, or must finish."""
    return [*find_work(KINDS, home_reader(user, at)), *other_work_for(user, at)]


def other_work_for(user: User, at: datetime) -> list[WorkItem]:
    """The work that belongs to no circle: registers, the rota, patterns, rehearsals."""
    return [
        *registers.work_of(user, at),
        *rota_items_of(user, at),
        *rota.work_of(user, at),
        *_pattern_items_of(user),
        *readiness.work_of(user, at),
        *_rehearsal_items_of(user, at),
        *holiday_items_of(user, at),
    ]


def _rehearsal_items_of(user: User, at: datetime) -> list[WorkItem]:
    """For managers: queues that nobody has rehearsed for a month."""
    if not user.has_role(Role.MANAGER):
        return []
    queues = queues_to_rehearse(user).select_related("area").annotate(last=Max("drills__started_at"))
    overdue = queues.filter(Q(last=None) | Q(last__lte=at - REHEARSED_EVERY)).order_by("area__name")
    return [
        WorkItem(
            title=f"Rehearse the {queue.name}",
            url=reverse("concerns:drills"),
            detail="Not rehearsed for a month" if queue.last else "Never rehearsed",
        )
        for queue in overdue
    ]


def holiday_items_of(user: User, at: datetime) -> list[WorkItem]:
    """For managers: the list of bank holidays ends soon."""
    last = end_of_holidays_within(ASKED_BEFORE, at=at) if user.has_role(Role.MANAGER) else None
    if last is None:
        return []
    detail = "After that day, clocks that count working hours run on bank holidays too"
    return [WorkItem(f"The list of bank holidays ends on {last:%-d %B %Y}", reverse("concerns:ladder"), detail=detail)]


def _pattern_items_of(user: User) -> list[WorkItem]:
    """For the safeguarding lead: patterns that nobody has looked at since they grew."""
    if not user.has_role(Role.SAFEGUARDING_LEAD):
        return []
    unseen = Pattern.objects.visible_to(user).filter(seen_at=None).order_by("grew_at", "pk")
    return [
        WorkItem(
            title=f"Concerns from different circles name the same {pattern.get_kind_display().lower()}",
            url=pattern.get_absolute_url(),
            must_act=True,
            detail=pattern.reference,
        )
        for pattern in unseen
    ]


def rota_items_of(user: User, at: datetime) -> list[WorkItem]:
    """For managers: the first stretch of the next fortnight in which nobody is on call."""
    if not user.has_role(Role.MANAGER):
        return []
    found = gaps_on_call(at=at)
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return [
        WorkItem(
            title="Nobody is on call",
            url=reverse("concerns:rota"),
            due_at=gap.starts_at,
            must_act=gap.starts_at <= at + PRESSES_BEFORE,
            detail=f"{moment(gap.starts_at)} to {moment(gap.ends_at)}{more}",
        )
        for gap in found[:1]
    ]


def concerns_at_the_end(at: datetime) -> ConcernQuerySet:
    """Open concerns with a ladder that has reached its end while nobody holds it: the status is red (E8).

    Such a ladder waits to repeat the rung that fired last. No other step does this.
    """
    fired = EscalationStep.objects.filter(
        concern=OuterRef("concern"), side=OuterRef("side"), rung=OuterRef("rung"), fired_at__lte=at
    )
    repeats = EscalationStep.objects.pending().filter(
        Exists(fired.filter(round=OuterRef("round") - 1)), concern=OuterRef("pk"), promise=None
    )
    return Concern.objects.still_open().filter(Exists(repeats))
