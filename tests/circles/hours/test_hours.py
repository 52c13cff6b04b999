"""The hours volunteers give, to the minute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.circle.models import Circle, Membership
from circles.hours.models import Travel
from circles.hours.operations import give_travel
from circles.hours.reckoning import PROMISE, MeetingHours, circle_hours_of, meeting_hours_of, weeks_of
from circles.log.operations import Answers, submit_minutes
from circles.meeting.models import Attendance, Meeting
from circles.membership.operations import add_volunteer, end_membership
from circles.schedule.operations import plan_next_meetings
from core.errors import Refused
from core.templatetags.ui import hours
from core.worktime import LONDON
from tests.circles.log.writing import save_attendance, save_minutes, write
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]
MINUTES = timedelta(minutes=1)
EVENING = Answers(
    prebrief_began_at=time(18, 40), began_at=time(19), ended_at=time(20, 25), debrief_ended_at=time(20, 45)
)
"""20 minutes before, 85 with him, 20 after: 125."""


def volunteer_of(user: User) -> Volunteer:
    return Volunteer.objects.get(user=user)


def minutes_with_times(
    world: World, meeting: Meeting, *, by: User, times: Answers = EVENING, also: User | None = None
) -> Meeting:
    """Minutes of this meeting, sent, with these times."""
    at = max(world.now, meeting.planned_at + timedelta(hours=2))
    write(meeting, by=by, at=at)
    save_minutes(meeting, answers=times, by=by, at=at)
    if also is not None:
        save_attendance(meeting, volunteer=volunteer_of(also), came=Attendance.Came.LATE, by=by, at=at)
    return submit_minutes(meeting, by=by, at=at)


def meetings_of_ely(world: World, count: int) -> list[Meeting]:
    for week in range(0, count * 7, 14):
        plan_next_meetings(at=world.now + timedelta(days=week))
    return list(world.ely.meetings.order_by("planned_at")[:count])


def hours_of(user: User) -> list[MeetingHours]:
    volunteer = volunteer_of(user)
    return meeting_hours_of([volunteer]).get(volunteer.pk, [])


def test_an_evening_is_counted_part_by_part(world: World) -> None:
    meeting = minutes_with_times(world, world.meeting, by=world.ben)
    give_travel(meeting, minutes=30, by=world.ben, at=world.now)
    (one,) = hours_of(world.ben)
    assert (one.before, one.together, one.after, one.travel) == (20 * MINUTES, 85 * MINUTES, 20 * MINUTES, 30 * MINUTES)
    assert one.total == timedelta(hours=2, minutes=35)
    assert hours(one.total) == "2 h 35 min"


def test_who_did_not_come_and_what_was_not_sent_count_nothing(world: World) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    assert hours_of(world.ben) == []
    save_attendance(
        world.meeting, volunteer=volunteer_of(world.tom), came=Attendance.Came.NO, by=world.ben, at=world.now
    )
    save_minutes(world.meeting, answers=EVENING, by=world.ben, at=world.now)
    submit_minutes(world.meeting, by=world.ben, at=world.now)
    assert len(hours_of(world.ben)) == 1
    assert hours_of(world.tom) == []


def test_who_came_late_is_counted(world: World) -> None:
    minutes_with_times(world, world.meeting, by=world.ben, also=world.tom)
    assert [one.total for one in hours_of(world.tom)] == [125 * MINUTES]


def test_travel_said_once_is_remembered_until_something_else_is_said(world: World) -> None:
    first, second, third, fourth = [minutes_with_times(world, one, by=world.ben) for one in meetings_of_ely(world, 4)]
    give_travel(second, minutes=30, by=world.ben, at=world.now)
    give_travel(fourth, minutes=60, by=world.ben, at=world.now)
    found = hours_of(world.ben)
    assert [one.meeting for one in found] == [first, second, third, fourth]
    assert [one.travel for one in found] == [None, 30 * MINUTES, 30 * MINUTES, 60 * MINUTES]
    assert [one.is_travel_noted for one in found] == [False, True, False, True]
    assert sum((one.total for one in found), timedelta()) == timedelta(minutes=4 * 125 + 30 + 30 + 60)


def test_saying_it_again_changes_it(world: World) -> None:
    meeting = minutes_with_times(world, world.meeting, by=world.ben)
    give_travel(meeting, minutes=30, by=world.ben, at=world.now)
    give_travel(meeting, minutes=0, by=world.ben, at=world.now)
    assert [one.travel for one in hours_of(world.ben)] == [timedelta()]
    assert Travel.objects.count() == 1


def test_times_nobody_wrote_are_counted_as_nothing_and_not_guessed(world: World) -> None:
    minutes_with_times(world, world.meeting, by=world.ben, times=Answers(began_at=time(19), ended_at=time(20)))
    (one,) = hours_of(world.ben)
    assert (one.before, one.together, one.after) == (None, 60 * MINUTES, None)
    assert one.total == 60 * MINUTES


def test_a_week_of_two_circles_is_over_the_promise_with_a_running_total(world: World) -> None:
    """Ely on its evening and Wisbech on the same: 125 and 125 and 15 minutes, more than four hours."""
    minutes_with_times(world, world.meeting, by=world.ben)
    add_volunteer(world.wisbech, volunteer=volunteer_of(world.ben), by=world.pat, at=world.now - timedelta(hours=2))
    other = Circle.objects.get(pk=world.wisbech.pk).meetings.earliest("planned_at")
    minutes_with_times(world, other, by=world.ben)
    give_travel(other, minutes=15, by=world.ben, at=world.now)
    (week,) = weeks_of(hours_of(world.ben))
    assert sorted(running for _, running in week.meetings)[-1] == week.total == timedelta(hours=4, minutes=25)
    assert next(running for _, running in week.meetings) in {125 * MINUTES, 140 * MINUTES}
    assert week.is_over
    assert timedelta(hours=4) == PROMISE


def test_exactly_four_hours_is_no_more_than_was_promised(world: World) -> None:
    minutes_with_times(world, world.meeting, by=world.ben)
    give_travel(world.meeting, minutes=115, by=world.ben, at=world.now)
    (week,) = weeks_of(hours_of(world.ben))
    assert (week.total, week.is_over) == (PROMISE, False)


def test_weeks_begin_on_monday_in_london_and_the_latest_comes_first(world: World) -> None:
    for one in meetings_of_ely(world, 3):
        minutes_with_times(world, one, by=world.ben)
    weeks = weeks_of(hours_of(world.ben))
    assert [week.begins.weekday() for week in weeks] == [0, 0, 0]
    assert [week.begins for week in weeks] == sorted([week.begins for week in weeks], reverse=True)


def test_a_meeting_late_on_sunday_in_summer_belongs_to_the_week_that_ends(world: World) -> None:
    sunday = datetime(2027, 7, 4, 23, 30, tzinfo=LONDON)
    one = MeetingHours(Meeting(planned_at=sunday), None, timedelta(hours=1), None, None, is_travel_noted=False)
    (week,) = weeks_of([one])
    assert week.begins.isoformat() == "2027-06-28"


def test_anns_page_adds_up_the_circle(world: World, as_person: AsPerson) -> None:
    first, second = meetings_of_ely(world, 2)
    minutes_with_times(world, first, by=world.ben, also=world.tom)
    minutes_with_times(world, second, by=world.ben)
    give_travel(first, minutes=45, by=world.tom, at=world.now)
    given = {
        one.volunteer.user.first_name: one
        for one in circle_hours_of(world.ely.pk, [volunteer_of(world.ben), volunteer_of(world.tom)], at=world.now)
    }
    assert (given["Ben"].meetings, given["Ben"].total) == (2, 250 * MINUTES)
    assert (given["Ben"].before, given["Ben"].together, given["Ben"].after) == (
        40 * MINUTES,
        170 * MINUTES,
        40 * MINUTES,
    )
    assert (given["Tom"].travel, given["Tom"].total) == (45 * MINUTES, 170 * MINUTES)
    body = as_person(world.ann).get(reverse("circles:circle_hours", args=[world.ely.reference])).content.decode()
    for shown in ["Ben Ashby", "4 h 10 min", "Tom Quayle", "2 h 50 min", "7 h in all"]:
        assert shown in body


def test_ben_taps_his_travel_and_reads_his_week(world: World, as_person: AsPerson) -> None:
    meeting, ben = minutes_with_times(world, world.meeting, by=world.ben), as_person(world.ben)
    page = reverse("circles:my_hours")
    body = ben.get(page).content.decode()
    assert "you have not said" in body
    assert "at most 4 h" in body
    tapped = ben.post(reverse("circles:travel", args=[meeting.reference]), {"minutes": "30"}, follow=True)
    assert "30 minutes of travel are noted" in tapped.content.decode()
    assert "2 h 35 min" in tapped.content.decode()
    wrong = ben.post(reverse("circles:travel", args=[meeting.reference]), {"minutes": "31"}, follow=True)
    assert "Tap one of the times" in wrong.content.decode()


def test_who_has_left_reads_their_hours_but_nothing_of_the_circle(world: World, as_person: AsPerson) -> None:
    meeting = minutes_with_times(world, world.meeting, by=world.ben, also=world.tom)
    end_membership(Membership.objects.get(circle=world.ely, volunteer__user=world.tom), by=world.ann, at=world.now)
    tom = as_person(world.tom)
    body = tom.get(reverse("circles:my_hours")).content.decode()
    assert "2 h 5 min" in body
    for hidden in [world.ely.reference, meeting.reference, "Paul", "How long did you travel", "Change the travel"]:
        assert hidden not in body
    assert tom.post(reverse("circles:travel", args=[meeting.reference]), {"minutes": "30"}).status_code == 404


def test_travel_is_ones_own_and_only_for_who_came(world: World) -> None:
    meeting = minutes_with_times(world, world.meeting, by=world.ben)
    with pytest.raises(Refused, match="do not say that you came"):
        give_travel(meeting, minutes=30, by=world.tom, at=world.now)
    with pytest.raises(PermissionDenied):
        give_travel(meeting, minutes=30, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="at most eight hours"):
        give_travel(meeting, minutes=481, by=world.ben, at=world.now)


def test_nobody_but_ben_ann_and_her_leads_sees_his_travel(world: World) -> None:
    made = give_travel(minutes_with_times(world, world.meeting, by=world.ben), minutes=30, by=world.ben, at=world.now)
    may = {name for name, person in world.people.items() if Travel.objects.visible_to(person).contains(made)}
    assert may == {"ben", "ann", "hana", "fay"}


def test_the_database_holds_travel_once_and_within_a_day(world: World) -> None:
    made = give_travel(minutes_with_times(world, world.meeting, by=world.ben), minutes=30, by=world.ben, at=world.now)
    with pytest.raises(IntegrityError, match="travel_within_a_day"), transaction.atomic():
        Travel.objects.filter(pk=made.pk).update(minutes=481)
    with pytest.raises(IntegrityError, match="travel_once"), transaction.atomic():
        Travel.objects.create(
            meeting=made.meeting, volunteer=made.volunteer, minutes=1, given_at=world.now, given_by=world.ben
        )


@pytest.mark.parametrize(("minutes", "said"), [(0, "0 min"), (40, "40 min"), (120, "2 h"), (3750, "62 h 30 min")])
def test_hours_are_never_said_in_days(minutes: int, said: str) -> None:
    assert hours(timedelta(minutes=minutes)) == said
