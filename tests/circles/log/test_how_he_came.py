"""How the core member came: on time, late with how late and why, left early, or not at all (domain.md 1.7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.log.operations import Answers, missing_answers_of, submit_minutes
from circles.meeting.models import Attendance, is_short
from circles.minutes.beginning_operations import start_log
from circles.minutes.models import Minutes
from core.errors import Refused
from tests.circles.log.writing import save_attendance, save_minutes, write
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]
Came = Attendance.Came


def missing_answers(world: World, came: Attendance.Came) -> list[str]:
    """What is still missing when he came so."""
    meeting = write(world.meeting, by=world.ben, at=world.now)
    save_attendance(meeting, volunteer=None, came=came, by=world.ben, at=world.now)
    return [one.field for one in missing_answers_of(meeting)]


def test_when_he_was_late_the_minutes_say_how_late_and_why(world: World) -> None:
    assert missing_answers(world, Came.LATE) == ["his_minutes_late", "his_coming_words"]
    with pytest.raises(Refused, match="how many minutes late") as refused:
        submit_minutes(world.meeting, by=world.ben, at=world.now)
    assert refused.value.field == "his_minutes_late"
    answers: Answers = {"his_minutes_late": 20, "his_coming_words": "The bus."}
    save_minutes(world.meeting, answers=answers, by=world.ben, at=world.now)
    world.meeting.refresh_from_db()
    assert submit_minutes(world.meeting, by=world.ben, at=world.now).status == "submitted"


@pytest.mark.parametrize("came", [Came.CAME, Came.LEFT, Came.NO])
def test_otherwise_neither_is_asked_for(world: World, came: Attendance.Came) -> None:
    assert missing_answers(world, came) == []


def test_leaving_early_is_said_of_him_alone(world: World) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    tom = Volunteer.objects.get(user=world.tom)
    with pytest.raises(Refused, match="Only the core member"):
        save_attendance(world.meeting, volunteer=tom, came=Came.LEFT, by=world.ben, at=world.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(meeting=world.meeting, volunteer=tom, came=Came.LEFT)


def test_who_left_early_was_there(world: World) -> None:
    assert is_short({None: Came.LEFT, 1: Came.CAME})


@pytest.mark.parametrize("minutes", [0, 241])
def test_the_database_refuses_a_lateness_nobody_believes(world: World, minutes: int) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Minutes.objects.filter(meeting=world.meeting).update(his_minutes_late=minutes)


def test_the_log_asks_it_and_the_minutes_show_it(world: World, as_person: AsPerson) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    phone, address = as_person(world.ben), reverse("circles:log_page", args=[world.meeting.reference, 1])
    tom = Volunteer.objects.get(user=world.tom)
    body = phone.get(address).content.decode()
    assert 'name="came-him" value="left"' in body
    assert f'name="came-{tom.reference}" value="left"' not in body
    phone.post(address, {"worry": "no", "came-him": "left", "late_by": "", "late_words": "Back by nine."})
    shown = phone.get(world.meeting.get_absolute_url()).content.decode()
    assert "Left early" in shown
    assert "Back by nine." in shown


@pytest.mark.parametrize("typed", ["a quarter", "0", "999"])
def test_minutes_that_are_no_number_are_said_and_the_rest_is_kept(
    world: World, as_person: AsPerson, typed: str
) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    address = reverse("circles:log_page", args=[world.meeting.reference, 1])
    answer = as_person(world.ben).post(
        address, {"worry": "no", "came-him": "late", "late_by": typed, "late_words": "Bus."}
    )
    assert "Write the minutes in figures, from 1 to 240" in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()
    kept = Minutes.objects.get(meeting=world.meeting)
    assert (kept.his_minutes_late, kept.his_coming_words) == (None, "Bus.")


def test_victim_and_neighbourhood_are_asked_every_week(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now, community="")
    assert [one.field for one in missing_answers_of(meeting)] == ["community"]
    save_minutes(meeting, answers={"community": "yes"}, by=world.ben, at=world.now)
    meeting.refresh_from_db()
    assert [one.field for one in missing_answers_of(meeting)] == ["community_words"]
    save_minutes(meeting, answers={"community_words": "Person A moved away."}, by=world.ben, at=world.now)
    meeting.refresh_from_db()
    assert missing_answers_of(meeting) == []
