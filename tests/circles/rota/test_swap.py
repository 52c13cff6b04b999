"""The rota of the minutes, and swapping turns with one tap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert
from circles.circle.models import Membership
from circles.meeting.models import Meeting
from circles.membership.operations import add_volunteer, end_membership
from circles.minutes.beginning_operations import take_minutes
from circles.rota.models import Swap
from circles.rota.operations import decline_minutes, offer_minutes, swap_minutes, withdraw_offer
from circles.schedule.calling_off_operations import cancel_meeting
from circles.schedule.operations import plan_next_meetings
from circles.worklist import work_of
from core.errors import MoveNotAllowed, Refused
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]


def volunteer_of(user: User) -> Volunteer:
    return Volunteer.objects.get(user=user)


def coming_meetings(world: World) -> list[Meeting]:
    return list(world.ely.meetings.filter(planned_at__gt=world.now + timedelta(hours=2)).order_by("planned_at"))


def turn_of(world: World, user: User, *, which: int = 0) -> Meeting:
    """The coming meeting whose minutes are made this person's."""
    return take_minutes(coming_meetings(world)[which], volunteer=volunteer_of(user), by=user, at=world.now)


def ask(world: World, *, giver: User | None = None, taker: User | None = None) -> Swap:
    """Ben asks Tom to take his turn, or whoever asks whom; the taker has the turn after it."""
    giver, taker = giver or world.ben, taker or world.tom
    meeting = turn_of(world, giver)
    turn_of(world, taker, which=1)
    return offer_minutes(meeting, to=volunteer_of(taker), by=giver, at=world.now)


def taker_of(meeting: Meeting) -> str:
    fresh = Meeting.objects.select_related("minute_taker__user").get(pk=meeting.pk)
    return fresh.minute_taker.user.first_name if fresh.minute_taker else ""


def names_on_rota(world: World, user: User, as_person: AsPerson) -> list[str]:
    turns = as_person(user).get(world.ely.get_absolute_url()).context["turns"]
    return [turn.volunteer.user.first_name for turn in turns]


def plan_until(world: World, weeks: int) -> None:
    for week in range(0, weeks, 2):
        plan_next_meetings(at=world.now + timedelta(weeks=week))


def test_over_twelve_weeks_everybody_takes_the_minutes_equally_often(world: World) -> None:
    plan_until(world, 12)
    first_twelve = world.ely.meetings.order_by("planned_at")[:12]
    assert Counter(taker_of(one) for one in first_twelve) == {"Ben": 3, "Tom": 3, "Uma": 3, "Vic": 3}


def test_who_took_them_out_of_turn_waits_longer(world: World) -> None:
    planned = [taker_of(one) for one in world.ely.meetings.order_by("planned_at")]
    assert planned[:3] == ["Ben", "Tom", "Uma"]
    take_minutes(coming_meetings(world)[-1], volunteer=volunteer_of(world.vic), by=world.vic, at=world.now)
    plan_until(world, 4)
    after = coming_meetings(world)[2:4]
    assert next(taker_of(one) for one in after) != "Vic"


def test_a_newcomer_who_never_took_them_is_next(world: World) -> None:
    plan_until(world, 4)
    add_volunteer(world.ely, volunteer=volunteer_of(world.dev), by=world.ann, at=world.now)
    before = set(world.ely.meetings.values_list("pk", flat=True))
    plan_until(world, 8)
    new = world.ely.meetings.exclude(pk__in=before).earliest("planned_at")
    assert taker_of(new) == "Dev"


def test_volunteers_who_join_one_after_another_share_the_first_turns(world: World) -> None:
    assert {taker_of(one) for one in world.wisbech.meetings.all()} == {"Dev"}
    for somebody in (world.ben, world.tom):
        add_volunteer(world.wisbech, volunteer=volunteer_of(somebody), by=world.pat, at=world.now)
    assert [taker_of(one) for one in world.wisbech.meetings.order_by("planned_at")[:3]] == ["Dev", "Dev", "Ben"]
    plan_next_meetings(at=world.now + timedelta(days=7))
    assert taker_of(world.wisbech.meetings.latest("planned_at")) == "Tom"


def test_a_cancelled_turn_does_not_count(world: World) -> None:
    toms = coming_meetings(world)[0]
    assert taker_of(toms) == "Tom"
    cancel_meeting(toms, why_not=Meeting.WhyNot.LOGISTICS, words="Snow.", by=world.ann, at=world.now)
    plan_until(world, 6)
    takers = [taker_of(one) for one in coming_meetings(world) if not one.is_called_off]
    assert takers.index("Tom") < 3


def test_the_circles_page_shows_the_next_six_and_they_are_what_is_then_planned(
    world: World, as_person: AsPerson
) -> None:
    shown = names_on_rota(world, world.ben, as_person)
    assert len(shown) == 6
    plan_until(world, 8)
    assert [taker_of(one) for one in coming_meetings(world)[:6]] == shown


def test_when_tom_leaves_his_turns_go_to_whoever_waited_longest(world: World) -> None:
    end_membership(Membership.objects.get(circle=world.ely, volunteer__user=world.tom), by=world.ann, at=world.now)
    assert "Tom" not in {taker_of(one) for one in coming_meetings(world)}
    assert taker_of(coming_meetings(world)[0]) == "Vic"


