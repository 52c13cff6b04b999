"""What the schedule refuses, and in which words; and what a volunteer must be shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.calendar.models import Feed
from circles.calendar.operations import make_feed, read_feed
from circles.circle.models import Circle
from circles.minutes.beginning_operations import start_log
from circles.minutes.operations import add_addendum
from circles.schedule.operations import leave_out_slot, plan_meetings, put_back_slot
from circles.worklist.tonight import tonight_of
from core.errors import Refused
from tests.circles.life.preparing import end_and_close
from tests.circles.log.writing import send
from tests.circles.schedule.test_calling_off import cancel, say_not_held
from tests.circles.schedule.test_schedule import unplanned_moment
from tests.world import World

AsPerson = Callable[[User], Client]


def test_a_circle_that_has_ended_has_no_schedule_to_change(world: World) -> None:
    slot = unplanned_moment(world)
    end_and_close(world.ely, world)
    with pytest.raises(Refused, match="has ended"):
        leave_out_slot(world.ely, slot_at=slot, words="Holiday.", by=world.ann, at=world.now)


def test_what_has_been_planned_meanwhile_is_not_put_back(world: World) -> None:
    made = leave_out_slot(world.ely, slot_at=unplanned_moment(world), words="Holiday.", by=world.ann, at=world.now)
    world.ely.meetings.filter(pk=world.ely.meetings.latest("planned_at").pk).update(slot_at=made.slot_at)
    with pytest.raises(Refused, match="planned already"):
        put_back_slot(made, by=world.ann, at=world.now)


def test_a_moment_that_has_passed_is_not_put_back(world: World) -> None:
    made = leave_out_slot(world.ely, slot_at=unplanned_moment(world), words="Holiday.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="has passed"):
        put_back_slot(made, by=world.ann, at=made.slot_at + timedelta(minutes=1))


def test_the_database_refuses_a_circle_that_slows_before_it_starts(world: World) -> None:
    with pytest.raises(IntegrityError, match="circle_slows_after_start"), transaction.atomic():
        Circle.objects.filter(pk=world.ely.pk).update(fortnightly_from=world.ely.started_on)


def test_a_circle_planned_to_end_is_planned_no_further(world: World) -> None:
    Circle.objects.filter(pk=world.ely.pk).update(planned_end_on=world.ely.started_on + timedelta(days=20))
    plan_meetings(Circle.objects.get(pk=world.ely.pk), at=world.now + timedelta(days=14))
    assert world.ely.meetings.latest("planned_at").slot_at < world.now + timedelta(days=22)


def test_nothing_is_added_to_minutes_there_are_none_of(world: World) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="not held"):
        add_addendum(say_not_held(world), words="He rang.", by=world.ben, at=world.now)


def test_bens_first_page_says_that_the_next_meeting_is_cancelled(world: World, as_person: AsPerson) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    off = cancel(world)
    card = tonight_of(world.ben, world.now)
    assert card is not None
    assert card.cancelled == [off]
    assert card.meeting.planned_at > off.planned_at
    assert "is cancelled" in as_person(world.ben).get(reverse("home")).content.decode()
    later = tonight_of(world.ben, off.planned_at + timedelta(hours=7))
    assert later is not None
    assert later.cancelled == []


def test_a_meeting_that_was_not_held_no_longer_says_that_it_is_being_written(world: World, as_person: AsPerson) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    say_not_held(world)
    body = as_person(world.ben).get(world.meeting.get_absolute_url()).content.decode()
    assert "Not held" in body
    assert "Still being written" not in body


def test_that_a_calendar_asks_is_noted_once_an_hour(world: World) -> None:
    feed, _ = make_feed(by=world.ben, at=world.now)
    for minutes in (0, 59, 61):
        read_feed(feed, at=world.now + timedelta(minutes=minutes))
        seen = Feed.objects.get(pk=feed.pk).read_at
        assert seen is not None
        assert seen - world.now == timedelta(minutes=61 if minutes == 61 else 0)


@pytest.mark.parametrize("name", ["cancel", "move", "vary"])
def test_a_form_sent_empty_says_what_to_write(world: World, as_person: AsPerson, name: str) -> None:
    meeting = world.ely.meetings.latest("planned_at")
    about = meeting.reference if name in {"cancel", "move"} else world.ely.reference
    body = as_person(world.ann).post(reverse(f"circles:{name}", args=[about]), {"sent": "empty"}).content.decode()
    assert "There is a problem" in body
    assert "This field is required" not in body
