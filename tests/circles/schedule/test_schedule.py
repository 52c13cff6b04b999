"""A circle's rhythm, exceptions to it, and the changes of the clock."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from alerts.message.models import Alert, Wording
from circles.circle.models import Circle
from circles.life.operations import go_fortnightly, go_weekly
from circles.schedule.models import Variation
from circles.schedule.operations import leave_out_slot, move_slot, plan_meetings, plan_next_meetings, put_back_slot
from circles.schedule.rhythm import coming_occasions_of, slots_of
from core.errors import Refused
from core.worktime import LONDON
from tests.examples import with_examples
from tests.world import World


def unplanned_moment(world: World, *, weeks: int = 4) -> datetime:
    """A coming moment of Ely's rhythm that is not planned yet."""
    found: datetime = world.meeting.planned_at.astimezone(LONDON) + timedelta(weeks=weeks)
    return found.astimezone(UTC)


def days_of_meetings(world: World, count: int = 6) -> list[date]:
    found = coming_occasions_of(Circle.objects.get(pk=world.ely.pk), at=world.now, most=count)
    return [one.planned_at.astimezone(LONDON).date() for one in found if one.planned_at]


def circle_starting(starts: date, at: time, *, slower: date | None = None) -> Circle:
    return Circle(
        weekday=starts.weekday(),
        meets_at=at,
        started_on=starts,
        planned_end_on=starts + timedelta(days=400),
        fortnightly_from=slower,
    )


def test_seven_in_the_evening_stays_seven_in_the_evening_across_both_clock_changes() -> None:
    circle = circle_starting(date(2027, 3, 17), time(19))
    spring = slots_of(circle, since=date(2027, 3, 17), until=date(2027, 3, 31))
    assert [moment.hour for moment in spring] == [19, 19, 18]
    autumn = slots_of(circle, since=date(2027, 10, 27), until=date(2027, 11, 3))
    assert [moment.hour for moment in autumn] == [18, 19]
    assert {moment.astimezone(LONDON).time() for moment in spring + autumn} == {time(19)}


@given(
    starts=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    at=st.times(time(4), time(23, 59)).map(lambda one: one.replace(second=0, microsecond=0)),
    slower=st.integers(1, 390),
)
@with_examples(30)
def test_any_rhythm_keeps_its_day_and_its_hour_and_its_distance(starts: date, at: time, slower: int) -> None:
    """In any year, from any day: a week apart, then a fortnight, and always the same time on the wall."""
    slows = starts + timedelta(days=slower)
    circle = circle_starting(starts, at, slower=slows)
    found = [one.astimezone(LONDON) for one in slots_of(circle, since=starts, until=circle.planned_end_on)]
    assert {(one.weekday(), one.time()) for one in found} == {(starts.weekday(), at)}
    for earlier, later in itertools.pairwise(found):
        apart = (later.date() - earlier.date()).days
        assert apart == (14 if earlier.date() >= slows else 7)


def test_a_meeting_in_the_hour_that_does_not_exist_is_planned_all_the_same(world: World) -> None:
    circle = circle_starting(date(2027, 3, 21), time(1, 30))
    (moment,) = slots_of(circle, since=date(2027, 3, 28), until=date(2027, 3, 28))
    assert moment == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_christmas_is_left_out_before_it_is_planned_and_never_planned(world: World) -> None:
    slot = unplanned_moment(world)
    assert slot.astimezone(LONDON).date() in days_of_meetings(world)
    leave_out_slot(world.ely, slot_at=slot, words="Christmas.", by=world.ann, at=world.now)
    assert slot.astimezone(LONDON).date() not in days_of_meetings(world)
    for week in range(5):
        plan_next_meetings(at=world.now + timedelta(weeks=week))
    assert not world.ely.meetings.filter(slot_at=slot).exists()
    assert world.ely.meetings.filter(planned_at__gt=slot).exists()
    assert world.ely.events.latest("pk").note == "Christmas."


def test_the_volunteers_are_told_to_look_at_the_schedule_and_ann_who_changed_it_is_not(world: World) -> None:
    leave_out_slot(world.ely, slot_at=unplanned_moment(world), words="Holiday.", by=world.ann, at=world.now)
    told = Alert.objects.filter(wording=Wording.CALENDAR_CHANGED)
    assert {alert.recipient.first_name for alert in told} == {"Ben", "Tom", "Uma", "Vic"}
    assert {alert.link for alert in told} == {"/circles/C-0142/schedule/"}
    leave_out_slot(world.ely, slot_at=unplanned_moment(world, weeks=5), words="Easter.", by=world.hana, at=world.now)
    assert Alert.objects.filter(wording=Wording.CALENDAR_CHANGED, recipient=world.ann).exists()


def test_a_moved_meeting_is_planned_on_its_new_day_at_its_new_place(world: World) -> None:
    slot = unplanned_moment(world, weeks=3)
    moved = slot + timedelta(days=1, hours=1)
    move_slot(world.ely, slot_at=slot, moved_to=moved, place_code="oak", words="", by=world.ann, at=world.now)
    plan_next_meetings(at=world.now + timedelta(weeks=2))
    meeting = world.ely.meetings.get(slot_at=slot)
    assert (meeting.planned_at, meeting.place_code) == (moved, "OAK")


