"""A meeting at a place without a risk assessment that holds on its day is on the coordinator's list at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert
from audit.models import Entry
from circles.meeting.models import Meeting
from circles.schedule.calling_off_operations import move_meeting
from circles.venue.models import Venue
from circles.venue.operations import choose_venue, withdraw_assessment
from circles.worklist import work_of
from core.errors import Refused
from tests.circles.life.preparing import hall
from tests.world import World

AsPerson = Callable[[User], Client]


def places_for(world: World, person: User, *, days: int = 0) -> list[str]:
    return [
        item.title for item in work_of(person, world.now + timedelta(days=days)) if "assessment holds" in item.title
    ]


def next_meeting(world: World) -> Meeting:
    return world.ely.meetings.filter(planned_at__gt=world.now).earliest("planned_at")


def test_nothing_is_said_while_the_assessment_holds_on_every_day(world: World) -> None:
    assert places_for(world, world.ann) == []


def test_a_meeting_moved_to_a_place_that_nobody_knows_is_on_anns_list_at_once(world: World) -> None:
    meeting = next_meeting(world)
    at = meeting.planned_at + timedelta(days=1)
    move_meeting(meeting, planned_at=at, place_code="OAK", words="The hall is let.", by=world.ann, at=world.now)
    day = f"{at:%-d %B}"
    assert places_for(world, world.ann) == [f"No risk assessment holds at OAK on {day}"]
    for other in (world.pat, world.ben, world.hana):
        assert places_for(world, other) == []


def test_the_first_meeting_after_the_assessments_last_day_is_named_and_no_other(world: World) -> None:
    second = world.ely.meetings.filter(planned_at__gt=world.now).order_by("planned_at")[1]
    until = (second.planned_at - timedelta(days=1)).date()
    Venue.objects.filter(place_code="ELM").update(assessed_until=until)
    assert places_for(world, world.ann) == [f"No risk assessment holds at ELM on {second.planned_at:%-d %B}"]


def test_a_circle_that_chooses_another_place_is_no_longer_listed(world: World) -> None:
    Venue.objects.filter(place_code="ELM").update(assessed_on=None, assessed_until=None)
    assert len(places_for(world, world.ann)) == 1
    choose_venue(world.ely, venue=hall(world), by=world.ann, at=world.now)
    assert places_for(world, world.ann) == []


def test_an_assessment_that_is_withdrawn_puts_the_meetings_on_the_list_and_tells_the_other_coordinator(
    world: World, as_person: AsPerson
) -> None:
    place = hall(world)
    choose_venue(world.ely, venue=place, by=world.ann, at=world.now)
    choose_venue(world.wisbech, venue=place, by=world.hana, at=world.now)
    assert places_for(world, world.ann) == places_for(world, world.pat) == []
    page = reverse("circles:withdraw_assessment", args=[place.reference])
    ann = as_person(world.ann)
    assert page in ann.get(place.get_absolute_url()).content.decode()
    assert ann.post(page, {"reason": "A nursery moved in."}).status_code == 302
    assert len(places_for(world, world.ann)) == len(places_for(world, world.pat)) == 1
    assert Alert.objects.filter(recipient=world.pat, key__startswith=f"{place.reference}:changed").exists()
    assert Entry.objects.filter(actor=world.ann, note="risk assessment withdrawn: A nursery moved in.").exists()
    assert page not in ann.get(place.get_absolute_url()).content.decode()


def test_it_is_withdrawn_with_a_reason_once_and_by_who_keeps_the_place_or_meets_there(world: World) -> None:
    place = hall(world)
    with pytest.raises(PermissionDenied):
        withdraw_assessment(place, reason="Why not.", by=world.pat, at=world.now)
    with pytest.raises(Refused, match="Say why"):
        withdraw_assessment(place, reason=" ", by=world.ann, at=world.now)
    withdraw_assessment(place, reason="A nursery moved in.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="no risk assessment"):
        withdraw_assessment(place, reason="Again.", by=world.ann, at=world.now)
