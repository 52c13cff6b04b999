"""A meeting cancelled by mistake can be put back, and a cancelled meeting does not block another."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from alerts.message.models import Alert, Wording
from circles.calendar.ical import events_of
from circles.meeting.models import Meeting
from circles.minutes.beginning_operations import start_log
from circles.schedule.calling_off_operations import move_meeting, restore_meeting
from core.errors import Refused
from tests.circles.schedule.test_calling_off import AsPerson, cancel, coming_meeting
from tests.world import World


def restore(world: World, meeting: Meeting, **changes: Any) -> Meeting:
    return restore_meeting(meeting, **{"by": world.ann, "at": world.now, **changes})


def test_a_meeting_cancelled_by_mistake_comes_back_as_it_was(world: World) -> None:
    before = coming_meeting(world)
    after = restore(world, cancel(world))
    assert (after.status, after.planned_at, after.place_code) == ("planned", before.planned_at, before.place_code)
    assert (after.minute_taker, after.slot_at) == (before.minute_taker, before.slot_at)
    assert (after.why_not, after.why_not_words, after.called_off_at) == ("", "", None)
    assert after.revision == 2
    assert world.ely.events.latest("pk").note == "put back after it was cancelled"
    start_log(after, by=world.ben, at=after.planned_at)


def test_everybody_is_told_each_time_that_it_is_off_and_on_again(world: World) -> None:
    for _ in range(2):
        restore(world, cancel(world))
    bens = Alert.objects.filter(recipient=world.ben, wording=Wording.CALENDAR_CHANGED)
    assert bens.values("key").distinct().count() == 4


def test_a_cancelled_meeting_does_not_stand_in_anothers_way(world: World) -> None:
    off = cancel(world)
    other = world.ely.meetings.filter(status="planned", planned_at__gt=off.planned_at).earliest("planned_at")
    moved = move_meeting(
        other, planned_at=off.planned_at, place_code="ELM", words="Sooner.", by=world.ann, at=world.now
    )
    assert moved.planned_at == off.planned_at
    with pytest.raises(Refused, match="meets at that moment already"):
        restore(world, off)


def test_two_meetings_that_stand_are_never_at_one_moment(world: World) -> None:
    first, second = world.ely.meetings.order_by("planned_at")[:2]
    with pytest.raises(IntegrityError, match="meeting_moment_once"), transaction.atomic():
        Meeting.objects.filter(pk=second.pk).update(planned_at=first.planned_at)


def test_what_is_not_cancelled_or_is_over_is_not_put_back(world: World) -> None:
    with pytest.raises(Refused, match="This one is not cancelled"):
        restore(world, coming_meeting(world))
    off = cancel(world)
    with pytest.raises(Refused, match="has passed"):
        restore(world, off, at=off.planned_at)
    for person in (world.ben, world.pat):
        with pytest.raises(PermissionDenied):
            restore(world, off, by=person)


def test_the_calendar_says_that_it_is_on_again(world: World) -> None:
    def states() -> set[str]:
        return {str(one["status"]) for one in events_of(world.ben, at=world.now)}

    off = cancel(world)
    assert states() == {"CONFIRMED", "CANCELLED"}
    restore(world, off)
    assert states() == {"CONFIRMED"}


def test_ann_puts_it_back_on_its_page(world: World, as_person: AsPerson) -> None:
    off, ann = cancel(world), as_person(world.ann)
    address = reverse("circles:restore", args=[off.reference])
    assert address in ann.get(off.get_absolute_url()).content.decode()
    assert "It was cancelled: The hall is flooded." in ann.get(address).content.decode()
    assert ann.post(address)["Location"] == off.get_absolute_url()
    assert address not in ann.get(off.get_absolute_url()).content.decode()
    assert "which was cancelled, was put back" in ann.get(reverse("circles:timeline", args=["C-0142"])).content.decode()
