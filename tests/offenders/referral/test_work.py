"""A referral is somebody's work in each state, due when its clock runs out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from config.home import home_work_of
from core.worklist import WorkItem
from offenders.referral.models import LAPSES_AFTER, Referral
from tests.offenders.referral import referrals
from tests.world import World

DAY = timedelta(days=1)
Due = Callable[[Referral], datetime | None]


def work_of(name: str, world: World, kind: str = "Referrals") -> list[WorkItem]:
    return [item for item in home_work_of(world.people[name], world.now).waiting if item.kind == kind]


@pytest.mark.parametrize(
    ("make", "title", "due"),
    [
        (referrals.started, "Finish the referral", lambda one: one.waits_since + LAPSES_AFTER),
        (referrals.submitted, "Acknowledge the referral", lambda one: one.acknowledge_by),
        (referrals.in_screening, "Screen the referral", lambda one: one.answer_by),
        (referrals.waiting, "No word from the referrer", lambda one: one.waits_since + LAPSES_AFTER),
        (referrals.in_assessment, "Assess him", lambda one: None),
        (referrals.with_panel, "The panel decides", lambda one: None),
    ],
)
def test_ann_has_it_on_her_list_with_its_day(
    make: Callable[[World], Referral], title: str, due: Due, world: World
) -> None:
    referral = make(world)
    [item] = work_of("ann", world)
    assert item.title.startswith(title)
    assert item.due_at == due(referral)
    assert referral.reference in item.detail
    assert work_of("pat", world) == work_of("esi", world) == []


def test_what_is_deferred_is_due_on_its_day_and_what_is_over_is_nobodys_work(world: World) -> None:
    referrals.declined(world)
    deferred = referrals.deferred(world)
    [item] = work_of("ann", world)
    assert item.due_at is not None
    assert item.due_at.date() == deferred.deferred_until


def test_a_late_answer_stands_on_hanas_wall(world: World) -> None:
    referral = referrals.in_screening(world)
    wall = home_work_of(world.hana, world.now + 30 * DAY).wall or []
    late = [item for group in wall if group.label == "Referrals" for item in group.items]
    assert [item.url for item in late] == [referral.get_absolute_url()]


def test_esi_has_a_view_to_give(world: World) -> None:
    referrals.with_panel(world)
    [item] = work_of("esi", world, "Views of a panel")
    assert item.title == "Read a referral and give your view"
