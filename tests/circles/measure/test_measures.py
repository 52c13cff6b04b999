"""What is measured at the start, middle and end of Paul's circle, and when it falls due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.measure.models import LifeFacts, Measure, Point, Questionnaire, due_days_of
from circles.measure.operations import record_measures
from circles.worklist import work_of
from core.errors import Refused
from core.worktime import LONDON
from tests.world import World

AsPerson = Callable[[User], Client]
FACTS = {"employment": "seeking", "accommodation": "settled", "activity": "none"}


def loneliness_questionnaire() -> Questionnaire:
    return Questionnaire.objects.get(code="ucla-3")


def record_score(world: World, point: Point, total: int, *, days: int = 0, by: User | None = None) -> None:
    at = world.now + timedelta(days=days)
    day = at.astimezone(LONDON).date()
    record_measures(
        world.ely,
        point=point,
        totals={loneliness_questionnaire(): total},
        facts=FACTS,
        taken_on=day,
        by=by or world.ann,
        at=at,
    )


def lines_due(person: User, world: World, day: date) -> list[tuple[str, bool]]:
    at = world.now + (day - world.now.date())
    return [(item.title, item.must_act) for item in work_of(person, at) if "measures" in item.title]


def test_the_points_fall_due_by_the_circles_own_dates(world: World) -> None:
    days = due_days_of(world.ely)
    assert days[Point.START] - world.ely.started_on == timedelta(weeks=6)
    assert days[Point.MIDDLE] - world.ely.started_on == timedelta(days=150)
    assert days[Point.END] == world.ely.planned_end_on


def test_ann_is_asked_a_fortnight_before_and_still_once_it_is_late(world: World) -> None:
    first = due_days_of(world.ely)[Point.START]
    assert lines_due(world.ann, world, first - timedelta(days=20)) == []
    assert lines_due(world.ann, world, first - timedelta(days=5)) == [("Ask the start measures", False)]
    assert lines_due(world.ann, world, first + timedelta(days=2)) == [("Ask the start measures", False)]
    assert lines_due(world.ben, world, first + timedelta(days=2)) == []
    record_score(world, Point.START, 7)
    assert lines_due(world.ann, world, first + timedelta(days=2)) == []


def test_a_total_off_the_instruments_scale_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="from 3 to 9"):
        record_score(world, Point.START, 12)


def test_a_day_that_has_not_come_is_refused(world: World) -> None:
    tomorrow = world.now.date() + timedelta(days=2)
    with pytest.raises(Refused, match="between"):
        record_measures(
            world.ely, point=Point.START, totals={}, facts=FACTS, taken_on=tomorrow, by=world.ann, at=world.now
        )


def test_ben_neither_records_nor_sees_measures(world: World, as_person: AsPerson) -> None:
    with pytest.raises(PermissionDenied):
        record_score(world, Point.START, 7, by=world.ben)
    assert "Measures</a>" not in as_person(world.ben).get(world.ely.get_absolute_url()).content.decode()


def test_recording_again_mends_the_same_row(world: World) -> None:
    record_score(world, Point.START, 7)
    record_score(world, Point.START, 8)
    assert [one.total for one in Measure.objects.filter(circle=world.ely)] == [8]
    assert LifeFacts.objects.filter(circle=world.ely).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        LifeFacts.objects.update(accommodation="castle")


def test_the_page_shows_the_change_with_its_n_and_claims_nothing(world: World, as_person: AsPerson) -> None:
    record_score(world, Point.START, 8)
    page = reverse("circles:measures", args=["C-0142"])
    assert "<polyline" in (before := as_person(world.ann).get(page).content.decode())
    assert ">-3<" not in before
    record_score(world, Point.MIDDLE, 5, days=20)
    body = as_person(world.ann).get(page).content.decode()
    assert ">-3</td>" in body
    assert "n = 1" in body


def test_ann_types_the_totals_in(world: World, as_person: AsPerson) -> None:
    day = world.now.astimezone(LONDON).date()
    sent = {**FACTS, "total-ucla-3": "6", "total-swemwbs": ""}
    sent |= {"taken_on_day": str(day.day), "taken_on_month": str(day.month), "taken_on_year": str(day.year)}
    answer = as_person(world.ann).post(reverse("circles:record_measures", args=["C-0142", "start"]), sent)
    assert answer.status_code == 302
    assert [(one.questionnaire.code, one.total) for one in Measure.objects.all()] == [("ucla-3", 6)]
