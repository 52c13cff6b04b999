"""The answer was lost, she writes more and sends again: nothing she wrote is answered as if it had gone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from alerts.message.models import Alert
from concerns.choices import Level
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.models import Concern
from concerns.handling.link_models import ConcernLink
from concerns.raising.operations import raise_concern, save_draft
from core.errors import Refused
from tests.concerns.engine.raising import WORDS
from tests.world import World

As = Callable[[User], Client]
NEW = "/concerns/new/C-0142/"
LATE = "He was late."
GIRL = "He was late. He said he meets a girl of nine at four today."
MINUTE = timedelta(minutes=1)


def form_data(**more: str) -> dict[str, str]:
    return {"submit_key": str(uuid4()), "level": "log", "words": LATE, **more}


def test_more_words_and_a_sooner_level_reach_somebody_at_once_and_the_receipt_says_both(
    world: World, as_person: As
) -> None:
    ben, sent = as_person(world.ben), form_data()
    ben.post(NEW, sent)
    page = ben.post(NEW, {**sent, "level": "urgent", "words": GIRL}, follow=True).content.decode()
    first, second = Concern.objects.order_by("pk")
    assert (first.words, first.level) == (LATE, Level.LOG)
    assert (second.words, second.level, second.sent_after) == (GIRL, Level.URGENT, first)
    assert "Both are stored" in page
    assert first.reference in page
    assert second.reference in page
    assert Alert.objects.filter(key__startswith=f"{second.reference}:", recipient=world.ann).exists()
    assert ConcernLink.objects.filter(first=first, second=second).exists()


def test_pressed_a_third_time_it_is_the_same_second(world: World, as_person: As) -> None:
    ben, sent = as_person(world.ben), form_data()
    ben.post(NEW, sent)
    more = {**sent, "level": "urgent", "words": GIRL}
    assert ben.post(NEW, more).url == ben.post(NEW, more).url
    assert ben.post(NEW, sent).url == reverse("concerns:receipt", args=[Concern.objects.earliest("pk").reference])
    assert Concern.objects.count() == 2


def test_one_that_names_ann_afterwards_tells_her_of_neither_that_nor_the_link(world: World, as_person: As) -> None:
    ben, sent = as_person(world.ben), form_data()
    ben.post(NEW, sent)
    ben.post(NEW, {**sent, "words": GIRL, "about": world.ann.reference})
    first, second = Concern.objects.order_by("pk")
    assert not ConcernLink.objects.exists()
    assert second.reference not in str(list(first.events.values_list("what", "detail")))
    assert "sent again" not in str(list(first.events.values_list("what", "detail")))


def test_danger_now_and_the_log_do_so_too(world: World, as_person: As) -> None:
    ben, key = as_person(world.ben), str(uuid4())
    for words in (LATE, GIRL):
        ben.post(f"{NEW}danger/", {"submit_key": key, "words": words})
    key = str(uuid4())
    for words in (LATE, GIRL):
        ben.post(
            f"/concerns/from-log/{world.meeting.reference}/", {"submit_key": key, "worry": "small", "words": words}
        )
    assert sorted(Concern.objects.values_list("words", flat=True)) == [LATE, LATE, GIRL, GIRL]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    presses=st.lists(
        st.tuples(st.sampled_from(list(Level)), st.sampled_from([LATE, GIRL, WORDS]), st.sampled_from(["", "yes"])),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_is_pressed_under_one_key_all_of_it_is_stored_and_none_twice(
    world: World, presses: list[tuple[Level, str, str]]
) -> None:
    key, before = uuid4(), set(Concern.objects.values_list("pk", flat=True))
    for level, words, going_on in presses:
        got = raise_concern(
            world.ely, submit_key=key, level=level, words=words, going_on=going_on, by=world.ben, at=world.now
        )
        assert (got.suggested_level, got.words, got.going_on) == (level, words, going_on)
    stored = Concern.objects.exclude(pk__in=before).values_list("suggested_level", "words", "going_on")
    assert sorted(stored) == sorted({(str(level), words, going_on) for level, words, going_on in presses})


def test_the_back_button_and_send_is_the_receipt_again_and_no_second(world: World, as_person: As) -> None:
    ben = as_person(world.ben)
    first = ben.post(NEW, form_data())
    again = ben.post(NEW, form_data(), follow=True)
    assert again.redirect_chain[0][0] == first.url
    assert "You sent these very words at" in again.content.decode()
    assert Concern.objects.count() == 1
    Concern.objects.update(received_at=world.now - timedelta(hours=1))
    ben.post(NEW, form_data())
    assert Concern.objects.count() == 2, "what is said again an hour later has happened again"


def draft_on_two_devices(world: World, as_person: As) -> tuple[Client, dict[str, str], dict[str, str]]:
    """Ben begins on his telephone, opens the draft on a tablet too, and writes more there."""
    ben, key = as_person(world.ben), str(uuid4())
    phone = {"submit_key": key, "level": "log", "words": LATE, "loaded": f"{uuid4()}|"}
    assert ben.post(f"{NEW}draft/", phone).status_code == 200
    mark = ConcernDraft.objects.get().mark
    tablet = {**phone, "loaded": f"{uuid4()}|{mark}", "words": GIRL}
    assert ben.post(f"{NEW}draft/", tablet).status_code == 200
    return ben, phone, tablet


def test_the_old_page_of_ones_other_device_replaces_nothing(world: World, as_person: As) -> None:
    ben, phone, _ = draft_on_two_devices(world, as_person)
    answer = ben.post(f"{NEW}draft/", {**phone, "words": "He was late again."})
    assert answer.status_code == 409
    assert "on another page or device" in answer.json()["problem"]
    assert ConcernDraft.objects.get().words == GIRL


def test_sent_from_the_old_page_both_are_shown_once_and_then_it_goes(world: World, as_person: As) -> None:
    ben, phone, _ = draft_on_two_devices(world, as_person)
    shown = ben.post(NEW, phone)
    assert GIRL in shown.content.decode()
    assert Concern.objects.count() == 0
    sent = ben.post(NEW, {**phone, "loaded": str(shown.context["loaded"]), "words": f"{LATE} {WORDS}"})
    assert sent.status_code == 302
    assert ConcernDraft.objects.count() == 0


def test_one_page_saves_as_often_as_it_likes(world: World, as_person: As) -> None:
    ben, _, tablet = draft_on_two_devices(world, as_person)
    for words in ("He was", "He was late, and", LATE):
        assert ben.post(f"{NEW}draft/", {**tablet, "words": words}).status_code == 200
    assert ben.post(NEW, tablet).status_code == 302


def test_a_page_that_came_back_with_an_error_is_still_the_same_page(world: World, as_person: As) -> None:
    ben, page = as_person(world.ben), as_person(world.ben).get(NEW).context
    sent = {"submit_key": str(page["form"]["submit_key"].value()), "words": LATE, "loaded": str(page["loaded"])}
    ben.post(f"{NEW}draft/", sent)
    back = ben.post(NEW, sent)
    again = {**sent, "loaded": str(back.context["loaded"]), "words": GIRL, "level": "log"}
    assert ben.post(f"{NEW}draft/", again).status_code == 200
    assert ben.post(NEW, {**again, "words": WORDS}).status_code == 302


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_draft_that_arrives_while_its_form_is_sent_breaks_nothing_and_stays_nowhere(world: World) -> None:
    broken: list[BaseException] = []

    def run(gate: threading.Barrier, act: Callable[[], object]) -> None:
        gate.wait(timeout=10)
        try:
            act()
        except Refused:
            pass
        except BaseException as failure:
            broken.append(failure)
        finally:
            connections.close_all()

    for number in range(8):
        key, gate = uuid4(), threading.Barrier(3)
        common = {"submit_key": key, "words": f"{LATE} {number}", "by": world.ben, "at": world.now}
        acts = [
            lambda common=common: save_draft(world.ely, level="log", **common),
            lambda common=common: save_draft(world.ely, level="log", **common),
            lambda common=common: raise_concern(world.ely, level=Level.LOG, **common),
        ]
        threads = [threading.Thread(target=run, args=(gate, act)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=20)
    assert broken == []
    assert (ConcernDraft.objects.count(), Concern.objects.count()) == (0, 8)
