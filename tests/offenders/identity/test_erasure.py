"""A name is erased for ever by two people, and not even the keyring brings it back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import User
from audit.models import Act, Entry
from circles.worklist import work_of
from core.errors import Refused
from core.keyring import CannotOpen, get_keyring
from offenders.core_member.models import CoreMember
from offenders.identity.erasure_operations import ask_for_erasure, erase_identity, keep_identity
from offenders.identity.matching import identities_that_match
from offenders.identity.models import Identity
from offenders.identity.operations import Reason, reveal_identity, write_identity
from offenders.identity.promises import identity_sentences
from offenders.identity.sealing import open_particulars
from tests.offenders.identity.identities import jonah, sealed_identity
from tests.offenders.referral.referrals import started
from tests.world import World


def paul(world: World) -> CoreMember:
    return CoreMember.objects.select_related("identity").get(pk=world.core_member.pk)


def test_hana_asks_and_fay_agrees_and_a_copy_of_what_was_sealed_opens_no_more(world: World) -> None:
    copy = bytes(sealed_identity(world).sealed or b"")
    ask_for_erasure(paul(world), by=world.hana, at=world.now)
    with pytest.raises(PermissionDenied):
        erase_identity(paul(world), by=world.hana, at=world.now)
    erased = erase_identity(paul(world), by=world.fay, at=world.now)
    assert Entry.objects.filter(act=Act.ERASED, reference="EE-2417-K", actor=world.fay).exists()
    assert not identities_that_match(number="Q774411").exists()
    with pytest.raises(Refused, match="erased for ever"):
        reveal_identity(paul(world), by=world.ann, at=world.now, reason=Reason.CHECK)
    with pytest.raises(Refused, match="erased for ever"):
        sealed_identity(world)
    row = Identity.objects.get(pk=erased.pk)
    row.sealed = copy
    with pytest.raises(CannotOpen):
        open_particulars(row, get_keyring())
    assert identity_sentences() == []


def test_nobody_erases_what_nobody_asked_for(world: World) -> None:
    sealed_identity(world)
    with pytest.raises(PermissionDenied):
        erase_identity(paul(world), by=world.hana, at=world.now)
    with pytest.raises(PermissionDenied):
        ask_for_erasure(paul(world), by=world.ann, at=world.now)


def waits_for(world: World, person: User) -> bool:
    return any("EE-2417-K be erased" in item.title for item in work_of(person, world.now))


def test_fay_keeps_the_name(world: World) -> None:
    sealed_identity(world)
    ask_for_erasure(paul(world), by=world.hana, at=world.now)
    assert [waits_for(world, person) for person in (world.fay, world.hana, world.ann)] == [True, False, False]
    keep_identity(paul(world), by=world.fay, at=world.now)
    with pytest.raises(PermissionDenied):
        erase_identity(paul(world), by=world.fay, at=world.now)
    with pytest.raises(Refused, match="Nobody asks"):
        keep_identity(paul(world), by=world.fay, at=world.now)


def test_a_referral_that_came_to_nothing_has_its_name_erased_too(world: World) -> None:
    referral = started(world)
    write_identity(referral, jonah(), by=world.ann, at=world.now)
    ask_for_erasure(referral, by=world.hana, at=world.now)
    [line] = [item for item in work_of(world.fay, world.now) if referral.reference in item.title]
    assert line.url == reverse("offenders:erase_referral_identity", args=[referral.reference])
    assert erase_identity(referral, by=world.fay, at=world.now).sealed is None
