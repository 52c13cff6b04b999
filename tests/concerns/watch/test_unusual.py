"""Somebody who reads or raises far more than a person can: all is stored, and others hear of it."""

from __future__ import annotations

from datetime import timedelta

from alerts.message.models import Alert, Channel
from audit.models import Act, Entry
from audit.trail import write_entry
from concerns.choices import Level
from concerns.concern.models import Concern
from concerns.watch.reconcile import watch
from concerns.watch.unusual import MOST_READ, MOST_REVEALED, MOST_URGENT, tell_of_unusual
from offenders.core_member.models import CoreMember
from offenders.identity.operations import Reason, reveal_identity
from tests.concerns.engine.raising import worry
from tests.offenders.identity.identities import sealed_identity
from tests.world import World

MINUTE = timedelta(minutes=1)


def people_told(world: World) -> set[str]:
    found = Alert.objects.filter(key__startswith="unusual:", channel=Channel.INBOX)
    return {alert.recipient.first_name for alert in found.select_related("recipient")}


def read_record_often(world: World, times: int) -> None:
    for _ in range(times):
        write_entry(Act.CONSULTED, world.ely, by=world.ann, at=world.now)


def test_three_hundred_readings_in_an_hour_are_nothing_unusual_and_one_more_is(world: World) -> None:
    read_record_often(world, MOST_READ)
    assert tell_of_unusual(at=world.now + MINUTE) == 0
    read_record_often(world, 1)
    assert tell_of_unusual(at=world.now + MINUTE) == 1
    assert people_told(world) == {"Jo", "Fay", "Hana"}
    assert Entry.objects.filter(act=Act.READ_MUCH, reference=world.ann.reference, actor=None).count() == 1


def test_the_eleventh_name_that_ann_reveals_in_an_hour_is_told(world: World) -> None:
    sealed_identity(world)
    paul = CoreMember.objects.get(pk=world.core_member.pk)
    for number in range(MOST_REVEALED + 1):
        assert tell_of_unusual(at=world.now + MINUTE) == 0, number
        reveal_identity(paul, by=world.ann, at=world.now, reason=Reason.CHECK)
    assert tell_of_unusual(at=world.now + MINUTE) == 1
    assert people_told(world) == {"Jo", "Fay", "Hana"}


def test_it_is_told_once_an_hour_and_is_over_an_hour_later(world: World) -> None:
    read_record_often(world, MOST_READ + 1)
    for minute in (1, 6, 11):
        tell_of_unusual(at=world.now + minute * MINUTE)
    assert Alert.objects.filter(key__startswith="unusual:", channel=Channel.INBOX, recipient=world.jo).count() == 1
    assert Entry.objects.filter(act=Act.READ_MUCH, reference=world.ann.reference, actor=None).count() == 1
    assert tell_of_unusual(at=world.now + 61 * MINUTE) == 0


def test_forty_one_urgent_worries_are_all_stored_and_told_of(world: World) -> None:
    first = worry(world)
    for number in range(MOST_URGENT):
        copy = Concern.objects.get(pk=first.pk)
        copy.pk, copy.reference, copy.submit_key = None, f"K-{number:05}", None
        copy.submit_key = first.submit_key.__class__(int=number + 1)
        copy._state.adding = True
        copy.save()
    assert Concern.objects.filter(level=Level.URGENT).count() == MOST_URGENT + 1
    watch(at=world.now + MINUTE)
    assert {"Fay", "Hana"} <= people_told(world)


def test_hana_is_not_told_of_herself(world: World) -> None:
    for _ in range(MOST_READ + 1):
        write_entry(Act.CONSULTED, world.ely, by=world.hana, at=world.now)
    tell_of_unusual(at=world.now + MINUTE)
    assert people_told(world) == {"Jo", "Fay"}
