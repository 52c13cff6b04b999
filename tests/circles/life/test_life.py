"""The life of a circle, stage by stage, told of Ray's circle and of Paul's."""

from __future__ import annotations

import itertools
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from circles.circle.models import Circle, Membership
from circles.life.operations import (
    abandon_circle,
    begin_ending,
    close_circle,
    go_fortnightly,
    go_weekly,
    match_circle,
    move_end,
    pause_circle,
    prepare_circle,
    propose_circle,
    resume_circle,
    start_weekly,
)
from circles.meeting.models import Meeting
from circles.membership.operations import end_membership
from circles.minutes.operations import approve_minutes
from circles.programme.models import Programme
from circles.schedule.operations import plan_next_meetings
from concerns.choices import Level
from concerns.raising.operations import raise_concern
from core.errors import MoveNotAllowed, Refused
from offenders.core_member.models import CoreMember
from tests.circles.life.preparing import end_and_close, prepared_circle, proposed_circle, started_circle, supply, today
from tests.circles.log.writing import send
from tests.world import World
from volunteers.volunteer.models import Volunteer

WEEK = timedelta(days=7)


def coming_meetings(circle: Circle, world: World) -> list[Meeting]:
    return list(circle.meetings.filter(planned_at__gt=world.now).order_by("planned_at"))


def test_ann_proposes_a_circle_for_as_long_as_its_programme_says(world: World) -> None:
    circle = proposed_circle(world)
    assert circle.status == Circle.Status.PROPOSED
    assert (circle.planned_end_on - circle.started_on).days == 365
    assert not circle.meetings.exists()
    assert circle.core_member.status == CoreMember.Status.ACCEPTED