def test_a_meeting_moved_into_the_coming_fortnight_is_planned_at_once(world: World) -> None:
    slot, soon = unplanned_moment(world), world.now + timedelta(days=3)
    move_slot(world.ely, slot_at=slot, moved_to=soon, place_code="", words="", by=world.ann, at=world.now)
    assert plan_meetings(world.ely, at=world.now) == 1
    assert world.ely.meetings.get(slot_at=slot).place_code == world.ely.place_code


def test_what_was_left_out_is_put_back(world: World) -> None:
    slot = unplanned_moment(world)
    made = leave_out_slot(world.ely, slot_at=slot, words="Holiday.", by=world.ann, at=world.now)
    put_back_slot(made, by=world.ann, at=world.now)
    assert slot.astimezone(LONDON).date() in days_of_meetings(world)


def test_what_is_planned_already_is_not_left_out_here(world: World) -> None:
    slot = world.ely.meetings.filter(planned_at__gt=world.now).earliest("planned_at").slot_at
    assert slot is not None
    with pytest.raises(Refused, match="planned already"):
        leave_out_slot(world.ely, slot_at=slot, words="Ill.", by=world.ann, at=world.now)


def test_a_day_the_circle_does_not_meet_on_cannot_be_left_out(world: World) -> None:
    with pytest.raises(Refused, match="does not meet then"):
        leave_out_slot(
            world.ely, slot_at=unplanned_moment(world) + timedelta(days=1), words="x", by=world.ann, at=world.now
        )


def test_leaving_out_needs_words_and_happens_once(world: World) -> None:
    with pytest.raises(Refused, match="few words"):
        leave_out_slot(world.ely, slot_at=unplanned_moment(world), words=" ", by=world.ann, at=world.now)
    leave_out_slot(world.ely, slot_at=unplanned_moment(world), words="Holiday.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Put it back first"):
        leave_out_slot(world.ely, slot_at=unplanned_moment(world), words="Holiday.", by=world.ann, at=world.now)


@pytest.mark.parametrize(
    ("away", "words"),
    [(timedelta(days=-30), "has passed"), (timedelta(days=400), "planned to end"), (timedelta(weeks=1), "already")],
)
def test_a_meeting_moves_only_to_where_it_can_be(world: World, away: timedelta, words: str) -> None:
    slot = unplanned_moment(world)
    moved = (slot.astimezone(LONDON) + away).astimezone(UTC)
    with pytest.raises(Refused, match=words):
        move_slot(world.ely, slot_at=slot, moved_to=moved, place_code="", words="", by=world.ann, at=world.now)


def test_moving_to_where_it_is_anyway_is_refused(world: World) -> None:
    slot = unplanned_moment(world)
    with pytest.raises(Refused, match="anyway"):
        move_slot(world.ely, slot_at=slot, moved_to=slot, place_code="elm", words="", by=world.ann, at=world.now)


def test_ben_may_not_change_when_the_circle_meets(world: World) -> None:
    with pytest.raises(PermissionDenied, match="change when this circle meets"):
        leave_out_slot(world.ely, slot_at=unplanned_moment(world), words="Holiday.", by=world.ben, at=world.now)


def test_a_circle_that_slows_down_meets_every_second_week_and_weekly_again_when_it_does_not(world: World) -> None:
    Circle.objects.filter(pk=world.ely.pk).update(started_on=world.now.date() - timedelta(weeks=30))
    go_fortnightly(world.ely, reason="The review decided it.", by=world.ann, at=world.now)
    world.ely.refresh_from_db()
    today = world.now.astimezone(LONDON).date()
    later = [day for day in days_of_meetings(world, 8) if day > today]
    assert len(later) >= 3
    assert {(after - before).days for before, after in itertools.pairwise(later)} == {14}
    go_weekly(world.ely, reason="He asked for it.", by=world.ann, at=world.now + timedelta(minutes=1))
    world.ely.refresh_from_db()
    assert {(after - before).days for before, after in itertools.pairwise(days_of_meetings(world, 8))} == {7}


def test_two_occasions_at_one_moment_never_stop_the_planning(world: World) -> None:
    """A rhythm that changes under an exception may bring two to one moment: one meeting is planned."""
    slot = unplanned_moment(world, weeks=3)
    Variation.objects.create(
        circle=world.ely,
        slot_at=slot + timedelta(hours=1),
        kind="moved",
        moved_to=slot,
        made_at=world.now,
        made_by=world.ann,
    )
    plan_next_meetings(at=world.now + timedelta(weeks=2))
    assert world.ely.meetings.filter(planned_at=slot).count() == 1


def test_the_database_refuses_a_moved_meeting_without_a_moment(world: World) -> None:
    with pytest.raises(IntegrityError, match="variation_moved_somewhere"), transaction.atomic():
        Variation.objects.create(
            circle=world.ely, slot_at=world.now, kind="moved", made_at=world.now, made_by=world.ann
        )


def test_dev_elsewhere_sees_no_exception_of_elys(world: World) -> None:
    made = leave_out_slot(world.ely, slot_at=unplanned_moment(world), words="Holiday.", by=world.ann, at=world.now)
    assert Variation.objects.visible_to(world.ben).contains(made)
    assert not Variation.objects.visible_to(world.dev).contains(made)
