"""Adverse outcomes have a grade and a source, are never changed, and few people see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.outcome.models import AdverseOutcome
from circles.outcome.operations import KnownOutcome, correct_outcome, record_outcome
from circles.worklist import work_of
from core.errors import Refused
from tests.circles.goal.rows import entry
from tests.circles.life.preparing import end_and_close
from tests.owner import do_as_administrator
from tests.world import World

AsPerson = Callable[[User], Client]
Step, Source = AdverseOutcome.Step, AdverseOutcome.Source


def known_outcome(event: date, *, step: int = 0, on: date | None = None, check: int | None = None) -> KnownOutcome:
    return KnownOutcome(Step(step), event, on or event, Source.PRACTITIONER, check_months=check)


def checks_waiting_for(person: User, world: World, days: int) -> list[str]:
    found = work_of(person, world.now + timedelta(days=days))
    return [item.title.split(": ")[1] for item in found if "became of him" in item.title]


def test_the_steps_stand_in_their_order() -> None:
    assert [step.value for step in Step] == list(range(11))
    assert (Step(0).label, Step(7).label) == ("None known", "Recalled, no new offence")


def test_ben_neither_sees_nor_records_any_of_it(world: World, as_person: AsPerson) -> None:
    entry(world)
    assert AdverseOutcome.objects.visible_to(world.ben).count() == 0
    assert AdverseOutcome.objects.visible_to(world.pat).count() == 0
    assert AdverseOutcome.objects.visible_to(world.esi).count() == 0
    assert [AdverseOutcome.objects.visible_to(one).count() for one in [world.ann, world.hana, world.fay]] == [1, 1, 1]
    with pytest.raises(PermissionDenied):
        record_outcome(world.ely, known=known_outcome(world.ely.started_on), by=world.ben, at=world.now)
    reviews = reverse("circles:reviews", args=[world.ely.reference])
    assert "Outcomes</a>" in as_person(world.ann).get(reviews).content.decode()
    assert "Outcomes</a>" not in as_person(world.ben).get(reviews).content.decode()


def test_no_entry_is_changed_or_deleted_not_even_by_the_database(world: World) -> None:
    entry(world)
    for statement in ["UPDATE circles_adverseoutcome SET step = 0", "DELETE FROM circles_adverseoutcome"]:
        with pytest.raises(IntegrityError), transaction.atomic():
            do_as_administrator(statement)


def test_a_correction_stands_beside_what_it_corrects(world: World, as_person: AsPerson) -> None:
    first = entry(world, step=6)
    with pytest.raises(Refused, match="what was wrong"):
        correct_outcome(first, known=known_outcome(first.event_on, step=5), reason=" ", by=world.ann, at=world.now)
    later = correct_outcome(
        first,
        known=known_outcome(first.event_on, step=5),
        reason="Released without charge.",
        by=world.hana,
        at=world.now,
    )
    assert list(AdverseOutcome.objects.not_corrected()) == [later]
    with pytest.raises(Refused, match="Correct the later one"):
        correct_outcome(first, known=known_outcome(first.event_on), reason="Again.", by=world.ann, at=world.now)
    body = as_person(world.ann).get(reverse("circles:outcomes", args=["C-0142"])).content.decode()
    assert "Released without charge." in body
    assert f"See {later.reference} instead" in body


def test_days_that_cannot_be_are_refused(world: World) -> None:
    first = world.ely.started_on
    for wrong, words in [
        (known_outcome(first - timedelta(days=1)), "before the circle began"),
        (known_outcome(first, on=first - timedelta(days=1)), "before it happened"),
        (known_outcome(first, on=first + timedelta(days=3)), "not come yet"),
        (known_outcome(first, check=6), "has ended"),
    ]:
        with pytest.raises(Refused, match=words):
            record_outcome(world.ely, known=wrong, by=world.ann, at=world.now)


def test_after_the_end_ann_is_asked_at_6_12_and_24_months(world: World) -> None:
    end_and_close(world.ely, world)
    assert checks_waiting_for(world.ann, world, 175) == []
    assert checks_waiting_for(world.ann, world, 190) == ["6 months after the end"]
    at = world.now + timedelta(days=190)
    made = record_outcome(world.ely, known=known_outcome(at.date(), check=6), by=world.ann, at=at)
    assert (made.period, made.follow_up_months) == ("after", 6)
    assert checks_waiting_for(world.ann, world, 190) == []
    assert checks_waiting_for(world.ann, world, 740) == ["12 months after the end", "24 months after the end"]
    assert checks_waiting_for(world.ben, world, 740) == checks_waiting_for(world.pat, world, 740) == []
    with pytest.raises(Refused, match="recorded already"):
        record_outcome(world.ely, known=known_outcome(at.date(), check=6), by=world.ann, at=at)


def test_what_happened_before_the_end_is_during_though_known_later(world: World) -> None:
    end_and_close(world.ely, world)
    later = world.now + timedelta(days=40)
    told = known_outcome(world.ely.started_on, step=3, on=later.date())
    assert record_outcome(world.ely, known=told, by=world.fay, at=later).period == "during"
