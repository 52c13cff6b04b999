"""The three timed parts of a visit, and at least two volunteers with the core member."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import assume, given
from hypothesis import strategies as st

from accounts.models import User
from circles.log.operations import Answers, submit_minutes
from circles.meeting.models import Meeting
from circles.minutes.beginning_operations import start_log
from circles.minutes.models import Minutes
from circles.minutes.visit import first_time_out_of_order, planned_times_of, time_between
from circles.worklist import work_of
from core.errors import Refused
from core.worktime import LONDON
from tests.circles.log.writing import save_attendance, save_minutes, send, write
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]
EVENING = Answers(
    prebrief_began_at=time(18, 45), began_at=time(19), ended_at=time(20, 30), debrief_ended_at=time(20, 50)
)


def page_2(world: World) -> str:
    return reverse("circles:log_page", args=[world.meeting.reference, 2])


def minutes(world: World) -> Minutes:
    return Minutes.objects.get(meeting=world.meeting)


def test_the_four_times_are_kept(world: World) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    save_minutes(world.meeting, answers=EVENING, by=world.ben, at=world.now)
    assert minutes(world).times == EVENING


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"prebrief_began_at": time(19, 5)}, "after the pre-brief"),
        ({"ended_at": time(18, 50)}, "end after it began"),
        ({"debrief_ended_at": time(20, 20)}, "after the meeting ended"),
    ],
)
def test_times_in_the_wrong_order_are_refused_in_words(world: World, changes: Answers, words: str) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(Refused, match=words) as refused:
        save_minutes(world.meeting, answers=EVENING | changes, by=world.ben, at=world.now)
    assert refused.value.field in EVENING


@pytest.mark.parametrize(
    ("earlier", "later", "constraint"),
    [
        ("prebrief_began_at", "began_at", "minutes_meeting_after_prebrief"),
        ("began_at", "ended_at", "minutes_ended_after_beginning"),
        ("ended_at", "debrief_ended_at", "minutes_debrief_after_meeting"),
    ],
)
def test_the_database_refuses_the_wrong_order_too(world: World, earlier: str, later: str, constraint: str) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Minutes.objects.filter(meeting=world.meeting).update(**{earlier: time(20), later: time(19, 59)})


def test_an_evening_that_ran_past_midnight_is_no_mistake(world: World) -> None:
    late = Answers(began_at=time(23), ended_at=time(0, 30), debrief_ended_at=time(0, 45))
    start_log(world.meeting, by=world.ben, at=world.now)
    save_minutes(world.meeting, answers=late, by=world.ben, at=world.now)
    assert time_between(time(23), time(0, 30)) == timedelta(minutes=90)


@given(st.datetimes(timezones=st.just(UTC)))
def test_the_times_as_planned_are_always_in_order(starts: datetime) -> None:
    assume(starts.year in range(2, 9999))
    planned = planned_times_of(starts.astimezone(LONDON), timedelta(minutes=90))
    assert first_time_out_of_order(planned) is None
    assert time_between(planned["prebrief_began_at"], planned["debrief_ended_at"]) == timedelta(minutes=120)


def test_the_page_offers_the_times_as_planned_and_continue_keeps_them(world: World, as_person: AsPerson) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    ben = as_person(world.ben)
    planned = world.meeting.planned_at.astimezone(LONDON)
    form = ben.get(page_2(world)).context["form"]
    assert form["prebrief_began_at"].value() == (planned - timedelta(minutes=15)).time()
    assert form["debrief_ended_at"].value() == (planned + timedelta(minutes=105)).time()
    sent = {name: f"{form[name].value():%H:%M}" for name in EVENING}
    assert ben.post(page_2(world), {"mode": "in_person", "mood": "4", **sent}).status_code == 302
    assert minutes(world).began_at == planned.time()


def test_a_time_in_the_wrong_order_is_named_and_the_rest_of_the_page_kept(world: World, as_person: AsPerson) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    sent = {"mode": "outing", "mood": "2", "began_at": "19:00", "ended_at": "18:30"}
    answer = as_person(world.ben).post(page_2(world), sent)
    assert "The meeting must end after it began" in answer.content.decode()
    assert "18:30" in answer.content.decode()
    assert (minutes(world).mode, minutes(world).began_at) == ("outing", None)


def test_the_reader_finds_the_three_parts(world: World, as_person: AsPerson) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    save_minutes(world.meeting, answers=EVENING, by=world.ben, at=world.now)
    submit_minutes(world.meeting, by=world.ben, at=world.now)
    body = as_person(world.ann).get(world.meeting.get_absolute_url()).content.decode()
    for shown in ["Pre-brief began", "6:45 pm", "Debrief ended", "8:50 pm"]:
        assert shown in body


def test_one_volunteer_with_him_warns_the_writer_and_flags_the_record_and_blocks_nothing(
    world: World, as_person: AsPerson
) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    check = reverse("circles:log_check", args=[world.meeting.reference])
    ben = as_person(world.ben)
    assert "At least two should be" in ben.get(check).content.decode()
    assert ben.post(check).url == world.meeting.get_absolute_url()
    assert "Fewer than two volunteers" in as_person(world.ann).get(world.meeting.get_absolute_url()).content.decode()
    assert any("Fewer than two" in item.detail for item in work_of(world.ann, world.now))
    assert "Fewer than two" in world.ely.events.latest("pk").note


@pytest.mark.parametrize(("tom", "him"), [("came", "came"), ("late", "late"), ("no", "no")])
def test_two_volunteers_or_an_absent_core_member_are_no_cause_for_a_flag(
    world: World, as_person: AsPerson, tom: str, him: str
) -> None:
    """Where he did not come, nobody was alone with him."""
    write(world.meeting, by=world.ben, at=world.now)
    late: Answers = {"his_minutes_late": 10, "his_coming_words": "The bus."}
    save_minutes(world.meeting, answers=late, by=world.ben, at=world.now)
    for volunteer, came in [(Volunteer.objects.get(user=world.tom), tom), (None, him)]:
        save_attendance(world.meeting, volunteer=volunteer, came=came, by=world.ben, at=world.now)  # type: ignore[arg-type]
    page = as_person(world.ben).get(reverse("circles:log_check", args=[world.meeting.reference])).content.decode()
    assert "At least two should be" not in page
    submit_minutes(world.meeting, by=world.ben, at=world.now)
    assert not Meeting.objects.with_was_short().get(pk=world.meeting.pk).was_short
    assert not any("Fewer than two" in item.detail for item in work_of(world.ann, world.now))


def test_anns_list_of_meetings_shows_the_flag(world: World, as_person: AsPerson) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    body = as_person(world.ann).get(reverse("circles:meetings", args=[world.ely.reference])).content.decode()
    assert "Fewer than two volunteers" in body
