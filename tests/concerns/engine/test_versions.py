"""What was promised at the start holds: holidays and ladders change for new concerns and never for running ones."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import User
from concerns.choices import Level, Side
from concerns.drill.operations import start_drill
from concerns.engine.operations import fire_due_concerns
from concerns.engine.plan import plan_for
from concerns.ladder.models import Clock, Holiday, LadderVersion, Rung
from concerns.ladder.operations import add_holiday, approve_ladder, propose_ladder, remove_holiday
from concerns.watch.reconcile import reconcile
from core.errors import Refused
from core.worktime import LONDON
from tests.concerns.engine.raising import pending, people_mailed, worry
from tests.concerns.engine.test_failures import staff_norfolk
from tests.owner import do_as_administrator, let_app_change
from tests.world import World

As = Callable[[User], Client]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FRIDAY = datetime(2027, 3, 5, 16, 30, tzinfo=LONDON)
MONDAY = date(2027, 3, 8)


def clock_runs_out(world: World, at: datetime) -> datetime:
    concern = worry(world, Level.PRIORITY, at=at)
    return plan_for(concern, Side.CHARITY).answer_due(at).astimezone(LONDON)


def test_e17_a_holiday_added_later_moves_no_running_clock_and_every_new_one(world: World) -> None:
    running = worry(world, Level.PRIORITY, at=FRIDAY)
    add_holiday(MONDAY, name="Royal wedding", by=world.hana, at=FRIDAY + MINUTE)
    assert plan_for(running, Side.CHARITY).answer_due(FRIDAY) == datetime(2027, 3, 8, 16, 30, tzinfo=LONDON)
    assert clock_runs_out(world, FRIDAY + 2 * MINUTE) == datetime(2027, 3, 9, 16, 32, tzinfo=LONDON)
    fire_due_concerns(at=pending(running, Side.CHARITY).due_at)
    assert pending(running, Side.CHARITY).due_at == datetime(2027, 3, 8, 16, 30, tzinfo=LONDON)


def test_e17_a_holiday_removed_later_shortens_no_running_clock(world: World) -> None:
    holiday = add_holiday(MONDAY, name="Royal wedding", by=world.hana, at=FRIDAY - DAY)
    running = worry(world, Level.PRIORITY, at=FRIDAY)
    remove_holiday(holiday, by=world.hana, at=FRIDAY + MINUTE)
    assert plan_for(running, Side.CHARITY).answer_due(FRIDAY) == datetime(2027, 3, 9, 16, 30, tzinfo=LONDON)
    assert clock_runs_out(world, FRIDAY + 2 * MINUTE) == datetime(2027, 3, 8, 16, 32, tzinfo=LONDON)
    add_holiday(MONDAY, name="After all", by=world.hana, at=FRIDAY + HOUR)


def test_e17_the_concerns_page_says_that_the_list_has_changed(world: World, as_person: As) -> None:
    concern, hana = worry(world, Level.PRIORITY), as_person(world.hana)
    said = "this concern keeps the list as it stood then"
    assert said not in hana.get(concern.get_absolute_url()).content.decode()
    add_holiday(MONDAY, name="Royal wedding", by=world.hana, at=world.now + MINUTE)
    assert said in hana.get(concern.get_absolute_url()).content.decode()


def test_holidays_are_changed_by_a_manager_once_and_with_a_name(world: World) -> None:
    with pytest.raises(PermissionDenied):
        add_holiday(MONDAY, name="x", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="what the day is"):
        add_holiday(MONDAY, name=" ", by=world.hana, at=world.now)
    holiday = add_holiday(MONDAY, name="x", by=world.hana, at=world.now)
    with pytest.raises(Refused, match="already"):
        add_holiday(MONDAY, name="x", by=world.hana, at=world.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Holiday.objects.create(day=MONDAY, name="y")
    remove_holiday(holiday, by=world.hana, at=world.now + MINUTE)
    with pytest.raises(Refused, match="off the list already"):
        remove_holiday(holiday, by=world.hana, at=world.now + HOUR)


def proposed_ladder(world: World) -> LadderVersion:
    """Fay wants an answer to an urgent concern within half an hour."""
    return propose_ladder(
        level=Level.URGENT,
        side=Side.CHARITY,
        acknowledge_within=30 * MINUTE,
        reason="An hour was too long.",
        by=world.fay,
        at=world.now,
    )


def test_e24_a_ladder_changed_meanwhile_leaves_a_running_chain_and_its_version_shows(
    world: World, as_person: As
) -> None:
    running = worry(world)
    approve_ladder(proposed_ladder(world), by=world.hana, at=world.now + MINUTE)
    new = worry(world, at=world.now + 2 * MINUTE)
    assert pending(running, Side.CHARITY).due_at == world.now + 30 * MINUTE
    assert pending(new, Side.CHARITY).due_at == world.now + 17 * MINUTE
    fire_due_concerns(at=world.now + 30 * MINUTE)
    assert pending(running, Side.CHARITY).due_at == world.now + 60 * MINUTE
    ann = as_person(world.ann)
    assert "Ladder 1, as it stood" in ann.get(running.get_absolute_url()).content.decode()
    assert "Ladder 2, as it stood" in ann.get(new.get_absolute_url()).content.decode()


def test_a_proposal_runs_nowhere_until_a_second_person_agrees(world: World) -> None:
    ladder = proposed_ladder(world)
    assert worry(world, at=world.now + HOUR).ladder.number == 1
    with pytest.raises(PermissionDenied):
        approve_ladder(ladder, by=world.fay, at=world.now)
    with pytest.raises(PermissionDenied):
        approve_ladder(ladder, by=world.ann, at=world.now)
    approve_ladder(ladder, by=world.hana, at=world.now)
    with pytest.raises(Refused, match="agreed to already"):
        approve_ladder(ladder, by=world.kit, at=world.now)


def test_a_proposal_copies_everything_but_the_one_clock(world: World) -> None:
    ladder = proposed_ladder(world)
    first = LadderVersion.objects.get(number=1)

    def clocks(of: LadderVersion) -> set[tuple[object, ...]]:
        facts = ("level", "side", "acknowledge_within", "act_within", "repeat_every", "day_and_night")
        return set(Clock.objects.filter(ladder=of).values_list(*facts))

    assert len(clocks(ladder)) == len(clocks(first)) == 8
    assert len(clocks(ladder) - clocks(first)) == 1
    rungs = Rung.objects.filter(ladder=ladder, level=Level.URGENT, side=Side.CHARITY).order_by("position")
    assert [rung.after for rung in rungs] == [0 * MINUTE, 15 * MINUTE, 30 * MINUTE, 60 * MINUTE]


def test_proposals_that_are_refused(world: World) -> None:
    for within, reason, words in [(timedelta(), "x", "longer than zero"), (HOUR, " ", "Say why")]:
        with pytest.raises(Refused, match=words):
            propose_ladder(
                level=Level.LOG,
                side=Side.AGENCY,
                acknowledge_within=within,
                reason=reason,
                by=world.fay,
                at=world.now,
            )
    proposed_ladder(world)
    with pytest.raises(Refused, match="waits for somebody"):
        proposed_ladder(world)


def test_the_database_wants_two_people(world: World) -> None:
    ladder = proposed_ladder(world)
    for change in ({"approved_by": world.fay, "in_force_from": world.now}, {"in_force_from": world.now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LadderVersion.objects.filter(pk=ladder.pk).update(**change)


@pytest.mark.parametrize("gone", [Rung, Clock])
def test_e25_a_concern_whose_ladder_was_emptied_runs_on_the_first_ladder_and_the_log_is_loud(
    world: World, caplog: pytest.LogCaptureFixture, gone: type[Rung] | type[Clock]
) -> None:
    broken, sound = worry(world, Level.IMMEDIATE), worry(world)
    let_app_change("concerns_rung", "concerns_clock")
    gone.objects.filter(ladder=broken.ladder, level=Level.IMMEDIATE).delete()
    with caplog.at_level(logging.ERROR):
        fire_due_concerns(at=world.now + 30 * MINUTE)
    assert sorted(people_mailed(broken, Side.CHARITY)) == ["Ann", "Ann", "Fay", "Hana"]
    assert pending(broken, Side.CHARITY).due_at == world.now + 75 * MINUTE
    assert people_mailed(sound, Side.CHARITY) == ["Ann", "Ann"]
    assert "a ladder is broken; the first one is used" in caplog.text


def test_e25_what_is_raised_on_an_emptied_ladder_starts_all_the_same(world: World) -> None:
    let_app_change("concerns_rung", "concerns_clock")
    Rung.objects.all().delete()
    Clock.objects.all().delete()
    concern = worry(world)
    assert (people_mailed(concern, Side.CHARITY), people_mailed(concern, Side.AGENCY)) == (["Ann"], ["Esi"])
    assert pending(concern, Side.CHARITY).due_at == world.now + 30 * MINUTE


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_e30_the_watcher_over_a_million_old_rows_answers_within_a_second(world: World) -> None:
    """Really committed, so that they are swept away after: rolled back, they would stay in every later test's way."""
    staff_norfolk(world)
    concern = worry(world)
    with transaction.atomic(), connection.cursor() as cursor:
        # Without checking a million times that there is such a concern.
        do_as_administrator("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "INSERT INTO concerns_escalationstep (concern_id, side, round, rung, due_at, fired_at) "
            "SELECT %s, 'charity', n, 0, %s, %s FROM generate_series(100, 1000099) AS n",
            [concern.pk, world.now - 30 * DAY, world.now - 30 * DAY],
        )
        do_as_administrator("ANALYZE concerns_escalationstep")
    taken = []
    for _ in range(3):
        began = time.monotonic()
        assert reconcile(at=world.now) == []
        assert fire_due_concerns(at=world.now) == 0
        taken.append(time.monotonic() - began)
    assert min(taken) < 1
    assert start_drill(world.queue, by=world.hana, at=world.now)
