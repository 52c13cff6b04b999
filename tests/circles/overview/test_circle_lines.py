"""A coordinator's circles on her home page: one line each, those that need somebody most first, in one query."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from circles.circle.models import Circle
from circles.meeting.models import Meeting
from circles.overview.circle_lines import SHOWN, CircleLines, circle_lines_of
from concerns.choices import Level
from concerns.concern.models import Concern
from concerns.overview.strands import open_counts_for
from concerns.raising.operations import raise_concern
from core.references import unused_reference
from offenders.core_member.mappa_models import MappaPeriod
from offenders.core_member.models import CoreMember
from tests.circles.goal.rows import action
from tests.circles.risk.risk_reviews import planned_risk_review
from tests.concerns.engine.raising import worry
from tests.world import World

AsPerson = Callable[[User], Client]


def lines(world: World, person: User | None = None, *, days: int = 0) -> CircleLines:
    reader = person or world.ann
    return circle_lines_of(reader, world.now + timedelta(days=days), open_counts_for(reader))


def more_circles(world: World, number: int) -> None:
    """So many more circles that Ann coordinates, copies of Ely for other core members."""
    for place in range(Circle.objects.count(), Circle.objects.count() + number):
        him = CoreMember.objects.get(pk=world.core_member.pk)
        him.pk, him.reference = None, f"EE-{place:04}-Q"
        him.save()
        period = MappaPeriod.objects.get(core_member=world.core_member)
        period.pk, period.core_member = None, him
        period.save()
        copy = Circle.objects.get(pk=world.ely.pk)
        copy.pk, copy.reference, copy.core_member = None, unused_reference(Circle, "C"), him
        copy.save()


def test_a_line_says_what_is_late_what_is_open_when_risk_is_due_and_when_they_meet(world: World) -> None:
    action(world, days=2)
    review = planned_risk_review(world, due_in=1)
    worry(world)
    worry(world, Level.LOG)
    [line] = lines(world, days=4).lines
    assert line.circle == world.ely
    assert line.late == ["minutes of one meeting", "an action"]
    assert line.concerns == [("Urgent", 1), ("Log", 1)]
    assert (line.risk_due, line.risk_is_late) == (review.due_on, True)
    coming = Meeting.objects.filter(circle=world.ely, planned_at__gt=world.now).earliest("planned_at")
    assert line.next_meeting == coming.planned_at


def test_a_concern_about_ann_is_not_counted_for_her(world: World) -> None:
    raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.URGENT,
        words="She rang late.",
        about=world.ann,
        by=world.ben,
        at=world.now,
    )
    assert lines(world).lines[0].concerns == []


def test_the_circle_with_an_urgent_concern_comes_first_then_the_one_with_most_that_is_late(world: World) -> None:
    more_circles(world, 3)
    quiet, urgent, late = Circle.objects.filter(coordinator=world.ann).exclude(pk=world.ely.pk).order_by("pk")
    action(world, days=2)
    Concern.objects.filter(pk=worry(world).pk).update(circle=urgent)
    Meeting.objects.filter(circle=world.ely).update(circle=late)
    found = [line.circle for line in lines(world, days=4).lines]
    assert found[0] == urgent
    assert set(found[1:3]) == {late, world.ely}
    assert found[3] == quiet


def test_more_circles_than_a_page_holds_are_counted(world: World) -> None:
    more_circles(world, SHOWN + 4)
    found = lines(world)
    assert (len(found.lines), found.count, found.more) == (SHOWN, SHOWN + 5, 5)


def test_gil_and_ben_have_no_such_list_and_pat_her_own(world: World, as_person: AsPerson) -> None:
    for person in (world.gil, world.ben, world.hana):
        assert as_person(person).get("/").context["circles"] is None
    [line] = as_person(world.pat).get("/").context["circles"].lines
    assert line.circle == world.wisbech


def statements_of(client: Client) -> int:
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/").status_code == 200
    return len([one for one in captured.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])


@pytest.mark.parametrize("name", ["ann", "hana"])
def test_home_costs_as_many_statements_for_five_circles_as_for_fifty(
    world: World, as_person: AsPerson, name: str
) -> None:
    client = as_person(world.people[name])
    more_circles(world, 4)
    five = statements_of(client)
    more_circles(world, 45)
    assert statements_of(client) == five
