"""What an agency is told of a concern names no volunteer, and whoever writes it has seen what is left out."""

from __future__ import annotations

import json
from uuid import uuid4

from django.urls import reverse

from circles.redaction.forms import DECIDED
from concerns.choices import Level
from concerns.raising.operations import raise_concern
from concerns.share.choices import KEEP_IT
from concerns.share.models import Share
from concerns.share.operations import propose_share
from core.redaction import ByHand
from tests.concerns.engine.raising import worry
from tests.concerns.reading import As
from tests.concerns.share.sharing import TOLD, TYPED, esi
from tests.page_forms import forms_in
from tests.world import World

WORDS = "Ben Ashby saw him in the park on 12 May. Mrs Ashby did too."
WITHOUT = "B. [surname left out] saw him in the park on 12 May. Mrs [surname left out] did too."
SHOWN = json.dumps(["first name:Ben", "surname:Ashby"])


def test_the_words_that_are_kept_name_no_volunteer(world: World) -> None:
    concern = worry(world)
    told = {**TOLD, "text": WORDS}
    share = propose_share(concern, method="telephone", other_recipient=esi(world), by=world.ann, at=world.now, **told)
    assert (share.text, share.names_by_hand) == (WITHOUT, {})
    assert share.is_as_sent


def test_the_form_shows_what_it_leaves_out_of_the_concerns_own_words(world: World, as_person: As) -> None:
    concern = raise_concern(world.ely, submit_key=uuid4(), level=Level.URGENT, words=WORDS, by=world.ben, at=world.now)
    page = as_person(world.ann).get(reverse("concerns:propose_share", args=[concern.reference])).content.decode()
    assert "“Ashby”: surname left out ×2" in page
    assert '<mark class="wm-left-out">B.</mark>' in page


def test_a_name_that_ann_types_herself_comes_back_to_be_seen_before_it_is_left_out(world: World, as_person: As) -> None:
    concern = worry(world)
    address, ann = reverse("concerns:propose_share", args=[concern.reference]), as_person(world.ann)
    typed = {**TYPED, "text": WORDS}
    page = ann.post(address, typed).content.decode()
    assert not Share.objects.exists()
    assert "Volunteers’ names were found in it" in page
    assert "“Ashby”: surname left out ×2" in page
    ann.post(address, {**typed, "names_shown": SHOWN})
    assert Share.objects.get().text == WITHOUT


def test_a_name_is_put_back_by_a_tap_and_the_second_reader_sees_that_it_was(world: World, as_person: As) -> None:
    concern = worry(world)
    typed = {**TYPED, "text": WORDS, "names_shown": SHOWN, "put_back": ["surname:Ashby"]}
    address, ann = reverse("concerns:propose_share", args=[concern.reference]), as_person(world.ann)
    page = ann.post(address, typed).content.decode()
    assert not Share.objects.exists()
    assert 'Mrs <mark class="wm-left-in">Ashby</mark> did too.' in page
    ann.post(address, {**typed, DECIDED: forms_in(page)[-1].sends[DECIDED][0]})
    share = Share.objects.get()
    assert share.text == WORDS.replace("Ben", "B.")
    assert share.names_by_hand == {"put_back": ["surname:Ashby"]}
    assert "Names put back by hand: “Ashby” (surname)." in (
        as_person(world.hana).get(share.get_absolute_url()).content.decode()
    )


def test_only_what_was_found_is_kept_as_decided(world: World) -> None:
    by_hand = ByHand(frozenset({"surname:Nobody"}))
    share = propose_share(
        worry(world),
        method="telephone",
        other_recipient=esi(world),
        by_hand=by_hand,
        by=world.ann,
        at=world.now,
        **TOLD,
    )
    assert (share.text, share.names_by_hand) == (TOLD["text"], {})


def test_what_most_shares_need_not_say_stands_folded_until_something_stands_in_it(world: World, as_person: As) -> None:
    concern = worry(world)
    address, ann = reverse("concerns:propose_share", args=[concern.reference]), as_person(world.ann)
    page = ann.get(address).content.decode().partition("<main")[2]
    mine = {**TYPED, "handling": KEEP_IT}
    for title in ("Somebody who is not one of his contacts", "Marking, and how they must keep it"):
        assert title in page
    assert page.count('<details class="govuk-details">') == 2
    assert '<details class="govuk-details" open>' not in page
    page = (
        ann.post(address, {**mine, "text": "", "recipient_name": "Esi Okafor"}).content.decode().partition("<main")[2]
    )
    assert page.count('<details class="govuk-details" open>') == 1
    page = ann.post(address, {**mine, "text": "", "marking": "nonsense"}).content.decode().partition("<main")[2]
    assert page.count('<details class="govuk-details" open>') >= 1
