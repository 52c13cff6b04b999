"""Raising a worry: two taps and a sentence, once, and never lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.test import Client

from accounts.models import User
from circles.minutes.beginning_operations import start_log
from concerns.choices import Level
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.models import Concern
from concerns.raising.operations import raise_concern
from core.errors import Refused
from tests.circles.life.preparing import end_and_close
from tests.concerns.engine.raising import WORDS, worry
from tests.world import World

As = Callable[[User], Client]
NEW = "/concerns/new/C-0142/"


def form(**more: str) -> dict[str, str]:
    return {"submit_key": str(uuid4()), "level": "urgent", "words": WORDS, **more}


def test_ben_sends_two_taps_and_a_sentence_and_gets_a_receipt(world: World, as_person: As) -> None:
    answer = as_person(world.ben).post(NEW, form(), follow=True)
    concern = Concern.objects.get()
    page = answer.content.decode()
    assert concern.reference in page
    assert "Sent and stored" in page
    assert (concern.level, concern.words, concern.raised_by) == (Level.URGENT, WORDS, world.ben)


def test_sending_the_same_form_again_gives_the_same_receipt(world: World, as_person: As) -> None:
    ben, sent = as_person(world.ben), form()
    first, second = ben.post(NEW, sent), ben.post(NEW, sent)
    assert first["Location"] == second["Location"]
    assert Concern.objects.count() == 1


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_four_taps_at_the_same_moment_are_one_concern(world: World) -> None:
    key, gate, found = uuid4(), threading.Barrier(4), []

    def tap() -> None:
        gate.wait(timeout=10)
        raised = raise_concern(world.ely, submit_key=key, level=Level.URGENT, words=WORDS, by=world.ben, at=world.now)
        found.append(raised.reference)
        connections.close_all()

    threads = [threading.Thread(target=tap) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(found) == 4
    assert len(set(found)) == 1
    assert Concern.objects.count() == 1


def test_somebody_elses_form_is_refused(world: World) -> None:
    mine = worry(world)
    with pytest.raises(Refused, match="already used"):
        raise_concern(world.ely, submit_key=mine.submit_key, level=Level.LOG, words=WORDS, by=world.tom, at=world.now)


@pytest.mark.parametrize("missing", ["words", "level"])
def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(world: World, as_person: As, missing: str) -> None:
    answer = as_person(world.ben).post(NEW, form(opinion="I think he is lonely.", **{missing: ""}))
    page = answer.content.decode()
    assert "There is a problem" in page
    assert "I think he is lonely." in page
    assert (WORDS in page) == (missing != "words")
    assert Concern.objects.count() == 0


def test_danger_now_is_immediate_and_shows_both_numbers_first(world: World, as_person: As) -> None:
    ben = as_person(world.ben)
    page = ben.get(f"{NEW}danger/").content.decode()
    assert page.index("tel:999") < page.index("<textarea")
    ben.post(f"{NEW}danger/", {"submit_key": str(uuid4()), "words": "He has left with a knife."})
    assert Concern.objects.get().level == Level.IMMEDIATE


def test_cas_who_left_and_anyone_in_a_closed_circle_can_still_raise_a_worry(world: World) -> None:
    end_and_close(world.ely, world)
    for person in (world.cas, world.ben):
        raise_concern(world.ely, submit_key=uuid4(), level=Level.LOG, words=WORDS, by=person, at=world.now)
    assert Concern.objects.count() == 2


def test_dev_who_never_belonged_cannot(world: World) -> None:
    with pytest.raises(PermissionDenied):
        raise_concern(world.ely, submit_key=uuid4(), level=Level.LOG, words=WORDS, by=world.dev, at=world.now)


def test_a_draft_is_kept_while_ben_types_and_gone_once_he_sends(world: World, as_person: As) -> None:
    ben, typed = as_person(world.ben), form(words="He was")
    said = ben.post(f"{NEW}draft/", typed).json()
    assert "saved" in said
    assert ConcernDraft.objects.get().words == "He was"
    assert "not sent" in ben.get("/concerns/new/").content.decode()
    ben.post(NEW, {**typed, "words": WORDS})
    assert ConcernDraft.objects.count() == 0


def test_a_draft_is_its_authors_alone(world: World, as_person: As) -> None:
    typed = form(words="He was")
    as_person(world.ben).post(f"{NEW}draft/", typed)
    page = as_person(world.tom).get(NEW, {"draft": typed["submit_key"]}).content.decode()
    assert "He was</textarea>" not in page
    assert ConcernDraft.objects.visible_to(world.ann).count() == 0


def test_the_logs_worry_is_stored_before_the_log_is_finished(world: World, as_person: As) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    sent = {"submit_key": str(uuid4()), "worry": "small", "words": WORDS}
    answer = as_person(world.ben).post(f"/concerns/from-log/{world.meeting.reference}/", sent, follow=True)
    concern = Concern.objects.get()
    assert (concern.level, concern.meeting) == (Level.PRIORITY, world.meeting)
    assert "Carry on with the log" in answer.content.decode()


def test_what_everybody_typed_is_shown_as_typed_and_never_as_markup(world: World, as_person: As) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    as_person(world.ben).post(NEW, form(words=evil, opinion=evil))
    concern = Concern.objects.get()
    for person in (world.ben, world.ann, world.esi):
        page = as_person(person).get(f"/concerns/{concern.reference}/", follow=True).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page
