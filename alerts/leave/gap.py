"""Gaps in cover: leave whose deputy is away at the same time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from alerts.leave.cover import Cover
from alerts.leave.models import Leave
from alerts.message.models import Urgency, Wording
from alerts.outbox.operations import queue_alert
from core.templatetags.ui import moment


@dataclass(frozen=True)
class CoverGap:
    """A leave, and the leave of its deputy at the same time."""

    leave: Leave
    deputys: Leave

    @property
    def starts_at(self) -> datetime:
        return max(self.leave.starts_at, self.deputys.starts_at)

    @property
    def ends_at(self) -> datetime:
        return min(self.leave.ends_at, self.deputys.ends_at)

    @property
    def sentence(self) -> str:
        """What the page says about this gap."""
        person, deputy = self.leave.person.full_name, self.deputys.person.full_name
        chains = Cover(self.starts_at).of(self.leave.person_id)
        stand_in = User.objects.filter(pk__in=[chain.stand_in for chain in chains if chain.stand_in]).first()
        both = f"{deputy} covers for {person}, and is away too from {moment(self.starts_at)} to {moment(self.ends_at)}."
        if stand_in is not None:
            return f"{both} {stand_in.full_name} covers for both then."
        return f"{both} Nobody covers then: what is for {person} goes on to the next people at once."


def gaps_in(leaves: Iterable[Leave]) -> list[CoverGap]:
    """The gaps in the cover of these leaves, in one query."""
    covered = [leave for leave in leaves if leave.deputy_id is not None]
    if not covered:
        return []
    together = Leave.objects.within(min(leave.starts_at for leave in covered), max(leave.ends_at for leave in covered))
    deputys = together.filter(person__in=[leave.deputy_id for leave in covered]).select_related("person", "deputy")
    away = list(deputys.order_by("starts_at", "pk"))
    return [
        CoverGap(leave, other)
        for leave in covered
        for other in away
        if other.person_id == leave.deputy_id and other.starts_at < leave.ends_at and other.ends_at > leave.starts_at
    ]


def gaps_around(leave: Leave) -> list[CoverGap]:
    """The gaps in a leave's own cover, and those it makes in the cover that this person gives."""
    within = Leave.objects.within(leave.starts_at, leave.ends_at)
    around = within.filter(Q(pk=leave.pk) | Q(deputy=leave.person_id)).select_related("person", "deputy")
    gaps = gaps_in(around.order_by("starts_at", "pk"))
    return [gap for gap in gaps if leave.pk in (gap.leave.pk, gap.deputys.pk)]


def tell_of_gaps(leave: Leave, *, by: User, at: datetime) -> None:
    """Alert the others about gaps: the people on leave, and those who planned it."""
    keys: set[int] = set()
    for gap in gaps_around(leave):
        keys |= {gap.leave.person_id, gap.leave.planned_by_id, gap.deputys.person_id, gap.deputys.planned_by_id}
    others = User.objects.filter(pk__in=keys - {by.pk}, is_active=True).order_by("pk")
    queue_alert(
        key=f"leave:{leave.pk}:gap",
        to=others,
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        link=reverse("alerts:leave"),
        at=at,
    )