def test_a_core_member_has_one_circle_at_a_time_and_the_database_says_so_too(world: World) -> None:
    circle = proposed_circle(world)
    with pytest.raises(Refused, match="has a circle already"):
        propose_circle(
            circle.core_member,
            programme=Programme.objects.usual(),
            known_as="Ray",
            coordinator=world.ann,
            weekday=1,
            meets_at=circle.meets_at,
            started_on=today(world),
            by=world.ann,
            at=world.now,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Circle.objects.filter(pk=world.wisbech.pk).update(core_member=circle.core_member)


def test_the_end_comes_after_the_start(world: World) -> None:
    with pytest.raises(Refused, match="after the start"):
        proposed_circle(world, planned_end_on=today(world))


def test_ben_may_not_propose_and_pat_may_not_lead_anns_circle(world: World) -> None:
    with pytest.raises(PermissionDenied):
        proposed_circle(world, by=world.ben)
    with pytest.raises(PermissionDenied):
        match_circle(proposed_circle(world), no_conflicts=True, by=world.pat, at=world.now)


def test_nobody_is_matched_before_conflicts_are_asked_about(world: World) -> None:
    circle = supply(proposed_circle(world), world, {"volunteers"})
    with pytest.raises(Refused, match="conflict of interest"):
        match_circle(circle, no_conflicts=False, by=world.ann, at=world.now)
    assert match_circle(circle, no_conflicts=True, by=world.ann, at=world.now).status == Circle.Status.MATCHED


def test_a_circle_goes_from_proposed_to_its_first_meetings(world: World) -> None:
    circle = started_circle(world)
    assert circle.status == Circle.Status.WEEKLY
    assert circle.core_member.status == CoreMember.Status.IN_CIRCLE
    assert circle.meetings.count() in {2, 3}
    assert {meeting.place_code for meeting in circle.meetings.all()} == {"HALL"}
    told = [event.sentence for event in circle.events.order_by("pk")]
    assert [told[0], *told[-3:]] == ["Circle proposed", "Volunteers found", "Preparing to meet", "Meets weekly"]


def test_no_stage_is_skipped(world: World) -> None:
    circle = supply(proposed_circle(world), world)
    with pytest.raises(MoveNotAllowed):
        start_weekly(circle, by=world.ann, at=world.now)


def test_a_first_day_that_has_passed_becomes_today_and_the_end_moves_with_it(world: World) -> None:
    circle = prepared_circle(world)
    Circle.objects.filter(pk=circle.pk).update(
        started_on=circle.started_on - 3 * WEEK, planned_end_on=circle.planned_end_on - 3 * WEEK
    )
    begun = start_weekly(circle, by=world.ann, at=world.now)
    assert (begun.started_on, begun.planned_end_on) == (circle.started_on, circle.planned_end_on)


def test_ann_gives_up_a_circle_that_never_met_and_everybody_is_free(world: World) -> None:
    circle = prepared_circle(world)
    with pytest.raises(Refused, match="never started"):
        abandon_circle(circle, reason=" ", by=world.ann, at=world.now)
    gone = abandon_circle(circle, reason="He was recalled.", by=world.ann, at=world.now)
    assert gone.status == Circle.Status.NOT_STARTED
    assert not Membership.objects.filter(circle=gone, left_at=None).exists()
    assert Volunteer.objects.get(user=world.dev).status == Volunteer.Status.ACTIVE  # he has Wisbech still
    assert gone.core_member.status == CoreMember.Status.ACCEPTED


def test_a_circle_that_meets_cannot_be_abandoned(world: World) -> None:
    with pytest.raises(MoveNotAllowed):
        abandon_circle(world.ely, reason="No.", by=world.ann, at=world.now)


def make_older(circle: Circle) -> Circle:
    """As if it had met for some weeks."""
    Circle.objects.filter(pk=circle.pk).update(started_on=circle.started_on - 5 * WEEK)
    return Circle.objects.get(pk=circle.pk)


def test_every_second_week_and_back(world: World) -> None:
    circle = make_older(started_circle(world))
    slowed = go_fortnightly(circle, reason="The review says so.", by=world.ann, at=world.now)
    days = [meeting.planned_at.date() for meeting in coming_meetings(slowed, world)]
    assert slowed.status == Circle.Status.FORTNIGHTLY
    assert 1 <= len(days) <= 2
    assert all(later - sooner == 2 * WEEK for sooner, later in itertools.pairwise(days))
    plan_next_meetings(at=world.now + 2 * WEEK)
    days = [meeting.planned_at.date() for meeting in coming_meetings(slowed, world)]
    assert all(later - sooner == 2 * WEEK for sooner, later in itertools.pairwise(days))
    back = go_weekly(slowed, reason="He asked for it.", by=world.ann, at=world.now)
    days = [meeting.planned_at.date() for meeting in coming_meetings(back, world)]
    assert back.fortnightly_from is None
    assert all(later - sooner == WEEK for sooner, later in itertools.pairwise(days))


def test_slowing_down_wants_a_reason_and_a_circle_that_has_met(world: World) -> None:
    circle = started_circle(world)
    with pytest.raises(Refused, match="hardly begun"):
        go_fortnightly(circle, reason="Busy.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="review decided"):
        go_fortnightly(make_older(circle), reason=" ", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="every second week"):
        go_weekly(circle, reason="Why not.", by=world.ann, at=world.now)


def test_a_pause_withdraws_what_was_planned_and_coming_back_plans_anew(world: World) -> None:
    circle = started_circle(world)
    before = [meeting.planned_at for meeting in coming_meetings(circle, world)]
    with pytest.raises(Refused, match="why the circle pauses"):
        pause_circle(circle, reason="", by=world.ann, at=world.now)
    paused = pause_circle(circle, reason="He is in hospital.", by=world.ann, at=world.now)
    assert not coming_meetings(paused, world)
    plan_next_meetings(at=world.now)
    assert not coming_meetings(paused, world)
    assert Circle.objects.visible_to(world.ben).contains(paused)
    back = resume_circle(paused, by=world.ann, at=world.now)
    assert back.status == Circle.Status.WEEKLY
    assert [meeting.planned_at for meeting in coming_meetings(back, world)] == before


def test_a_circle_that_met_every_second_week_comes_back_to_that(world: World) -> None:
    slowed = go_fortnightly(make_older(started_circle(world)), reason="Review.", by=world.ann, at=world.now)
    paused = pause_circle(slowed, reason="Risk.", by=world.ann, at=world.now)
    assert resume_circle(paused, by=world.ann, at=world.now).status == Circle.Status.FORTNIGHTLY
    with pytest.raises(Refused, match="not paused"):
        resume_circle(slowed, by=world.ann, at=world.now)


def test_a_circle_taken_over_stays_paused_while_something_is_still_to_do(world: World) -> None:
    paused = pause_circle(world.ely, reason="He is in hospital.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Still to do"):
        resume_circle(paused, by=world.ann, at=world.now)


def test_ending_wants_one_of_the_reasons_and_withdraws_what_was_planned(world: World) -> None:
    with pytest.raises(Refused, match="why it ends"):
        begin_ending(world.ely, end_reason="bored", by=world.ann, at=world.now)
    ending = begin_ending(world.ely, end_reason="moved", words="To Leeds.", by=world.ann, at=world.now)
    assert ending.events.latest("pk").note == "Moved out of the area. To Leeds."
    assert not coming_meetings(ending, world)
    assert Circle.objects.visible_to(world.ben).contains(ending)


def test_a_circle_is_not_closed_before_its_ending_has_begun(world: World) -> None:
    meeting = send(world.meeting, by=world.ben, at=world.now)
    approve_minutes(meeting, by=world.ann, at=world.now)
    with pytest.raises(MoveNotAllowed):
        close_circle(world.ely, by=world.ann, at=world.now)


@pytest.mark.parametrize("written", [False, True])
def test_it_is_not_closed_while_minutes_are_not_approved(world: World, written: bool) -> None:
    if written:
        send(world.meeting, by=world.ben, at=world.now)
    begin_ending(world.ely, end_reason="completed", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="are not approved"):
        close_circle(world.ely, by=world.ann, at=world.now)


def test_closing_takes_sight_from_the_volunteers_and_leaves_the_history_to_ann_and_hana(world: World) -> None:
    closed = end_and_close(world.ely, world)
    assert closed.status == Circle.Status.CLOSED
    for name in ("ben", "tom", "uma", "vic"):
        assert not Circle.objects.visible_to(world.people[name]).contains(closed)
        assert not Meeting.objects.visible_to(world.people[name]).exists()
    for name in ("ann", "hana"):
        assert Circle.objects.visible_to(world.people[name]).contains(closed)
        assert Meeting.objects.visible_to(world.people[name]).filter(circle=closed).exists()
    assert CoreMember.objects.get(pk=world.core_member.pk).status == CoreMember.Status.FOLLOW_UP


def test_a_closed_circle_plans_nothing_and_a_second_one_may_follow(world: World) -> None:
    closed = end_and_close(world.ely, world)
    assert closed.meetings.filter(planned_at__gt=world.now).count() == 0
    again = propose_circle(
        world.core_member,
        programme=Programme.objects.usual(),
        known_as="Paul",
        coordinator=world.ann,
        weekday=1,
        meets_at=closed.meets_at,
        started_on=today(world),
        by=world.ann,
        at=world.now,
    )
    assert again.status == Circle.Status.PROPOSED


def test_when_a_volunteer_leaves_a_paused_circle_it_does_not_come_back_with_three(world: World) -> None:
    paused = pause_circle(started_circle(world), reason="Risk.", by=world.ann, at=world.now)
    end_membership(paused.memberships.get(volunteer__user=world.uma), by=world.ann, at=world.now)
    with pytest.raises(Refused, match="3 of at least 4"):
        resume_circle(paused, by=world.ann, at=world.now)


def test_preparing_wants_a_place(world: World) -> None:
    circle = supply(proposed_circle(world), world, {"volunteers"})
    circle = match_circle(circle, no_conflicts=True, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="no place is chosen"):
        prepare_circle(circle, by=world.ann, at=world.now)


def test_a_planned_meeting_that_a_concern_speaks_of_is_not_taken_back(world: World) -> None:
    plan_next_meetings(at=world.now)
    spoken_of = coming_meetings(world.ely, world)[0]
    raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.LOG,
        words="He says he will not come.",
        meeting=spoken_of,
        by=world.ben,
        at=world.now,
    )
    pause_circle(world.ely, reason="Risk.", by=world.ann, at=world.now)
    assert coming_meetings(world.ely, world) == [spoken_of]


def test_ann_moves_the_planned_end_with_a_reason_and_the_plans_follow(world: World) -> None:
    soon, later = today(world) + timedelta(days=3), today(world) + timedelta(days=500)
    assert not coming_meetings(
        move_end(world.ely, planned_end_on=soon, reason="He moves.", by=world.ann, at=world.now), world
    )
    moved = move_end(world.ely, planned_end_on=later, reason="He stays.", by=world.ann, at=world.now)
    assert coming_meetings(moved, world)
    with pytest.raises(Refused, match="still to come"):
        move_end(world.ely, planned_end_on=today(world), reason="Now.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="why its end is moved"):
        move_end(world.ely, planned_end_on=later, reason=" ", by=world.ann, at=world.now)
    begin_ending(world.ely, end_reason="moved", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="not moved now"):
        move_end(world.ely, planned_end_on=later, reason="He stays.", by=world.ann, at=world.now)
