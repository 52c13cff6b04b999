"""The pages of the form save by themselves, lose no word, and overwrite nobody else's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Entry
from offenders.referral.models import Referral
from tests.offenders.referral.referrals import started
from tests.world import World

As = Callable[[User], Client]
BY_ITSELF = {"accept": "application/json"}


def address_of(referral: Referral, section: str = "needs") -> str:
    return reverse("offenders:referral_section", args=[referral.reference, section])


def opened_field_of(client: Client, address: str) -> dict[str, Any]:
    """The hidden field of a page that was opened now."""
    [loaded] = re.findall(r'name="as_loaded" value="([^"]*)"', client.get(address).content.decode())
    return {"as_loaded": loaded}


def answers_of(referral: Referral) -> dict[str, Any]:
    answers: dict[str, Any] = referral.answers.get().answers
    return answers


def test_what_ann_types_is_saved_as_she_types_with_one_line_in_the_trail(world: World, as_person: As) -> None:
    referral, ann = started(world), as_person(world.ann)
    address = address_of(referral)
    page = opened_field_of(ann, address)
    for words in ("Bi", "Bikes", "Bikes."):
        saved = ann.post(address, page | {"leisure": words}, headers=BY_ITSELF)
        assert (saved.status_code, set(saved.json())) == (200, {"saved"})
    assert answers_of(referral)["leisure"] == "Bikes."
    assert Entry.objects.filter(reference=referral.reference, note="section needs").count() == 1
    assert ann.post(address, page | {"leisure": "Bikes, and walks."}).status_code == 302
    assert answers_of(referral)["leisure"] == "Bikes, and walks."


def test_what_fay_changed_meanwhile_is_not_overwritten_and_both_are_shown(world: World, as_person: As) -> None:
    referral, ann, fay = started(world), as_person(world.ann), as_person(world.fay)
    address = address_of(referral)
    page = opened_field_of(ann, address)
    fay.post(address, opened_field_of(fay, address) | {"leisure": "Walks.", "health": "Asthma."}, headers=BY_ITSELF)
    refused = ann.post(address, page | {"leisure": "Bikes.", "health": ""}, headers=BY_ITSELF)
    assert (refused.status_code, "Somebody else changed" in refused.json()["problem"]) == (409, True)
    html = ann.post(address, page | {"leisure": "Bikes.", "health": ""}).content.decode()
    assert "Walks." in html
    assert "Bikes." in html
    assert answers_of(referral) == {"leisure": "Walks.", "health": "Asthma."}


def test_a_day_half_written_is_said_and_the_rest_is_kept(world: World, as_person: As) -> None:
    referral, ann = started(world), as_person(world.ann)
    address = address_of(referral, "status")
    sent = opened_field_of(ann, address) | {"where": "in_custody", "release_on_day": "31"}
    told = ann.post(address, sent, headers=BY_ITSELF).json()
    assert told["problem"] == "Saved, but for “Released, or to be released”: finish it."
    assert answers_of(referral) == {"where": "in_custody"}
