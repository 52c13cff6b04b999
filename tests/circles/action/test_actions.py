"""What the Ely circle agreed: whose it is, what the next log asks, and who hears that it is overdue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert, Channel, Wording
from audit.models import Entry
from circles.action.models import Action, ActionTap
from circles.action.operations import agree_action, give_action, settle_action
from circles.log.operations import submit_minutes
from circles.meeting.models import Meeting
from circles.minutes.operations import approve_minutes
from circles.worklist import work_of
from core.errors import Refused
from tests.circles.goal.rows import action
from tests.circles.life.preparing import end_and_close
from tests.circles.log.writing import tap, write
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]


def titles(person: User, world: World, days: int) -> list[str]:
    return [item.title for item in work_of(person, world.now + timedelta(days=days)) if "Overdue" in item.title]


def test_an_overdue_action_waits_for_ben_and_for_ann_and_for_nobody_else(world: World) -> None:
    action(world, days=7)
    assert titles(world.ben, world, 6) == []
    assert titles(world.ben, world, 9) == ["Overdue: Look up the allotment’s opening hours."]
    assert titles(world.ann, world, 9) == ["Overdue: Look up the allotment’s opening hours. (Ben agreed to)"]
    assert titles(world.tom, world, 9) == titles(world.pat, world, 9) == []


def test_pauls_overdue_action_waits_for_ann_under_the_name_the_circle_uses(world: World) -> None:
    action(world, owner="core_member")
    assert titles(world.ann, world, 9) == ["Overdue: Look up the allotment’s opening hours. (Paul agreed to)"]


def test_done_is_no_longer_overdue(world: World) -> None:
    settle_action(action(world), how=Action.Status.DONE, by=world.ben, at=world.now)
    assert titles(world.ben, world, 9) == []


def test_ann_gives_bens_action_to_tom_and_both_are_told_and_the_trail_says_to_whom(world: World) -> None:
    tom = Volunteer.objects.get(user=world.tom)
    given = give_action(action(world), owner=Action.Owner.VOLUNTEER, volunteer=tom, by=world.ann, at=world.now)
    assert titles(world.tom, world, 9) == ["Overdue: Look up the allotment’s opening hours."]
    assert titles(world.ben, world, 9) == []
    told = Alert.objects.filter(key__startswith=given.reference, channel=Channel.INBOX)
    assert dict(told.values_list("recipient__first_name", "wording")) == {
        "Tom": Wording.SOMETHING_NEEDS_YOU,
        "Ben": Wording.THERE_IS_NEWS,
    }
    assert Entry.objects.filter(note="action given to another", recipient=world.tom.reference, actor=world.ann).exists()


def test_an_action_is_not_given_to_its_owner_to_a_stranger_or_when_it_is_done(world: World) -> None:
    agreed = action(world)
    for name, words in (("ben", "do it already"), ("dev", "belongs to this circle")):
        somebody = Volunteer.objects.get(user=world.people[name])
        with pytest.raises(Refused, match=words):
            give_action(agreed, owner=Action.Owner.VOLUNTEER, volunteer=somebody, by=world.ann, at=world.now)
    settle_action(agreed, how=Action.Status.DONE, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="settled"):
        give_action(agreed, owner=Action.Owner.COORDINATOR, by=world.ann, at=world.now)


def test_dropping_wants_a_reason_and_keeps_it(world: World) -> None:
    agreed = action(world)
    with pytest.raises(Refused, match="why it is dropped"):
        settle_action(agreed, how=Action.Status.DROPPED, by=world.ben, at=world.now)
    settle_action(agreed, how=Action.Status.DROPPED, reason="The allotment closed.", by=world.ben, at=world.now)
    assert Action.objects.get(pk=agreed.pk).dropped_because == "The allotment closed."


def test_tom_settles_neither_bens_nor_anns_but_pauls_who_has_no_login(world: World) -> None:
    for owner in ["volunteer", "coordinator"]:
        with pytest.raises(PermissionDenied):
            settle_action(action(world, owner=owner), how=Action.Status.DONE, by=world.tom, at=world.now)
    assert settle_action(action(world, owner="core_member"), how=Action.Status.DONE, by=world.tom, at=world.now)


def test_an_action_belongs_to_somebody_of_the_circle_and_to_a_day_that_comes(world: World) -> None:
    dev = Volunteer.objects.get(user=world.dev)
    week = (world.now + timedelta(days=7)).date()
    with pytest.raises(Refused, match="belongs to this circle"):
        agree_action(
            world.ely, words="x", owner=Action.Owner.VOLUNTEER, volunteer=dev, due_on=week, by=world.ann, at=world.now
        )
    with pytest.raises(Refused, match="which volunteer"):
        agree_action(world.ely, words="x", owner=Action.Owner.VOLUNTEER, due_on=week, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="not passed"):
        action(world, days=-2)


def test_the_database_knows_one_owner_and_no_drop_without_a_reason(world: World) -> None:
    agreed = action(world)
    for wrong in [{"owner": "coordinator"}, {"status": "dropped", "settled_at": world.now, "settled_by": world.ben}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Action.objects.filter(pk=agreed.pk).update(**wrong)


def test_a_tap_settles_it_and_another_takes_that_back(world: World) -> None:
    agreed, meeting = action(world), write(world.meeting, by=world.ben, at=world.now)
    tap(meeting, agreed, ActionTap.How.DONE, by=world.tom, at=world.now)
    assert Action.objects.get(pk=agreed.pk).settled_by == world.tom
    tap(meeting, agreed, ActionTap.How.PARTLY, by=world.tom, at=world.now)
    assert Action.objects.get(pk=agreed.pk).status == Action.Status.PARTLY
    assert [tap.how for tap in agreed.taps.all()] == ["partly"]


def test_what_this_meeting_agreed_is_asked_at_the_next_one(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now)
    agreed = agree_action(
        world.ely,
        words="Bring the timetable.",
        owner=Action.Owner.CORE_MEMBER,
        meeting=meeting,
        due_on=(world.now + timedelta(days=7)).date(),
        by=world.ben,
        at=world.now,
    )
    with pytest.raises(Refused, match="not open at that meeting"):
        tap(meeting, agreed, ActionTap.How.DONE, by=world.ben, at=world.now)
    coming = world.ely.meetings.filter(planned_at__gt=world.now).order_by("planned_at")[0]
    assert list(Action.objects.brought_to(coming)) == [agreed]


def test_taps_on_approved_minutes_stay(world: World) -> None:
    agreed, meeting = action(world), write(world.meeting, by=world.ben, at=world.now)
    tap(meeting, agreed, ActionTap.How.DONE, by=world.ben, at=world.now)
    approve_minutes(submit_minutes(meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE circles_actiontap SET how = 'open'")


def test_the_log_asks_first_what_came_of_the_last_actions(world: World, as_person: AsPerson) -> None:
    agreed, ben = action(world), as_person(world.ben)
    write(world.meeting, by=world.ben, at=world.now)
    page = reverse("circles:log_page", args=[world.meeting.reference, 2])
    body = ben.get(page).content.decode()
    assert body.index("Ben: Look up the allotment") < body.index("How did you meet?")
    ben.post(page, {f"action-{agreed.reference}": "partly", "mode": "in_person"})
    assert "partly done" in ben.get(reverse("circles:actions", args=["C-0142"])).content.decode()


def test_ben_writes_an_action_down_from_the_log(world: World, as_person: AsPerson) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    address = reverse("circles:agree_action", args=["C-0142"]) + f"?meeting={world.meeting.reference}"
    day = (world.now + timedelta(days=7)).date()
    sent = {"words": "Ring.", "owner": "core_member"} | dict(
        zip(["due_on_day", "due_on_month", "due_on_year"], [day.day, day.month, day.year], strict=True)
    )
    answer = as_person(world.ben).post(address, sent)
    assert answer.url == reverse("circles:log", args=[world.meeting.reference])
    assert Meeting.objects.get(pk=world.meeting.pk).actions.get().owner == Action.Owner.CORE_MEMBER


def test_ann_undoes_on_the_page_what_was_called_done(world: World, as_person: AsPerson) -> None:
    agreed, ann = action(world), as_person(world.ann)
    settle_action(agreed, how=Action.Status.DONE, by=world.ben, at=world.now)
    address = reverse("circles:settle_action", args=["C-0142", agreed.reference])
    assert address in ann.get(reverse("circles:actions", args=["C-0142"])).content.decode()
    ann.post(address, {"how": "open"})
    assert Action.objects.get(pk=agreed.pk).status == Action.Status.OPEN


def test_in_a_circle_that_has_ended_what_came_of_its_actions_stays(world: World, as_person: AsPerson) -> None:
    agreed = settle_action(action(world), how=Action.Status.DONE, by=world.ben, at=world.now)
    end_and_close(world.ely, world)
    with pytest.raises(Refused, match="has ended"):
        settle_action(agreed, how=Action.Status.OPEN, by=world.ann, at=world.now)
    address = reverse("circles:settle_action", args=["C-0142", agreed.reference])
    assert address not in as_person(world.hana).get(reverse("circles:actions", args=["C-0142"])).content.decode()
