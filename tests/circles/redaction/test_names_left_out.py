"""Whoever shares sees each name that is left out, can put it back with a tap, and that is recorded."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Act, Entry
from circles.minutes_share.models import MinutesShare
from circles.redaction.forms import DECIDED, READ_AGAIN, SHOW_AGAIN
from circles.review.copy import Copy
from circles.review.models import Review
from circles.review.record_operations import copy_of_review
from tests.circles.minutes_share.shares import HERE, meeting_ready_to_share
from tests.circles.review.reviews import written_review
from tests.circles.review.test_review_copies import text_of
from tests.page_forms import forms_in
from tests.world import World

AsPerson = Callable[[User], Client]
HIS_WEEK = "Tom O’Neill‑Park drove him home. Mrs O’Neill knows his street. They sat in the Park."


def rename_person(person: User, full_name: str) -> None:
    User.objects.filter(pk=person.pk).update(full_name=full_name, first_name=full_name.split()[0])


def open_sharing_page(world: World, as_person: AsPerson, **changes: str) -> tuple[Client, str, str]:
    """Ann, the page's address, and the question about Esi."""
    rename_person(world.tom, "Tom O'Neill-Park")
    meeting, esi = meeting_ready_to_share(world, **{"his_week": HIS_WEEK, **changes})
    return as_person(world.ann), reverse("circles:share_minutes", args=[meeting.reference]), f"to-{esi.reference}"


def test_the_agency_reads_no_part_of_toms_surname_whatever_apostrophe_was_typed(
    world: World, as_person: AsPerson
) -> None:
    ann, address, to_esi = open_sharing_page(world, as_person)
    ann.post(address, {to_esi: HERE})
    text = MinutesShare.objects.get().text
    assert "T. [surname left out] drove him home. Mrs [surname left out] knows his street." in text
    assert "Neill" not in text
    assert "They sat in the Park." in text


def test_the_page_shows_every_name_it_leaves_out_unfolded_and_how_often(world: World, as_person: AsPerson) -> None:
    ann, address, _ = open_sharing_page(world, as_person)
    page = ann.get(address).content.decode()
    assert "<details" not in page.partition("<main")[2]
    assert '<mark class="wm-left-out">[surname left out]</mark> drove him home.' in page
    for listed in ("“O’Neill‑Park”: surname left out ×1", "“O’Neill”: surname left out ×1", "“Tom”: written as T. ×1"):
        assert listed in page
    assert "“Park” ×1" in page


def test_what_ann_puts_back_stands_in_what_esi_gets_and_is_kept_on_record(world: World, as_person: AsPerson) -> None:
    ann, address, to_esi = open_sharing_page(world, as_person)
    chosen = {"put_back": ["surname:O’Neill"], "leave_out": ["surname:Park"]}
    page = ann.post(address, {to_esi: HERE, **chosen}).content.decode()
    assert not MinutesShare.objects.exists()
    for words in (READ_AGAIN, 'Mrs <mark class="wm-left-in">O’Neill</mark> knows his street.'):
        assert words in page
    ann.post(address, {to_esi: HERE, **chosen, DECIDED: ticks_of(page)})
    share = MinutesShare.objects.get()
    assert "Mrs O’Neill knows his street. They sat in the [surname left out]." in share.text
    assert share.names_by_hand == {"put_back": ["surname:O’Neill"], "left_out": ["surname:Park"]}
    assert Entry.objects.get(act=Act.SHARED).note.endswith("names decided by hand")
    anns, esis = (as_person(person).get(share.get_absolute_url()).content.decode() for person in (world.ann, world.esi))
    assert "Names put back by hand: “O’Neill” (surname)." in anns
    assert "by hand" not in esis


def test_the_words_are_shown_again_without_sharing_and_without_a_fault(world: World, as_person: AsPerson) -> None:
    ann, address, to_esi = open_sharing_page(world, as_person)
    page = ann.post(address, {to_esi: HERE, "put_back": ["surname:O’Neill"], SHOW_AGAIN: "yes"}).content.decode()
    assert 'Mrs <mark class="wm-left-in">O’Neill</mark> knows his street.' in page
    assert "There is a problem" not in page
    assert not MinutesShare.objects.exists()
    back = ann.post(address, {to_esi: HERE, DECIDED: ticks_of(page)}).content.decode()
    assert READ_AGAIN in back, "a tick taken away shows the words anew as well"
    assert not MinutesShare.objects.exists()


def ticks_of(page: str) -> str:
    """The ticks that a page was drawn for, as its form sends them."""
    return forms_in(page)[-1].sends[DECIDED][0]


def test_a_form_that_is_wrong_comes_back_with_its_boxes_ticked(world: World, as_person: AsPerson) -> None:
    ann, address, _ = open_sharing_page(world, as_person)
    put_back = {"put_back": ["surname:O’Neill"]}
    page = ann.post(address, {**put_back, SHOW_AGAIN: "yes"}).content.decode()
    page = ann.post(address, {**put_back, DECIDED: ticks_of(page)}).content.decode()
    assert "Choose at least one person" in page
    assert 'Mrs <mark class="wm-left-in">O’Neill</mark> knows his street.' in page


def test_where_no_name_stands_nothing_is_asked(world: World, as_person: AsPerson) -> None:
    ann, address, _ = open_sharing_page(world, as_person, his_week="He mends bikes.")
    page = ann.get(address).content.decode()
    assert 'name="put_back"' not in page
    assert 'name="leave_out"' not in page


def review_ready_to_share(world: World) -> Review:
    rename_person(world.tom, "Tom Young")
    return written_review(world, summary="Young people were there. Mrs Young and Ben Ashby saw him.")


def test_a_reviews_copies_leave_out_what_its_page_showed(world: World, as_person: AsPerson) -> None:
    review = review_ready_to_share(world)
    address = reverse("circles:review_share", args=[review.reference])
    page = as_person(world.ann).get(address).content.decode()
    for listed in (
        "“Young”: surname left out ×1",
        "“Young” ×1",
        "“Ben”: written as B.",
        "“Ashby”: surname left out ×1",
    ):
        assert listed in page
    page = as_person(world.ann).post(address, {"put_back": ["surname:Ashby"], SHOW_AGAIN: "yes"}).content.decode()
    as_person(world.ann).post(address, {"put_back": ["surname:Ashby"], DECIDED: ticks_of(page)})
    review.refresh_from_db()
    assert review.names_by_hand == {"put_back": ["surname:Ashby"]}
    outer, inner = (
        text_of(copy_of_review(review, copy=copy, by=world.ann, at=world.now)) for copy in (Copy.OUTER, Copy.INNER)
    )
    assert "Young people were there. Mrs [surname left out] and B. Ashby saw him." in outer
    assert "Young people were there. Mrs [surname left out] and Ben Ashby saw him." in inner
    assert "Names put back by hand" in as_person(world.ann).get(review.get_absolute_url()).content.decode()
