"""The figures of a circle's health: what each says to which reader, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.meeting.models import Attendance, Meeting
from circles.overview.figures import Figure, course_of
from circles.review.models import Review
from circles.review.operations import plan_reviews
from concerns.choices import Level
from concerns.raising.operations import raise_concern
from tests.circles.life.living import approved_meeting
from tests.circles.life.preparing import today
from tests.circles.log.writing import send, write
from tests.circles.review.reviews import planned_review
from tests.concerns.rota.on_call import put_on_call
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]
HOUR = timedelta(hours=1)


def figures_of(client: Client) -> dict[str, Figure]:
    return {figure.label: figure for figure in client.get("/circles/C-0142/").context["health"]}


def test_the_last_meeting_and_how_much_of_the_forty_eight_hours_is_used(world: World, as_person: AsPerson) -> None:
    shown = figures_of(as_person(world.ben))
    assert (shown["last meeting"].value, shown["last meeting"].url) == ("today", world.meeting.get_absolute_url())
    assert (shown["minutes late"].value, shown["minutes late"].note) == ("none", "0 h of 48 used")
    assert shown["minutes late"].url == world.meeting.get_absolute_url()


def test_minutes_that_are_late_are_counted_and_lead_to_the_oldest(world: World, as_person: AsPerson) -> None:
    for number in (1, 2):
        late = approved_meeting(world, number)
        Meeting.objects.filter(pk=late.pk).update(
            status="planned", submitted_at=None, submitted_by=None, approved_at=None, approved_by=None
        )
    shown = figures_of(as_person(world.ann))["minutes late"]
    assert (shown.value, shown.must_act, shown.url) == ("2", True, late.get_absolute_url())


def test_minutes_that_were_sent_in_time_or_late_say_so(world: World, as_person: AsPerson) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    ann = as_person(world.ann)
    assert figures_of(ann)["minutes late"].note == "the last were in time"
    Meeting.objects.filter(pk=world.meeting.pk).update(submitted_at=world.meeting.minutes_due_at + timedelta(hours=1))
    assert figures_of(ann)["minutes late"].note == "the last were sent late"


def test_his_coming_and_the_volunteers_each_have_a_share_and_a_course(world: World, as_person: AsPerson) -> None:
    tom = Volunteer.objects.get(user=world.tom)
    uma = Volunteer.objects.get(user=world.uma)
    for number in range(1, 12):
        recent = number < 6
        came = Attendance.Came.LEFT if recent else Attendance.Came.NO
        meeting = approved_meeting(world, number, came)
        Attendance.objects.create(meeting=meeting, volunteer=tom, came=Attendance.Came.LATE)
        Attendance.objects.create(meeting=meeting, volunteer=uma, came="no" if recent else "came")
    shown = figures_of(as_person(world.ann))
    his, theirs = shown["he came"], shown["volunteers came"]
    assert (his.value, his.note) == ("45 %", "up in 12 weeks")
    assert (theirs.value, theirs.note) == ("77 %", "down in 12 weeks")
    assert his.course is not None
    assert his.course.line
    body = as_person(world.ann).get("/circles/C-0142/").content.decode()
    assert "<polyline" in body
    assert ">up in 12 weeks<" in body


@pytest.mark.parametrize(
    ("earlier", "recent", "word"),
    [
        ([1, 1], [1, 0.91], "steady"),
        ([1, 1], [0.9, 0.9], "down"),
        ([0.5, 0.5], [0.6, 0.6], "up"),
    ],
)
def test_attendance_moves_from_ten_per_cent_on(earlier: list[float], recent: list[float], word: str) -> None:
    course = course_of(earlier, recent)
    assert course is not None
    assert course.word == word


def test_a_course_is_not_told_from_too_little() -> None:
    assert course_of([1], [0, 0, 0]) is None
    assert course_of([0, 0, 0], [1]) is None


def set_checked_until(world: World, day: date) -> None:
    Volunteer.objects.filter(user=world.tom).update(checked_until=day)


@pytest.mark.parametrize(
    ("days", "value", "must_act"),
    [(61, "in order", False), (60, "1 ends soon", True), (0, "1 ends soon", True), (-1, "1 not in order", True)],
)
def test_a_check_that_ends_within_sixty_days_shows(
    world: World, as_person: AsPerson, days: int, value: str, must_act: bool
) -> None:
    Volunteer.objects.all().update(checked_until=today(world) + timedelta(days=400))
    set_checked_until(world, today(world) + timedelta(days=days))
    shown = figures_of(as_person(world.ann))["checks"]
    assert (shown.value, shown.must_act) == (value, must_act)
    tom = Volunteer.objects.get(user=world.tom)
    assert shown.url == (tom.get_absolute_url() if must_act else reverse("circles:people", args=["C-0142"]))


def test_other_peoples_checks_are_not_a_volunteers_to_read(world: World, as_person: AsPerson) -> None:
    set_checked_until(world, today(world))
    assert "checks" not in figures_of(as_person(world.ben))
    assert "good until" in as_person(world.ann).get(reverse("circles:people", args=["C-0142"])).content.decode()
    assert "good until" not in as_person(world.ben).get(reverse("circles:people", args=["C-0142"])).content.decode()


def test_the_next_review_says_when_it_is_due_and_when_it_is_late(world: World, as_person: AsPerson) -> None:
    ann = as_person(world.ann)
    assert figures_of(ann)["review due"].value == "–"
    review = planned_review(world)
    shown = figures_of(ann)["review due"]
    assert (shown.url, shown.must_act, shown.note) == (review.get_absolute_url(), False, "")
    Review.objects.filter(pk=review.pk).update(due_on=today(world) - timedelta(days=1))
    shown = figures_of(ann)["review due"]
    assert (shown.value, shown.must_act, shown.note) == ("yesterday", True, "late")
    plan_reviews(at=world.now)


def test_open_concerns_are_counted_as_the_reader_sees_them(world: World, as_person: AsPerson) -> None:
    for about, by in [(None, world.ben), (None, world.tom), (world.ann, world.ben)]:
        raise_concern(
            world.ely, submit_key=uuid4(), level=Level.LOG, words="He was late.", about=about, by=by, at=world.now
        )
    assert figures_of(as_person(world.ann))["open concerns"].value == "2"
    assert figures_of(as_person(world.hana))["open concerns"].value == "3"
    assert figures_of(as_person(world.tom))["your open concerns"].value == "1"
    assert figures_of(as_person(world.uma))["your open concerns"].value == "none"
    assert figures_of(as_person(world.ann))["open concerns"].url == reverse("concerns:circle_concerns", args=["C-0142"])


def test_whether_somebody_is_on_call_when_the_circle_meets_next(world: World, as_person: AsPerson) -> None:
    coming = world.ely.meetings.filter(status=Meeting.Status.PLANNED, planned_at__gt=world.now).earliest("planned_at")
    ann, tom = (figures_of(as_person(person))["on call at the next meeting"] for person in (world.ann, world.tom))
    assert (ann.value, ann.must_act, ann.url) == ("nobody", True, reverse("concerns:rota"))
    assert (tom.value, tom.must_act, tom.url) == ("nobody", False, "")
    for starts, ends in [(-3, 0), (0, 3)]:
        put_on_call(
            world,
            world.fay,
            telephone="01632 960 111",
            starts_at=coming.planned_at + starts * HOUR,
            ends_at=coming.planned_at + ends * HOUR,
            at=world.now,
        )
        shown = figures_of(as_person(world.ann))["on call at the next meeting"]
        assert (shown.value, shown.must_act) == (("nobody", True) if starts else ("covered", False))
    world.ely.meetings.filter(status=Meeting.Status.PLANNED, planned_at__gt=world.now).delete()
    assert figures_of(as_person(world.ann))["on call at the next meeting"].value == "no meeting planned"


def test_a_figure_to_act_on_is_not_told_by_colour_alone(world: World, as_person: AsPerson) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    set_checked_until(world, today(world) - timedelta(days=1))
    body = as_person(world.ann).get("/circles/C-0142/").content.decode()
    assert 'aria-label="checks: 1 not in order"' in body
