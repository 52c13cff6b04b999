"""References people read aloud: no vowels, no look-alikes, a letter that catches a slip."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, resolve, reverse

from accounts.models import Agency
from concerns.choices import Level
from concerns.concern.models import Concern
from concerns.raising.operations import raise_concern
from core import references
from core.references import ALPHABET, ReferenceConverter, check_letter_for, new_reference, unused_reference
from tests.world import World

MISREAD = set("AEIOU" + "01258BILSOZUVY")


def test_a_reference_has_its_prefix_its_length_and_no_letter_that_is_misread() -> None:
    for _ in range(200):
        reference = new_reference("K")
        assert re.fullmatch(rf"K-[{ALPHABET}]{{5}}", reference), reference
    assert not MISREAD & set(ALPHABET)


def test_the_check_letter_catches_every_single_slip_and_every_swap() -> None:
    for _ in range(20):
        body, given = new_reference("K")[2:-1], ""
        given = check_letter_for(body)
        for place, letter in enumerate(body):
            for wrong in ALPHABET:
                slipped = body[:place] + wrong + body[place + 1 :]
                assert (check_letter_for(slipped) == given) is (wrong == letter)
        for place in range(len(body) - 1):
            swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
            assert (check_letter_for(swapped) == given) is (swapped == body)


def test_a_reference_that_is_taken_is_not_given_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every short one collides, so a longer one is given."""
    taken = raise_concern(
        world.ely, submit_key=uuid4(), level=Level.LOG, words="He seemed low.", by=world.ben, at=world.now
    ).reference
    monkeypatch.setattr(references, "new_reference", lambda prefix, length: taken if length == 5 else "K-LONGER")
    assert unused_reference(Concern, "K") == "K-LONGER"


def test_another_models_reference_is_free_to_take(world: World) -> None:
    assert not Agency.objects.filter(reference=unused_reference(Agency, "A")).exists()


@pytest.mark.parametrize("reference", ["K-7M4QX", "C-0142", "EE-2417-K", "Q-7M4QXX"])
def test_a_reference_goes_into_an_address_and_comes_out_as_it_was(reference: str) -> None:
    assert resolve(reverse("concerns:concern", args=[reference])).kwargs == {"reference": reference}


@pytest.mark.parametrize("wrong", ["../secret", "K 7M4QX", "", "K-", "K-7M4QX'--", "12345"])
def test_what_is_no_reference_makes_no_address(wrong: str) -> None:
    assert not re.fullmatch(ReferenceConverter.regex, wrong)
    with pytest.raises(NoReverseMatch):
        reverse("concerns:concern", args=[wrong])
