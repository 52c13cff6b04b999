"""Opening and ending circles, and who belongs to them."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from circles.circle.models import Circle, Membership
from circles.circle.operations import set_known_as
from circles.life.opening_operations import open_circle
from circles.meeting.models import Meeting
from circles.membership.operations import add_volunteer, end_membership
from core.errors import Refused
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import accept_core_member
from tests.circles.life.preparing import end_and_close
from tests.world import World
from volunteers.volunteer.models import Volunteer
from volunteers.volunteer.operations import pause_volunteer


def open_a_circle(world: World, **changes: object) -> Circle:
    """Hana takes over a circle in March for a core member whom Ann has just accepted."""
    accepted = accept_core_member(
        category=2,
        level=1,
        lead_agency="probation",
        area=world.core_member.area,
        coordinator=world.ann,
        by=world.ann,
        at=world.now,
    )
    today = world.now.date()
    asked = {
        "known_as": "Ray",
        "coordinator": world.ann,
        "weekday": 2,
        "meets_at": time(18, 30),
        "place_code": "oak",
        "started_on": today,
        "planned_end_on": today + timedelta(days=500),
        "by": world.hana,
        "at": world.now,
    } | changes
    return open_circle(accepted, **asked)  # type: ignore[arg-type]


def test_hana_takes_over_a_circle_and_its_first_meetings_are_planned(world: World) -> None:
    circle = open_a_circle(world)
    assert circle.place_code == "OAK"
    assert circle.core_member.status == CoreMember.Status.IN_CIRCLE
    assert circle.meetings.count() in {2, 3}
    assert {meeting.planned_at.weekday() for meeting in circle.meetings.all()} == {2}


def test_a_surname_is_refused_where_a_first_name_is_asked(world: World) -> None:
    with pytest.raises(Refused, match="one first name"):
        open_a_circle(world, known_as="Ray Smith")


def test_a_circle_cannot_end_before_it_starts(world: World) -> None:
    with pytest.raises(Refused, match="after the start"):
        open_a_circle(world, planned_end_on=world.now.date())


def test_a_core_member_has_one_circle_at_a_time(world: World) -> None:
    with pytest.raises(Refused, match="has a circle already"):
        open_circle(
            world.core_member,
            known_as="Paul",
            coordinator=world.ann,
            weekday=1,
            meets_at=time(19),
            place_code="ASH",
            started_on=world.now.date(),
            planned_end_on=world.now.date() + timedelta(days=9),
            by=world.hana,
            at=world.now,
        )


@pytest.mark.parametrize("name", ["ben", "ann"])
def test_who_is_no_manager_takes_over_no_circle(world: World, name: str) -> None:
    with pytest.raises(PermissionDenied, match="You may not take over a circle"):
        open_a_circle(world, by=world.people[name])


def test_ann_adds_dev_and_dev_sees_the_circle_at_once(world: World) -> None:
    assert not Circle.objects.visible_to(world.dev).contains(world.ely)
    add_volunteer(world.ely, volunteer=Volunteer.objects.get(user=world.dev), by=world.ann, at=world.now)
    assert Circle.objects.visible_to(world.dev).contains(world.ely)


def test_ben_cannot_be_added_twice(world: World) -> None:
    with pytest.raises(Refused, match="already"):
        add_volunteer(world.ely, volunteer=Volunteer.objects.get(user=world.ben), by=world.ann, at=world.now)


def test_a_paused_volunteer_cannot_be_placed(world: World) -> None:
    cas = pause_volunteer(Volunteer.objects.get(user=world.cas), by=world.ann, at=world.now)
    with pytest.raises(Refused, match="cannot be placed now"):
        add_volunteer(world.ely, volunteer=cas, by=world.ann, at=world.now)


def test_pat_may_not_change_who_belongs_to_anns_circle(world: World) -> None:
    with pytest.raises(PermissionDenied):
        add_volunteer(world.ely, volunteer=Volunteer.objects.get(user=world.dev), by=world.pat, at=world.now)


def test_when_tom_leaves_the_circle_is_gone_for_him_and_his_turns_go_to_others(world: World) -> None:
    tom = Membership.objects.get(circle=world.ely, volunteer__user=world.tom)
    end_membership(tom, by=world.ann, at=world.now)
    assert not Circle.objects.visible_to(world.tom).contains(world.ely)
    assert Volunteer.objects.get(user=world.tom).status == Volunteer.Status.WAITING
    coming = world.ely.meetings.filter(planned_at__gt=world.now)
    assert coming.exists()
    assert not coming.filter(minute_taker__user=world.tom).exists()


def test_a_membership_ends_once(world: World) -> None:
    gone = Membership.objects.get(circle=world.ely, volunteer__user=world.cas)
    with pytest.raises(Refused, match="left this circle already"):
        end_membership(gone, by=world.ann, at=world.now)


def test_nobody_joins_a_circle_that_has_ended(world: World) -> None:
    end_and_close(world.ely, world)
    with pytest.raises(Refused, match="has ended"):
        add_volunteer(world.ely, volunteer=Volunteer.objects.get(user=world.dev), by=world.ann, at=world.now)


def test_ann_changes_what_the_circle_calls_him(world: World) -> None:
    assert set_known_as(world.ely, known_as=" Pauly ", by=world.ann, at=world.now).known_as == "Pauly"


def test_gil_a_superuser_sees_no_circle_and_no_meeting(world: World) -> None:
    assert not Circle.objects.visible_to(world.gil).exists()
    assert not Meeting.objects.visible_to(world.gil).exists()
