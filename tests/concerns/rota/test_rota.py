"""The on-call rota: the number that everybody sees, and the gaps that a manager sees a fortnight ahead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.operations import suspend_person
from concerns.rota.models import OnCallShift
from concerns.rota.operations import RotaGap, cancel_shift, gaps_on_call, plan_shift
from concerns.worklist import rota_items_of
from core.errors import Refused
from core.worktime import LONDON
from tests.concerns.rota.on_call import put_on_call
from tests.world import World

As = Callable[[User], Client]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def plan(world: World, start: timedelta, end: timedelta, who: User | None = None) -> OnCallShift:
    at = world.now
    return put_on_call(
        world, who or world.fay, telephone="01632 960 111", starts_at=at + start, ends_at=at + end, at=at
    )


def gaps_from_now(world: World) -> list[tuple[timedelta, timedelta]]:
    return [(gap.starts_at - world.now, gap.ends_at - world.now) for gap in gaps_on_call(at=world.now)]


def test_every_page_shows_the_number_of_the_shift_that_began_last(world: World) -> None:
    assert OnCallShift.objects.telephone_at(world.now) is None
    plan(world, -DAY, DAY)
    later = plan(world, -HOUR, HOUR, world.hana)
    OnCallShift.objects.filter(pk=later.pk).update(telephone="01632 960 222")
    for hours, number in [(-25, None), (-24, "111"), (-2, "111"), (-1, "222"), (0, "222"), (1, "111"), (24, None)]:
        moment = world.now + hours * HOUR
        expected = f"01632 960 {number}" if number else None
        shift = OnCallShift.objects.at(moment)
        assert (shift.telephone if shift else None) == expected, hours
        assert OnCallShift.objects.telephone_at(moment) == expected, hours
    cancel_shift(later, by=world.hana, at=world.now)
    assert OnCallShift.objects.telephone_at(world.now) == "01632 960 111"


def test_an_empty_rota_is_one_gap_of_a_fortnight(world: World) -> None:
    assert gaps_on_call(at=world.now) == [RotaGap(world.now, world.now + 14 * DAY)]


def test_a_gap_between_two_shifts_and_one_after_are_found(world: World) -> None:
    plan(world, -DAY, 2 * DAY)
    plan(world, 2 * DAY + HOUR, 10 * DAY)
    assert gaps_from_now(world) == [(2 * DAY, 2 * DAY + HOUR), (10 * DAY, 14 * DAY)]


def test_shifts_that_meet_or_overlap_leave_no_gap(world: World) -> None:
    plan(world, -DAY, 2 * DAY)
    plan(world, 2 * DAY, 8 * DAY)
    plan(world, 3 * DAY, 4 * DAY, world.hana)
    plan(world, 7 * DAY, 20 * DAY)
    assert gaps_from_now(world) == []


def test_a_gap_more_than_a_fortnight_away_is_not_shown_yet(world: World) -> None:
    plan(world, -DAY, 14 * DAY)
    assert gaps_from_now(world) == []
    assert gaps_on_call(at=world.now + HOUR) != []


def test_somebody_who_can_no_longer_sign_in_covers_nothing(world: World) -> None:
    plan(world, -DAY, 20 * DAY)
    suspend_person(world.fay, by=world.hana, at=world.now)
    assert gaps_from_now(world) == [(timedelta(), 14 * DAY)]


def test_a_cancelled_shift_is_a_gap_at_once_and_its_number_is_gone(world: World) -> None:
    planned = plan(world, -DAY, 20 * DAY)
    assert OnCallShift.objects.at(world.now) == planned
    cancel_shift(planned, by=world.hana, at=world.now)
    assert OnCallShift.objects.at(world.now) is None
    assert gaps_from_now(world) == [(timedelta(), 14 * DAY)]
    with pytest.raises(Refused, match="over already"):
        cancel_shift(planned, by=world.hana, at=world.now)


def test_hana_is_asked_to_fill_the_first_gap_and_must_when_it_is_near(world: World) -> None:
    plan(world, -DAY, 10 * DAY)
    [item] = rota_items_of(world.hana, world.now)
    assert (item.due_at, item.must_act) == (world.now + 10 * DAY, False)
    [item] = rota_items_of(world.hana, world.now + 9 * DAY)
    assert item.must_act
    plan(world, 10 * DAY, 30 * DAY)
    assert rota_items_of(world.hana, world.now) == []
    assert rota_items_of(world.ann, world.now) == []


@pytest.mark.parametrize("name", ["ben", "ann", "fay", "esi"])
def test_only_a_manager_or_technician_plans_shifts(world: World, name: str) -> None:
    planned = plan(world, -DAY, DAY)
    with pytest.raises(PermissionDenied):
        plan_shift(
            world.fay,
            telephone="01632 960 111",
            starts_at=world.now,
            ends_at=world.now + DAY,
            by=world.people[name],
            at=world.now,
        )
    with pytest.raises(PermissionDenied):
        cancel_shift(planned, by=world.people[name], at=world.now)


@pytest.mark.parametrize(
    ("start", "end", "telephone", "words"),
    [
        (DAY, HOUR, "01632 960 111", "end after"),
        (-DAY, -HOUR, "01632 960 111", "over already"),
        (-DAY, DAY, "ring Fay", "as it is dialled"),
    ],
)
def test_a_shift_that_makes_no_sense_is_refused(
    world: World, start: timedelta, end: timedelta, telephone: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        plan_shift(
            world.fay,
            telephone=telephone,
            starts_at=world.now + start,
            ends_at=world.now + end,
            by=world.hana,
            at=world.now,
        )


def test_the_current_number_is_on_every_volunteer_page_and_the_sign_in_page_without_a_name(
    world: World, as_person: As
) -> None:
    now = timezone.now()
    put_on_call(world, world.fay, telephone="01632 960 555", starts_at=now - HOUR, ends_at=now + HOUR, at=now)
    ben = as_person(world.ben)
    for page in (
        *[ben.get(address) for address in ("/", "/alerts/", "/concerns/new/")],
        Client().get("/account/login/"),
    ):
        text = page.content.decode()
        assert "01632 960 555" in text
        assert "tel:01632960555" in text
        assert "Fay" not in text


def test_hana_plans_a_shift_on_the_page_and_ann_reads_it(world: World, as_person: As) -> None:
    hana, local = as_person(world.hana), timezone.now().astimezone(LONDON)
    sent = {
        "person": world.fay.pk,
        "telephone": "01632 960 777",
        "starts_at": local.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (local + 20 * DAY).strftime("%Y-%m-%dT%H:%M"),
    }
    page = hana.get("/concerns/rota/plan/").content.decode()
    assert "Ben Ashby" not in page
    assert hana.post("/concerns/rota/plan/", sent)["Location"] == "/concerns/rota/"
    waiting = OnCallShift.objects.get()
    assert as_person(world.fay).post(f"/concerns/rota/{waiting.pk}/agree/")["Location"] == "/concerns/rota/"
    text = as_person(world.ann).get("/concerns/rota/").content.decode()
    assert "Fay Osborne" in text
    assert "01632 960 777" in text
    assert "Plan a shift" not in text
    assert "Nobody is on call" not in text
