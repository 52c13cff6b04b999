"""A queue as Esi sees it: filtered, ordered, kept as her own views, and clocks written out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import User
from concerns.choices import Level, Outcome, Side
from concerns.concern.models import Concern
from concerns.engine.outlook import side_clock, with_clocks, working_stretches
from concerns.engine.plan import Plans, plan_for
from concerns.handling.hold_operations import hold_concern
from concerns.handling.operations import answer_concern, pass_to_queue
from concerns.handling.promise_operations import acknowledge_concern, claim_concern
from concerns.lists.models import SavedView
from concerns.lists.operations import MOST, forget_view, save_view
from concerns.lists.views import ListedConcern
from concerns.raising.operations import raise_concern
from core.errors import Refused
from core.worktime import LONDON
from tests.concerns.engine.raising import worry
from tests.world import World

As = Callable[[User], Client]
HOUR = timedelta(hours=1)


@pytest.fixture
def four_concerns(world: World) -> dict[str, Concern]:
    """One nobody has, one Esi has, one Oz reads, one on hold."""
    found = {name: worry(world) for name in ("loose", "hers", "read")}
    found["waiting"] = pass_to_queue(worry(world, Level.PRIORITY), by=world.ann, at=world.now)
    for name in ("hers", "waiting"):
        acknowledge_concern(found[name], until=world.now + 3 * HOUR, by=world.esi, at=world.now)
    claim_concern(found["read"], by=world.oz, at=world.now)
    hold_concern(found["waiting"], waiting_for="probation", until=world.now + 8 * HOUR, by=world.esi, at=world.now)
    return found


@pytest.mark.parametrize(
    ("whose", "names"),
    [("mine", {"hers", "waiting"}), ("unclaimed", {"loose"}), ("waiting", {"waiting"}), ("others", {"read"})],
)
def test_esi_sees_what_she_asks_for(
    world: World, as_person: As, four_concerns: dict[str, Concern], whose: str, names: set[str]
) -> None:
    page = as_person(world.esi).get(world.queue.get_absolute_url(), {"whose": whose}).content.decode()
    assert {name for name, concern in four_concerns.items() if f'data-row="{concern.reference}"' in page} == names


def test_a_hold_says_for_whom_and_a_claim_by_whom(
    world: World, as_person: As, four_concerns: dict[str, Concern]
) -> None:
    page = as_person(world.esi).get(world.queue.get_absolute_url()).content.decode()
    assert "waiting for probation" in page
    assert "Oz Hale is reading it until" in page


def test_what_is_answered_stands_last_and_offers_no_promise(
    world: World, as_person: As, four_concerns: dict[str, Concern]
) -> None:
    answer_concern(four_concerns["hers"], outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=world.now)
    page = as_person(world.esi).get(world.queue.get_absolute_url()).content.decode()
    row = page[page.index(f'data-row="{four_concerns["hers"].reference}"') :]
    assert row.count("data-row=") == 1, "the last"
    assert "<strong>Answered</strong>; the volunteer is still to be told" in row
    assert "I am dealing with it" not in row


def test_an_unknown_filter_shows_everything_and_no_error(
    world: World, as_person: As, four_concerns: dict[str, Concern]
) -> None:
    page = as_person(world.esi).get(world.queue.get_absolute_url(), {"whose": "x", "circle": "C-9"}).content.decode()
    assert page.count("data-row=") == 4


def test_oldest_first_and_newest_first(world: World, as_person: As) -> None:
    old = worry(world, at=world.now - 2 * HOUR)
    new = worry(world, at=world.now - HOUR)
    for order, first, second in (("oldest", old, new), ("newest", new, old)):
        page = as_person(world.esi).get(world.queue.get_absolute_url(), {"order": order}).content.decode()
        assert page.index(f'data-row="{first.reference}"') < page.index(f'data-row="{second.reference}"')


def test_a_view_is_esis_own_and_the_same_name_replaces_it(world: World, as_person: As) -> None:
    client = as_person(world.esi)
    address = f"{world.queue.get_absolute_url()}views/"
    client.post(address, {"name": "Pressing", "level": "urgent"})
    client.post(address, {"name": "Pressing", "level": "immediate", "whose": "nonsense"})
    assert [view.asked for view in SavedView.objects.all()] == ["level=immediate"]
    assert "Pressing" in client.get(world.queue.get_absolute_url()).content.decode()
    assert "Pressing" not in as_person(world.oz).get(world.queue.get_absolute_url()).content.decode()


def test_a_view_needs_a_name_and_something_chosen_and_there_are_not_too_many(world: World) -> None:
    with pytest.raises(Refused, match="a name"):
        save_view(world.queue, name=" ", asked="level=log", by=world.esi, at=world.now)
    with pytest.raises(Refused, match="something to show"):
        save_view(world.queue, name="All", asked="", by=world.esi, at=world.now)
    for number in range(MOST):
        save_view(world.queue, name=f"{number}", asked="level=log", by=world.esi, at=world.now)
    with pytest.raises(Refused, match="Delete one first"):
        save_view(world.queue, name="One more", asked="level=log", by=world.esi, at=world.now)


def test_lou_keeps_no_view_of_a_queue_that_is_not_hers_and_oz_forgets_none_of_esis(world: World) -> None:
    with pytest.raises(PermissionDenied):
        save_view(world.queue, name="Theirs", asked="level=log", by=world.lou, at=world.now)
    view = save_view(world.queue, name="Mine", asked="level=log", by=world.esi, at=world.now)
    with pytest.raises(PermissionDenied):
        forget_view(view, by=world.oz, at=world.now)


def test_the_working_time_sum_is_written_out(world: World) -> None:
    monday = datetime(2027, 3, 1, 15, 0, tzinfo=LONDON)
    concern = pass_to_queue(worry(world, Level.PRIORITY, at=monday), by=world.ann, at=monday)
    plan = plan_for(concern, Side.AGENCY)
    assert plan is not None
    said = working_stretches(monday, plan.answer_due(monday), plan)
    assert said == ["1 March 2027 3:00 pm to 5:00 pm", "2 March 2027 9:00 am to 3:00 pm"]


def test_a_long_sum_counts_its_whole_days(world: World) -> None:
    monday = datetime(2027, 3, 1, 15, 0, tzinfo=LONDON)
    concern = pass_to_queue(worry(world, Level.LOG, at=monday), by=world.ann, at=monday)
    plan = plan_for(concern, Side.AGENCY)
    assert plan is not None
    assert working_stretches(monday, plan.answer_due(monday), plan)[1] == "4 whole working days"


def test_a_clock_that_ran_out_says_how_late_it_is(world: World) -> None:
    concern = with_clocks(Concern.objects.filter(pk=worry(world).pk)).get()
    clock = side_clock(concern, Side.CHARITY, Plans([concern]), world.now + timedelta(hours=5))
    assert clock is not None
    assert (clock.used, clock.left) == (100, "4 h late")


@pytest.mark.parametrize("order", ["due", "circle"])
def test_the_queue_is_ordered_by_what_is_due_first_or_by_circle(
    world: World, as_person: As, four_concerns: dict[str, Concern], order: str
) -> None:
    in_wisbech = raise_concern(
        world.wisbech, submit_key=uuid4(), level=Level.URGENT, words="He drinks.", by=world.dev, at=world.now
    )
    rows = as_person(world.esi).get(world.queue.get_absolute_url(), {"order": order}).context["rows"]
    keys = [row.clock.due_at if order == "due" else row.concern.circle.reference for row in rows]
    assert {row.concern for row in rows} == {in_wisbech, *four_concerns.values()}
    assert keys == sorted(keys)


def test_the_list_says_why_a_concern_is_in_it_also_where_no_rule_decided(
    world: World, four_concerns: dict[str, Concern]
) -> None:
    concerns = [four_concerns["loose"], worry(world, Level.PRIORITY), four_concerns["waiting"]]
    for concern in concerns:
        concern.refresh_from_db()
        concern.rule = None
    assert [ListedConcern(concern, None).why for concern in concerns] == [
        "Urgent: goes to the coordinator and to the area's queue at once",
        "Priority: with the charity, not in the area's queue",
        "Priority: the coordinator passed it on, or had not taken it by half the time",
    ]
