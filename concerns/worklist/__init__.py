"""What concerns put on a person's home page: the kinds of work about concerns, registers, the rota, patterns, rehearsals."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from circles.worklist.lines import find_work, home_reader
from concerns.concern.models import Concern
from concerns.concern.rows import ConcernQuerySet
from concerns.engine.models import EscalationStep
from concerns.rota.operations import gaps_on_call
from concerns.worklist import readiness
from concerns.worklist.kinds import CONCERN_KINDS
from concerns.worklist.registers import REGISTER_KINDS
from concerns.worklist.rota import ROTA_KINDS
from concerns.worklist.shares import SHARE_KINDS
from core.templatetags.ui import moment
from core.worklist import WorkItem

PRESSES_BEFORE = timedelta(days=2)
"""A gap in the rota that is this near must be filled now."""

KINDS = (*CONCERN_KINDS, *SHARE_KINDS, *REGISTER_KINDS, *ROTA_KINDS)
"""Every kind of work about concerns. Those of one circle stand on its page too."""


def work_of(user: User, at: datetime) -> list[WorkItem]:
    """Everything in concerns that this person could take on now, or must finish."""
    [items] = find_work(KINDS, home_reader(user, at))
    return [*items, *other_work_for(user, at)]


def other_work_for(user: User, at: datetime) -> list[WorkItem]:
    """The work that is no row of a table: gaps in the rota, and promises that do not hold."""
    return [*rota_items_of(user, at), *readiness.work_of(user, at)]


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
