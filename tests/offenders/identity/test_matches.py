"""Two records that may be about one person: told to who may see both, and to nobody else."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from alerts.message.models import Alert
from audit.models import Act, Entry
from circles.worklist import work_of
from core.errors import Refused
from offenders.identity.match_operations import settle_match
from offenders.identity.matching import references_known_beside
from offenders.identity.models import IdentityMatch
from offenders.identity.operations import find_person, write_identity
from tests.offenders.identity.identities import jonah, sealed_identity
from tests.offenders.referral.referrals import started
from tests.world import World


def test_the_same_number_is_noticed_and_the_managers_are_told(world: World) -> None:
    first = sealed_identity(world)
    second = sealed_identity(world, world.other_core_member, surname="Otterby", aliases=(), pnc="", crn="")
    match = IdentityMatch.objects.get()
    assert {match.first, match.second} == {first, second}
    assert {alert.recipient for alert in Alert.objects.filter(key__startswith="identity match:")} == {
        world.hana,
        world.fay,
    }
    assert not Entry.objects.filter(act=Act.REVEALED).exists()


def test_pat_is_told_no_reference_and_hana_is(world: World) -> None:
    sealed_identity(world)
    neil = sealed_identity(world, world.other_core_member)
    assert references_known_beside(neil, world.pat) == []
    assert references_known_beside(neil, world.hana) == ["EE-2417-K"]
    assert not IdentityMatch.objects.visible_to(world.pat).exists()


def test_two_people_who_share_a_surname_and_nothing_else_are_no_match(world: World) -> None:
    sealed_identity(world)
    other = {"born_on": None, "aliases": (), "pnc": "", "crn": "", "prison_number": "", "visor": ""}
    sealed_identity(world, world.other_core_member, **other)
    assert not IdentityMatch.objects.exists()


def test_writing_again_makes_no_second_match(world: World) -> None:
    sealed_identity(world)
    for _ in range(2):
        sealed_identity(world, world.other_core_member)
    assert IdentityMatch.objects.count() == 1


def lines_for(world: World, person: User) -> list[str]:
    return [item.title for item in work_of(person, world.now) if "one person" in item.title]


def test_hana_settles_it_once(world: World) -> None:
    sealed_identity(world)
    sealed_identity(world, world.other_core_member)
    match = IdentityMatch.objects.get()
    [line] = lines_for(world, world.hana)
    assert {"EE-2417-K", "EE-3091-T"} <= set(line.split())
    assert lines_for(world, world.ann) == []
    with pytest.raises(PermissionDenied):
        settle_match(match, is_one_person=False, by=world.ann, at=world.now)
    settle_match(match, is_one_person=False, by=world.hana, at=world.now)
    assert lines_for(world, world.hana) == []
    assert not IdentityMatch.objects.unsettled().exists()
    with pytest.raises(Refused, match="settled"):
        settle_match(match, is_one_person=True, by=world.fay, at=world.now)


def test_a_referral_of_somebody_who_is_a_core_member_already_is_noticed_without_opening_either(world: World) -> None:
    sealed_identity(world)
    referral = started(world)
    written = write_identity(referral, jonah(surname="Otterby", aliases=()), by=world.ann, at=world.now)
    assert references_known_beside(written, world.ann) == ["EE-2417-K"]
    assert {"EE-2417-K", referral.reference} <= set(lines_for(world, world.hana)[0].split())
    found = find_person(by=world.ann, at=world.now, number="Q774411")
    assert {record.reference for record in found} == {"EE-2417-K", referral.reference}
    assert not Entry.objects.filter(act=Act.REVEALED).exists()
