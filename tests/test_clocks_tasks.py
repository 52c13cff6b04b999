"""What each repeating task does at its hour, beginning at the task itself as the timetable names it."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from accounts.models import Submission
from accounts.tasks import forget_old_forms
from alerts.watch.heartbeat import age
from circles.late_minutes.models import MinutesStep
from circles.tasks import chase_minutes
from concerns.engine.models import EscalationStep
from concerns.tasks import run_due
from concerns.watch.sweep import CHECKER
from tests.concerns.engine.raising import worry
from tests.world import World


def test_a_form_that_was_sent_long_ago_is_forgotten_and_one_of_yesterday_is_not(world: World) -> None:
    for key, days in (("0" * 8, 31), ("1" * 8, 1)):
        Submission.objects.create(
            key=f"{key}-0000-4000-8000-000000000000",
            page="/",
            person=world.ben,
            digests={},
            sent_at=world.now - timedelta(days=days),
        )
    forget_old_forms()
    assert [str(row.key)[0] for row in Submission.objects.all()] == ["1"]


def test_minutes_that_are_missing_for_days_are_chased(world: World) -> None:
    with time_machine.travel(world.now + timedelta(days=3)):
        assert chase_minutes() > 0
        assert chase_minutes() == 0
    assert MinutesStep.objects.filter(meeting=world.meeting).exists()


def test_the_sweep_takes_what_is_due_and_leaves_its_heartbeat(world: World) -> None:
    worry(world)
    fired = EscalationStep.objects.filter(fired_at__isnull=False)
    before, later = fired.count(), world.now + timedelta(hours=2)
    with time_machine.travel(later):
        assert run_due() > 0
    assert fired.count() > before
    assert age(CHECKER, at=later) is not None
