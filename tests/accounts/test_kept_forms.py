"""What somebody sent when their session was over is kept, for them alone, until they have signed in again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from accounts.models import KeptForm, User
from accounts.sent_words import readable_value_of
from accounts.signing import BEGAN, LAST_SEEN
from accounts.submissions import forget_forms
from circles.goal.models import Goal
from core.form_key import FORM_KEY
from tests.form_posts import with_form_key
from tests.world import World

As = Callable[[User], Client]
WORDS = "I want to cook for myself. " * 4


def address_of(world: World) -> str:
    return reverse("circles:open_goal", args=[world.ely.reference])


def sent_signed_out(world: World) -> str:
    """Ann's form arrives when she is signed out; answers with the way back to its words."""
    sent = with_form_key({"words": WORDS, "aim": "support", "reason": "He said so."}, world.ann)
    answer = Client().post(address_of(world), sent)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    return reverse("accounts:kept_form", args=[KeptForm.objects.get().key])


def test_ann_finds_every_word_after_signing_in_and_sends_it_once(world: World, as_person: As) -> None:
    page, ann = sent_signed_out(world), as_person(world.ann)
    shown = ann.get(page)
    assert WORDS.strip() in shown.content.decode()
    again = {**dict(shown.context["fields"]), FORM_KEY: shown.context["key"]}
    for _ in range(2):
        assert ann.post(shown.context["to"], again).status_code == 302
    assert Goal.objects.filter(words=WORDS.strip()).count() == 1
    assert not KeptForm.objects.exists()
    assert ann.get(page).status_code == 302


def test_what_ann_wrote_signed_out_stands_first_on_her_home_page_after_an_unsent_worry(
    world: World, as_person: As
) -> None:
    page = sent_signed_out(world)
    waiting = as_person(world.ann).get("/").context["waiting"]
    assert waiting[0].url == page
    assert "kept until" in waiting[0].detail
    assert page not in [item.url for item in as_person(world.hana).get("/").context["waiting"]]


def test_nobody_else_finds_it_and_the_table_does_not_say_it(world: World, as_person: As) -> None:
    page = sent_signed_out(world)
    for person in (world.pat, world.hana, world.ben):
        assert as_person(person).get(page).status_code == 404
    assert b"cook" not in bytes(KeptForm.objects.get().sealed)


def test_a_form_that_was_drawn_for_nobody_keeps_nothing(world: World) -> None:
    for key in ({}, {FORM_KEY: "made-up"}):
        Client().post(address_of(world), {"words": WORDS, **key})
    assert not KeptForm.objects.exists()


def test_an_idle_session_keeps_them_too(world: World, as_person: As) -> None:
    ann = as_person(world.ann)
    session = ann.session
    session[LAST_SEEN] = session[BEGAN] = 1
    session.save()
    ann.post(address_of(world), with_form_key({"words": WORDS}, world.ann))
    assert KeptForm.objects.get().person == world.ann


def test_it_goes_after_a_day(world: World) -> None:
    sent_signed_out(world)
    kept = KeptForm.objects.get()
    forget_forms(at=kept.kept_at + timedelta(hours=23))
    assert KeptForm.objects.exists()
    forget_forms(at=kept.kept_at + timedelta(hours=25))
    assert not KeptForm.objects.exists()


def test_a_moment_is_given_back_as_it_is_read_and_everything_else_as_it_was_written() -> None:
    assert readable_value_of("2026-10-25T01:30") == "25 October 2026 1:30 am"
    assert readable_value_of("2026-10-25") == "25 October 2026"
    for written in ("2026-13-45", "26", "He rang at 2026-10-25T01:30.", ""):
        assert readable_value_of(written) == written
