"""From on call to Monday: handing over, and taking it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from alerts.message.models import Alert
from concerns.choices import Level
from concerns.concern.models import Concern
from concerns.handover.models import Handover
from concerns.handover.operations import hand_over, take_handover
from core.errors import Refused
from core.worktime import LONDON
from tests.concerns.engine.raising import ended_in_error, pending, worry
from tests.concerns.handover.rows import SAID
from tests.concerns.reading import concern_by
from tests.world import World

As = Callable[[User], Client]
FRIDAY = datetime(2027, 3, 5, 23, 0, tzinfo=LONDON)


def hand_over_worry(world: World, concern: Concern | None = None, **changes: object) -> Handover:
    asked = {**SAID, "owner": world.ann, "by": world.fay, "at": world.now} | changes
    return hand_over(concern or worry(world), **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (FRIDAY, datetime(2027, 3, 8, 9, tzinfo=LONDON)),
        (datetime(2027, 3, 25, 23, 0, tzinfo=LONDON), datetime(2027, 3, 30, 9, tzinfo=LONDON)),
        (datetime(2027, 3, 8, 7, 30, tzinfo=LONDON), datetime(2027, 3, 8, 9, tzinfo=LONDON)),
        (datetime(2027, 3, 8, 14, 0, tzinfo=LONDON), datetime(2027, 3, 8, 14, tzinfo=LONDON)),
    ],
)
def test_it_is_due_when_the_next_working_morning_begins_over_easter_too(
    world: World, at: datetime, due: datetime
) -> None:
    assert hand_over_worry(world, at=at).due_at == due


def test_ann_is_told_and_no_clock_stops_for_it(world: World) -> None:
    concern = worry(world)
    before = {step.side: step.due_at for step in concern.steps.filter(fired_at=None, stopped_at=None)}
    handover = hand_over_worry(world, concern)
    assert Alert.objects.filter(key=f"{concern.reference}:handover:{handover.pk}", recipient=world.ann).exists()
    assert {side: pending(concern, side).due_at for side in before} == before  # type: ignore[arg-type]


@pytest.mark.parametrize("name", list(SAID))
def test_each_of_the_five_things_must_be_said(world: World, as_person: As, name: str) -> None:
    concern = worry(world)
    with pytest.raises(Refused):
        hand_over_worry(world, concern, **{name: "  "})
    answer = as_person(world.fay).post(f"/concerns/{concern.reference}/handover/", {**SAID, name: ""})
    assert answer.status_code == 422
    kept = next(text for other, text in SAID.items() if other != name)
    assert kept.replace("’", "’") in answer.content.decode()
    assert not Handover.objects.exists()


def test_it_is_left_to_somebody_who_could_take_it_on(world: World) -> None:
    for nobody in (world.ben, world.pat, world.esi, world.jo):
        with pytest.raises(Refused, match="could not take it on"):
            hand_over_worry(world, owner=nobody)
    with pytest.raises(Refused, match="could not take it on"):
        hand_over_worry(world, concern_by(world, world.ben, about=world.ann), owner=world.ann)


def test_the_next_person_on_call_hands_over_again_and_one_waits(world: World) -> None:
    concern = worry(world)
    first, second = hand_over_worry(world, concern), hand_over_worry(world, concern, by=world.hana)
    first.refresh_from_db()
    assert (first.taken_by, second.taken_by) == (world.hana, None)
    assert concern.handovers.waiting().get() == second
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=first.pk).update(taken_at=None, taken_by=None)


def test_taken_twice_is_refused_in_words(world: World, as_person: As) -> None:
    concern = worry(world)
    hand_over_worry(world, concern)
    assert take_handover(concern, by=world.ann, at=world.now).taken_by == world.ann
    with pytest.raises(Refused, match="No handover waits"):
        take_handover(concern, by=world.hana, at=world.now)
    page = as_person(world.hana).post(f"/concerns/{concern.reference}/handover/taken/", follow=True).content.decode()
    assert "No handover waits here" in page


def test_the_agencies_read_none_of_it_and_write_none(world: World, as_person: As) -> None:
    concern = worry(world)
    hand_over_worry(world, concern)
    assert as_person(world.esi).get(f"/concerns/{concern.reference}/").status_code == 200
    assert "would not see Sunday" not in as_person(world.esi).get(f"/concerns/{concern.reference}/").content.decode()
    assert as_person(world.esi).get(f"/concerns/{concern.reference}/handover/").status_code == 403
    with pytest.raises(PermissionDenied):
        hand_over_worry(world, concern, by=world.esi)


def test_a_finished_concern_is_not_handed_over(world: World) -> None:
    with pytest.raises(Refused, match="finished"):
        hand_over_worry(world, ended_in_error(world, worry(world, Level.LOG)))
