"""Two at once: planning twice, an answer while the request is withdrawn, two taps on one button."""

from __future__ import annotations

import pytest
from django.db.models import Count

from circles.calendar.models import Feed
from circles.calendar.operations import make_feed
from circles.meeting.models import Meeting
from circles.rota.models import Swap
from circles.rota.operations import swap_minutes, withdraw_offer
from circles.schedule.operations import plan_next_meetings
from core.errors import Refused
from tests.circles.rota.test_swap import ask
from tests.concerns.engine.test_races import run_together
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_two_clocks_that_plan_at_once_plan_each_meeting_once(world: World) -> None:
    Meeting.objects.filter(planned_at__gt=world.now).delete()
    assert run_together(*[lambda: plan_next_meetings(at=world.now)] * 4) == []
    twice = Meeting.objects.values("circle", "slot_at").annotate(count=Count("pk")).filter(count__gt=1)
    assert not twice.exists()
    assert Meeting.objects.filter(planned_at__gt=world.now).count() == 4


def test_an_asking_is_either_accepted_or_taken_back(world: World) -> None:
    swap = ask(world)
    raised = run_together(
        lambda: swap_minutes(swap, by=world.tom, at=world.now), lambda: withdraw_offer(swap, by=world.ben, at=world.now)
    )
    assert len(raised) == 1
    assert isinstance(raised[0], Refused)
    settled = Swap.objects.select_related("meeting__minute_taker__user").get(pk=swap.pk)
    taker = settled.meeting.minute_taker
    assert taker is not None
    assert (settled.status, taker.user.first_name) in {("accepted", "Tom"), ("withdrawn", "Ben")}


def test_two_taps_at_once_leave_one_calendar(world: World) -> None:
    assert run_together(*[lambda: make_feed(by=world.ben, at=world.now)] * 3) == []
    assert Feed.objects.filter(user=world.ben, revoked_at=None).count() == 1
