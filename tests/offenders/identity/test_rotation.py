"""New keys: every data key is sealed anew, in batches that may be broken off, and nothing else is touched."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from core.keyring import get_keyring
from offenders.core_member.models import CoreMember
from offenders.identity.matching import identities_that_match
from offenders.identity.models import Identity
from offenders.identity.promises import identity_sentences
from offenders.identity.rotation_operations import Rotation, identities_of_other_keys, rotate_batch
from offenders.identity.sealing import open_particulars
from tests.offenders.identity.identities import BORN, jonah, sealed_identity
from tests.world import World

NEW = "b" * 43 + "="


def keys_with(*, old: bool = True) -> dict[str, str]:
    """A keyring with a new key first."""
    return {"t2": NEW, **(settings.KEYRING if old else {})}


def two_sealed(world: World) -> None:
    sealed_identity(world)
    sealed_identity(
        world, world.other_core_member, surname="Otterby", aliases=(), pnc="", crn="", prison_number="", visor=""
    )


def test_after_a_rotation_the_old_key_may_go(world: World) -> None:
    two_sealed(world)
    words = {identity.pk: bytes(identity.sealed or b"") for identity in Identity.objects.all()}
    with override_settings(KEYRING=keys_with()):
        said = StringIO()
        call_command("rotate_identity_keys", batch=1, stdout=said)
        assert "2 to seal with the key “t2”" in said.getvalue()
    with override_settings(KEYRING=keys_with(old=False)):
        assert identity_sentences() == []
        assert {identity.pk: bytes(identity.sealed or b"") for identity in Identity.objects.all()} == words
        paul = CoreMember.objects.get(pk=world.core_member.pk).identity
        assert paul is not None
        assert open_particulars(paul, get_keyring()) == jonah()


def test_a_run_that_was_broken_off_goes_on(world: World) -> None:
    two_sealed(world)
    with override_settings(KEYRING=keys_with()):
        assert rotate_batch(Rotation("t2"), at=world.now, size=1) == 1
        assert identities_of_other_keys(get_keyring()).count() == 1
        assert rotate_batch(Rotation("t2"), at=world.now) == 1
        assert rotate_batch(Rotation("t2"), at=world.now) == 0


def test_without_the_old_key_nothing_is_changed_and_it_says_so(world: World) -> None:
    two_sealed(world)
    before = list(Identity.objects.order_by("pk").values_list("key_id", flat=True))
    with override_settings(KEYRING=keys_with(old=False)):
        assert any("not in KEYRING" in sentence for sentence in identity_sentences())
        with pytest.raises(CommandError, match="2 did not open"):
            call_command("rotate_identity_keys", stdout=StringIO())
    assert list(Identity.objects.order_by("pk").values_list("key_id", flat=True)) == before


def test_a_new_key_of_the_index_finds_again_what_the_old_one_found(world: World) -> None:
    two_sealed(world)
    with override_settings(INDEX_KEY=NEW):
        assert any("cannot be searched" in sentence for sentence in identity_sentences())
        call_command("rotate_identity_keys", stdout=StringIO())
        assert identities_that_match(name="Quillfeather", born_on=BORN).count() == 1
        assert identity_sentences() == []
