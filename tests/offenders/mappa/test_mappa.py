"""MAPPA category and level: one holds at a time, each with its days, and who must know is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert
from audit.models import Entry
from circles.worklist import work_of
from concerns.concern.models import Concern
from core.errors import Refused
from offenders.core_member.mappa_models import MappaPeriod
from offenders.core_member.models import CoreMember
from offenders.mappa.action_operations import plan_mappa_meeting
from offenders.mappa.operations import change_mappa
from tests.circles.life.preparing import today
from tests.circles.life.rows import date_of
from tests.concerns.overview.rows import an_urgent_one
from tests.world import World

DAY = timedelta(days=1)


def change_mappa_to(
    world: World, category: int, level: int, days: int = 0, by: User | None = None, why: str = "So."
) -> MappaPeriod:
    return change_mappa(
        world.core_member,
        category=category,
        level=level,
        changed_on=today(world) + days * DAY,
        why=why,
        by=by or world.ann,
        at=world.now,
    )


def pauls(world: World) -> list[tuple[int, int, bool]]:
    """Category, level and whether it holds now, in the order of his periods."""
    periods = MappaPeriod.objects.filter(core_member=world.core_member).order_by("from_on", "pk")
    return [(period.category, period.level, period.until_on is None) for period in periods]


def test_whoever_is_taken_on_has_one_period_from_that_day(world: World) -> None:
    period = MappaPeriod.objects.get(core_member=world.core_member)
    assert (period.category, period.level, period.until_on) == (1, 1, None)


def test_every_level_paul_had_stays_with_its_days_and_one_holds(world: World) -> None:
    change_mappa_to(world, 1, 2, days=-20)
    change_mappa_to(world, 2, 2, days=-3)
    assert pauls(world) == [(1, 1, False), (1, 2, False), (2, 2, True)]
    ends = list(
        MappaPeriod.objects.filter(core_member=world.core_member).order_by("pk").values_list("until_on", "from_on")
    )
    assert [until for until, _ in ends[:-1]] == [begins for _, begins in ends[1:]]
    paul = CoreMember.objects.get(pk=world.core_member.pk)
    assert (paul.category, paul.level) == (2, 2)
    assert Entry.objects.filter(note="MAPPA category or level changed", reference=paul.reference).count() == 2


def test_a_slip_is_put_right_the_same_day(world: World) -> None:
    change_mappa_to(world, 1, 3)
    change_mappa_to(world, 1, 2)
    assert pauls(world) == [(1, 1, False), (1, 3, False), (1, 2, True)]


@pytest.mark.parametrize(
    ("category", "level", "days", "why", "field", "words"),
    [
        (1, 1, 0, "So.", "level", "written down now"),
        (1, 2, 1, "So.", "changed_on", "not come yet"),
        (1, 2, -900, "So.", "changed_on", "Give a later day"),
        (1, 2, 0, " ", "why", "Say why"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    world: World, category: int, level: int, days: int, why: str, field: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refused:
        change_mappa_to(world, category, level, days, why=why)
    assert refused.value.field == field
    assert pauls(world) == [(1, 1, True)]


def test_ben_pat_and_esi_may_not(world: World) -> None:
    for person in (world.ben, world.pat, world.esi):
        with pytest.raises(PermissionDenied):
            change_mappa_to(world, 1, 2, by=person)


def test_ann_is_told_of_what_hana_changed_and_not_of_her_own_change(world: World) -> None:
    change_mappa_to(world, 1, 2)
    assert not Alert.objects.filter(recipient=world.ann, key__contains="mappa").exists()
    change_mappa_to(world, 1, 3, by=world.hana)
    told = Alert.objects.filter(key__contains="mappa")
    assert {alert.recipient.first_name for alert in told} == {"Ann"}
    assert {alert.link for alert in told} == {world.core_member.get_absolute_url()}


def test_whoever_coordinates_his_circle_is_told_too_on_a_page_of_theirs(world: World) -> None:
    """Pat runs Paul's circle for a while; Ann still has his record."""
    world.ely.coordinator = world.pat
    world.ely.save()
    change_mappa_to(world, 1, 2)
    assert {alert.link for alert in Alert.objects.filter(recipient=world.pat, key__contains="mappa")} == {
        world.ely.get_absolute_url()
    }
    assert not Alert.objects.filter(recipient=world.ben, key__contains="mappa").exists()


def test_an_open_concern_stays_in_the_queue_it_was_raised_to(world: World) -> None:
    concern = an_urgent_one(world)
    change_mappa_to(world, 1, 3)
    assert Concern.objects.get(pk=concern.pk).queue == world.queue


def test_the_database_holds_one_period_at_a_time(world: World) -> None:
    with pytest.raises(IntegrityError, match="mappa_period_one_at_a_time"), transaction.atomic():
        MappaPeriod.objects.create(
            core_member=world.core_member,
            category=1,
            level=2,
            from_on=today(world),
            noted_at=world.now,
            noted_by=world.ann,
        )


@pytest.mark.parametrize("table", ["offenders_coremember", "offenders_mappaperiod"])
def test_the_database_holds_that_the_open_period_says_what_his_record_says(world: World, table: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET level = 3")  # noqa: S608 - our own table's name
        with pytest.raises(IntegrityError, match="says what the record says"), transaction.atomic():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_ann_writes_it_down_on_the_page_and_reads_both_there(world: World, as_person: Callable[[User], Client]) -> None:
    ann, address = as_person(world.ann), reverse("offenders:change_mappa", args=["EE-2417-K"])
    assert "Until now: category 1, level 1." in ann.get(address).content.decode()
    sent = date_of("changed_on", world) | {"category": "1", "level": "2", "why": "The meeting decided it."}
    page = ann.post(address, sent, follow=True).content.decode()
    assert "Category 1, level 2 since" in page
    assert "Category 1, level 1 since" in page


def test_ann_is_asked_a_fortnight_before_mappa_meets_and_afterwards_what_is_asked_of_us(world: World) -> None:
    def asked(days: int) -> list[tuple[str, bool]]:
        items = work_of(world.ann, world.now + timedelta(days=days))
        return [(item.title.split(" ")[0], item.must_act) for item in items if "MAPPA" in item.title]

    meets_on = world.now.date() + timedelta(days=15)
    plan_mappa_meeting(world.core_member, meets_on=meets_on, by=world.ann, at=world.now)
    assert [asked(days) for days in (0, 1, 15, 16)] == [
        *([], [("MAPPA", False)], [("MAPPA", False)], [("Write", True)]),
    ]
    plan_mappa_meeting(world.core_member, meets_on=None, by=world.ann, at=world.now + timedelta(days=16))
    assert asked(16) == []