def test_ben_asks_tom_and_tom_takes_them_and_ben_takes_toms(world: World) -> None:
    swap = ask(world)
    assert swap.in_return == coming_meetings(world)[1]
    assert Alert.objects.filter(recipient=world.tom, link=world.ely.get_absolute_url()).exists()
    (waits,) = work_of(world.tom, world.now)
    assert waits.title.startswith("Ben asks you to take the minutes of")
    swap_minutes(swap, by=world.tom, at=world.now)
    assert [taker_of(one) for one in coming_meetings(world)[:2]] == ["Tom", "Ben"]
    assert work_of(world.tom, world.now) == []
    assert Alert.objects.filter(recipient=world.ben, key=f"{swap.reference}:accepted").exists()


def test_until_tom_answers_the_turn_stays_bens_and_no_leaves_it_there(world: World) -> None:
    swap = ask(world)
    assert taker_of(swap.meeting) == "Ben"
    decline_minutes(swap, by=world.tom, at=world.now)
    assert taker_of(swap.meeting) == "Ben"
    with pytest.raises(Refused, match="settled already"):
        swap_minutes(swap, by=world.tom, at=world.now)


def test_ben_takes_it_back_and_tom_can_no_longer_accept(world: World) -> None:
    swap = ask(world)
    withdraw_offer(swap, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="settled already"):
        swap_minutes(swap, by=world.tom, at=world.now)
    with pytest.raises(MoveNotAllowed):
        decline_minutes(swap, by=world.tom, at=world.now)


def test_asking_somebody_else_takes_the_first_asking_back(world: World) -> None:
    first = ask(world)
    second = offer_minutes(first.meeting, to=volunteer_of(world.uma), by=world.ben, at=world.now)
    assert Swap.objects.get(pk=first.pk).status == "withdrawn"
    assert Swap.objects.open_at(world.now).get() == second


def test_an_asking_dies_when_the_turn_is_no_longer_bens(world: World) -> None:
    swap = ask(world)
    take_minutes(swap.meeting, volunteer=volunteer_of(world.vic), by=world.vic, at=world.now)
    with pytest.raises(Refused, match="settled already"):
        swap_minutes(swap, by=world.tom, at=world.now)
    assert taker_of(swap.meeting) == "Vic"


def test_a_turn_promised_in_return_that_is_gone_is_not_given(world: World) -> None:
    swap = ask(world)
    take_minutes(coming_meetings(world)[1], volunteer=volunteer_of(world.vic), by=world.vic, at=world.now)
    swap_minutes(swap, by=world.tom, at=world.now)
    assert [taker_of(one) for one in coming_meetings(world)[:2]] == ["Tom", "Vic"]


def test_only_tom_answers_and_only_ben_takes_back(world: World) -> None:
    swap = ask(world)
    for person in (world.ben, world.uma, world.ann):
        with pytest.raises(PermissionDenied):
            swap_minutes(swap, by=person, at=world.now)
    with pytest.raises(PermissionDenied):
        withdraw_offer(swap, by=world.tom, at=world.now)


def test_ben_gives_only_his_own_turn_and_only_to_who_belongs(world: World) -> None:
    mine = turn_of(world, world.ben)
    with pytest.raises(PermissionDenied):
        offer_minutes(mine, to=volunteer_of(world.uma), by=world.tom, at=world.now)
    for somebody in (world.dev, world.ben):
        with pytest.raises(Refused, match="somebody else who belongs"):
            offer_minutes(mine, to=volunteer_of(somebody), by=world.ben, at=world.now)
    with pytest.raises(Refused, match="still to come"):
        offer_minutes(world.meeting, to=volunteer_of(world.tom), by=world.ben, at=world.now)


def test_the_database_holds_one_asking_a_meeting_and_two_different_people(world: World) -> None:
    swap = ask(world)
    again = {"meeting": swap.meeting, "giver": swap.giver, "offered_at": world.now, "offered_by": world.ben}
    for changes, constraint in [
        ({"taker": volunteer_of(world.uma)}, "swap_asked_once"),
        ({"taker": swap.giver}, "two"),
    ]:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Swap.objects.create(reference=f"W-{constraint[:4]}", **again, **changes)


def test_one_tap_asks_and_one_tap_accepts(world: World, as_person: AsPerson) -> None:
    mine = turn_of(world, world.ben)
    ben, tom = as_person(world.ben), as_person(world.tom)
    assert "Ask Tom" in ben.get(world.ely.get_absolute_url()).content.decode()
    answer = ben.post(
        reverse("circles:offer_minutes", args=[mine.reference, volunteer_of(world.tom).reference]), follow=True
    )
    assert "Tom is asked to take them." in answer.content.decode()
    assert "Ben asks you to take these" in tom.get(world.ely.get_absolute_url()).content.decode()
    swap = Swap.objects.get()
    answer = tom.post(reverse("circles:accept_swap", args=[swap.reference]), follow=True)
    assert "are yours now" in answer.content.decode()
    late = tom.post(reverse("circles:accept_swap", args=[swap.reference]), follow=True)
    assert "settled already" in late.content.decode()
    assert taker_of(mine) == "Tom"


def test_dev_elsewhere_finds_no_asking_of_elys(world: World, as_person: AsPerson) -> None:
    swap = ask(world)
    assert as_person(world.dev).post(reverse("circles:accept_swap", args=[swap.reference])).status_code == 404
    stranger = reverse("circles:offer_minutes", args=[swap.meeting.reference, volunteer_of(world.dev).reference])
    assert as_person(world.ben).post(stranger).status_code == 404
