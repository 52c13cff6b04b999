"""The numbered rules of domain.md 10 that circles keep, each told once under its number.

Rule 13 is told guard by guard in test_guards.py and test_guards_bite.py; rule 20 in the browser's journeys.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.operations import suspend_person
from audit.models import Act, Entry
from circles.circle.models import Circle
from circles.late_minutes.operations import chase_minutes
from circles.meeting.models import Meeting
from circles.membership.operations import add_volunteer, end_membership
from circles.minutes.models import Minutes
from circles.minutes.operations import add_addendum, approve_minutes
from circles.review.copy import Copy
from circles.review.operations import plan_reviews
from circles.review.record_operations import copy_of_review
from circles.version.models import MinutesVersion
from circles.worklist import work_of
from circles.worklist.minutes import read_due_at
from config.home import home_work_of
from core.errors import Refused
from core.worktime import LONDON, service_worktime
from tests.circles.life.preparing import proposed_circle, today
from tests.circles.log.writing import WHOLE, save_minutes, send
from tests.circles.review.reviews import shared_review
from tests.circles.risk.risk_reviews import planned_risk_review
from tests.circles.version.correcting import open_and_correct
from tests.world import World
from volunteers.volunteer.models import Volunteer

As = Callable[[User], Client]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def titles(person: User, at: datetime) -> list[str]:
    return [item.title for item in work_of(person, at)]


def overdue_titles(world: World, at: datetime) -> list[str]:
    """What Hana, who manages, is shown as overdue in the service."""
    return [item.title for group in home_work_of(world.hana, at).wall or [] for item in group.items]


def test_rule_4_who_belongs_no_more_finds_nothing_and_the_attempt_is_kept(world: World, as_person: As) -> None:
    cas = as_person(world.cas)
    for page in [world.ely.get_absolute_url(), world.meeting.get_absolute_url()]:
        assert cas.get(page).status_code == 404
    tried = Entry.objects.filter(act=Act.REFUSED_UNSEEN, actor=world.cas).order_by("pk")
    assert [entry.reference for entry in tried] == ["C-0142", world.meeting.reference]


@pytest.mark.parametrize(
    ("lack", "words"),
    [
        ({"checked_until": -1}, "criminal-record check has run out"),
        ({"checked_until": None}, "has no check"),
        ({"trained_on": None}, "has not passed the core training"),
        ({"agreed_on": None}, "has not signed the volunteer agreement"),
        ({"status": Volunteer.Status.PAUSED}, "is paused"),
    ],
)
@pytest.mark.parametrize("placing", ["ann", "hana"])
def test_rule_5_who_may_not_be_placed_is_placed_by_nobody(
    world: World, placing: str, lack: dict[str, object], words: str
) -> None:
    circle = proposed_circle(world)
    changed = {name: today(world) - DAY if one == -1 else one for name, one in lack.items()}
    Volunteer.objects.filter(user=world.tom).update(**changed)
    tom = Volunteer.objects.get(user=world.tom)
    with pytest.raises(Refused, match=words):
        add_volunteer(circle, volunteer=tom, by=world.people[placing], at=world.now)
    assert not circle.memberships.exists()


def test_rule_6_approved_minutes_are_locked_and_later_words_stand_beside_them(world: World) -> None:
    approved = approve_minutes(send(world.meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    with pytest.raises(Refused):
        save_minutes(approved, answers={"his_week": "Other."}, by=world.ben, at=world.now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.filter(meeting=approved).update(his_week="Other.")
    note = add_addendum(approved, words="He rang afterwards.", by=world.tom, at=world.now + HOUR)
    assert (note.added_by, note.added_at) == (world.tom, world.now + HOUR)
    open_and_correct(
        approved, field="his_week", words="He saw a friend.", reason="He asked.", by=world.jo, at=world.now + DAY
    )
    first = MinutesVersion.objects.filter(meeting=approved).earliest("number")
    assert first.answers["his_week"] == Minutes.objects.get(meeting=approved).his_week == WHOLE["his_week"]


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (datetime(2027, 5, 27, 15, tzinfo=LONDON), datetime(2027, 6, 2, 15, tzinfo=LONDON)),  # a bank holiday Monday
        (datetime(2027, 3, 25, 15, tzinfo=LONDON), datetime(2027, 4, 1, 15, tzinfo=LONDON)),  # Easter; clocks change
        (datetime(2027, 10, 29, 20, tzinfo=LONDON), datetime(2027, 11, 3, 17, tzinfo=LONDON)),  # clocks go back
    ],
)
def test_rule_11_three_working_days_to_read_the_minutes_leave_out_bank_holidays_and_keep_the_wall_clock(
    world: World, sent: datetime, due: datetime
) -> None:
    assert read_due_at(sent, service_worktime()) == due


def test_rule_15_a_leavers_sight_is_gone_at_once(world: World, as_person: As) -> None:
    vic, page = as_person(world.vic), world.ely.get_absolute_url()
    assert vic.get(page).status_code == 200
    end_membership(world.ely.memberships.get(volunteer__user=world.vic), by=world.ann, at=world.now - HOUR)
    assert vic.get(page).status_code == 404


def test_rule_15_and_somebody_suspended_has_no_session_any_more(world: World, as_person: As) -> None:
    ben, page = as_person(world.ben), world.ely.get_absolute_url()
    assert ben.get(page).status_code == 200
    suspend_person(world.ben, by=world.hana, at=world.now)
    assert ben.get(page).status_code == 302
    assert not Circle.objects.visible_to(User.objects.get(pk=world.ben.pk)).exists()


def test_rule_18_late_minutes_wait_for_ben_then_for_ann_then_for_hana(world: World) -> None:
    over, late = (
        world.meeting.over_at,
        f"Ask Ben for the minutes of {world.meeting.planned_at.astimezone(LONDON):%-d %B}",
    )
    assert any(title.startswith("Write the minutes") for title in titles(world.ben, over))
    chase_minutes(at=over + 48 * HOUR)
    assert any(title.startswith("Ask ") for title in titles(world.ann, over + 49 * HOUR))
    assert late not in overdue_titles(world, over + 47 * HOUR)
    assert late in overdue_titles(world, over + 49 * HOUR)
    send(world.meeting, by=world.ben, at=over + 74 * HOUR)
    assert late not in overdue_titles(world, over + 75 * HOUR)


def test_rule_18_a_review_whose_day_is_over_waits_for_ann_and_for_hana(world: World) -> None:
    plan_reviews(at=world.now)
    review = world.ely.reviews.get()
    days = (review.due_on - today(world)).days
    late = f"Invite people to review {review.number}"
    assert late not in overdue_titles(world, world.now + (days - 1) * DAY)
    overdue = world.now + (days + 1) * DAY
    assert late in overdue_titles(world, overdue)
    assert late in titles(world.ann, overdue)
    assert late not in titles(world.ben, overdue)


def test_rule_18_a_late_risk_review_waits_for_ann_and_for_hana(world: World) -> None:
    planned_risk_review(world, due_in=1)
    late = world.now + 2 * DAY
    assert "Ask for the scores of risk review 1" in titles(world.ann, late)
    assert "Ask for the scores of risk review 1" in overdue_titles(world, late)


def test_rule_19_what_is_printed_is_marked_and_noted_as_taken_out(world: World, as_person: As) -> None:
    review = shared_review(world)
    before = Entry.objects.filter(act=Act.EXPORTED).count()
    assert copy_of_review(review, copy=Copy.OUTER, by=world.ann, at=world.now).startswith(b"%PDF")
    sheet = as_person(world.ann).get(reverse("circles:paper", args=[world.meeting.reference])).content.decode()
    assert "C-0142" in sheet
    assert Entry.objects.filter(act=Act.EXPORTED).count() >= before + 1
    assert Meeting.objects.filter(pk=world.meeting.pk).exists()
