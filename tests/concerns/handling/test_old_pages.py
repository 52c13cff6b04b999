"""An act on a page that is old: whoever comes second is told who did what, keeps the words, and replaces nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from concerns.choices import Feedback, Level, Outcome
from concerns.concern.models import Concern
from concerns.handling.operations import answer_concern, give_feedback, record_action
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handling.triage_operations import triage_concern
from concerns.overview.acts import ACTS
from concerns.share.models import Share
from concerns.share.views import ACTS as ACTS_OF_SHARES
from core.form_key import STORY
from tests.concerns.engine.raising import worry
from tests.concerns.share.sharing import share_for_esi
from tests.page_forms import forms_in
from tests.world import World

As = Callable[[User], Client]
HOUR = timedelta(hours=1)
CHANGED = "This was changed since you opened the page."
ADDS = {"acknowledge", "claim", "release", "action"}


def acknowledged_concern(world: World, level: Level = Level.URGENT) -> Concern:
    now = timezone.now()
    concern = worry(world, level, at=now - HOUR)
    return acknowledge_concern(concern, until=now + timedelta(minutes=20), by=world.ann, at=now - HOUR / 2)


def page_of(client: Client, record: Concern | Share) -> dict[str, str]:
    """What the forms of this record's page carry, as it is drawn now."""
    marks = [
        mark
        for form in forms_in(client.get(record.get_absolute_url()).content.decode())
        for mark in form.sends.get(STORY, [])
    ]
    return {STORY: next(mark for mark in marks if mark.startswith(f"{record.audit_kind} {record.reference} "))}


def act(client: Client, concern: Concern, page: dict[str, str], name: str, **sent: Any) -> tuple[int, str]:
    """Press a button of a page that was drawn before."""
    prefixed = {f"{name}-{field}": value for field, value in sent.items()}
    answer = client.post(f"{concern.get_absolute_url()}{name}/", {**page, **prefixed})
    return answer.status_code, answer.content.decode()


def test_fay_does_not_tell_the_volunteer_something_else_than_ann_just_did(world: World, as_person: As) -> None:
    concern = acknowledged_concern(world)
    told = next(iter(Feedback))
    other = next(each for each in Feedback if each != told)
    fay = as_person(world.fay)
    page = page_of(fay, concern)
    give_feedback(concern, feedback=told, by=world.ann, at=timezone.now())
    status, body = act(fay, concern, page, "feedback", feedback=other)
    assert status == 422
    for words in (CHANGED, "Ann Farrowby", "Told the volunteer"):
        assert words in body
    assert Concern.objects.get(pk=concern.pk).feedback == told


def test_the_answer_oz_typed_after_esi_had_answered_is_not_lost_and_esi_is_named(world: World, as_person: As) -> None:
    concern = acknowledged_concern(world)
    outcome, oz = next(iter(Outcome)), as_person(world.oz)
    page = page_of(oz, concern)
    answer_concern(concern, outcome=outcome, answer="He was visited.", by=world.esi, at=timezone.now())
    status, body = act(oz, concern, page, "answer", outcome=outcome, answer="Police went to his door.")
    assert status == 422
    for words in (CHANGED, "Esi Okafor", "Police went to his door."):
        assert words in body
    assert Concern.objects.get(pk=concern.pk).answer == "He was visited."


def test_an_old_page_of_how_urgent_it_is_changes_nothing_of_what_was_decided_meanwhile(
    world: World, as_person: As
) -> None:
    concern = acknowledged_concern(world, Level.PRIORITY)
    fay = as_person(world.fay)
    page = page_of(fay, concern)
    triage_concern(concern, level=Level.URGENT, by=world.ann, at=timezone.now())
    status, body = act(fay, concern, page, "triage", level="log", kind="", reason="It was nothing.")
    assert status == 422
    assert "Ann Farrowby" in body
    assert "It was nothing." in body
    assert Concern.objects.get(pk=concern.pk).level == Level.URGENT


@pytest.mark.parametrize("name", sorted(set(ACTS) - ADDS - {"agree", "decline"}))
def test_every_act_that_replaces_something_waits_until_its_page_is_read_anew(
    world: World, as_person: As, name: str
) -> None:
    concern = acknowledged_concern(world)
    fay = as_person(world.fay)
    page = page_of(fay, concern)
    record_action(concern, what="Rang him.", until=timezone.now() + HOUR / 2, by=world.ann, at=timezone.now())
    assert not ACTS[name].adds
    before = Concern.objects.filter(pk=concern.pk).values().get()
    fay.post(f"{concern.get_absolute_url()}{name}/", page)
    assert Concern.objects.filter(pk=concern.pk).values().get() == before


def test_what_only_adds_is_taken_from_an_old_page_too(world: World, as_person: As) -> None:
    assert {each.name for each in ACTS.values() if each.adds} == ADDS
    concern, esi = acknowledged_concern(world), as_person(world.esi)
    page = page_of(esi, concern)
    record_action(concern, what="Rang him.", until=timezone.now() + HOUR / 2, by=world.ann, at=timezone.now())
    status, _ = act(esi, concern, page, "claim")
    assert status == 302


def test_a_page_drawn_after_the_other_act_is_not_old_however_quickly_it_came(world: World, as_person: As) -> None:
    concern, fay = acknowledged_concern(world), as_person(world.fay)
    record_action(concern, what="Rang him.", until=timezone.now() + HOUR / 2, by=world.ann, at=timezone.now())
    status, _ = act(fay, concern, page_of(fay, concern), "feedback", feedback=next(iter(Feedback)))
    assert status == 302


def test_an_act_in_the_very_moment_after_the_page_was_drawn_counts(world: World, as_person: As) -> None:
    concern, fay = acknowledged_concern(world), as_person(world.fay)
    now = timezone.now()
    page = page_of(fay, concern)
    record_action(concern, what="Rang him.", until=now + HOUR / 2, by=world.ann, at=now - HOUR / 4)
    status, body = act(fay, concern, page, "feedback", feedback=next(iter(Feedback)))
    assert status == 422
    assert "Ann Farrowby" in body


def test_fays_own_act_in_another_tab_does_not_make_her_page_old(world: World, as_person: As) -> None:
    concern, fay = acknowledged_concern(world, Level.PRIORITY), as_person(world.fay)
    page = page_of(fay, concern)
    triage_concern(concern, level=Level.URGENT, by=world.fay, at=timezone.now())
    status, _ = act(fay, concern, page, "feedback", feedback=next(iter(Feedback)))
    assert status == 302


def test_once_told_fay_may_go_on_from_the_page_that_told_her(world: World, as_person: As) -> None:
    concern, fay = acknowledged_concern(world, Level.PRIORITY), as_person(world.fay)
    page = page_of(fay, concern)
    record_action(concern, what="Rang him.", until=timezone.now() + HOUR / 2, by=world.ann, at=timezone.now())
    status, body = act(fay, concern, page, "feedback", feedback=next(iter(Feedback)))
    assert status == 422
    told = {STORY: next(form.sends[STORY][0] for form in forms_in(body) if STORY in form.sends)}
    status, _ = act(fay, concern, told, "feedback", feedback=next(iter(Feedback)))
    assert status == 302


def test_a_form_with_something_to_put_right_does_not_make_an_old_page_new(world: World, as_person: As) -> None:
    concern, esi = acknowledged_concern(world), as_person(world.esi)
    page = page_of(esi, concern)
    record_action(concern, what="Rang him.", until=timezone.now() + HOUR / 2, by=world.ann, at=timezone.now())
    _, body = act(esi, concern, page, "answer", outcome="", answer="Police went to his door.")
    assert CHANGED not in body
    again = {STORY: next(form.sends[STORY][0] for form in forms_in(body) if STORY in form.sends)}
    status, body = act(esi, concern, again, "answer", outcome=next(iter(Outcome)), answer="Police went to his door.")
    assert status == 422
    assert CHANGED in body


def test_who_only_raised_it_gets_no_mark_of_a_story_they_do_not_read(world: World, as_person: As) -> None:
    concern = acknowledged_concern(world)
    raised_by = as_person(concern.raised_by)
    body = raised_by.get(reverse("concerns:receipt", args=[concern.reference])).content.decode()
    assert f"concern {concern.reference} " not in body


@pytest.mark.parametrize("name", ["recall", "chase", "failed"])
def test_a_share_that_a_colleague_has_dealt_with_meanwhile_says_so_and_keeps_the_words(
    world: World, as_person: As, name: str
) -> None:
    share, fay = share_for_esi(world), as_person(world.fay)
    opened = page_of(fay, share)
    share.note("Chased", by=world.ann, at=timezone.now(), detail="Spoke with the desk.")
    form = ACTS_OF_SHARES[name].form
    assert form is not None
    sent = {f"{name}-{field}": "It went to the wrong desk." for field in form.base_fields}
    before = Share.objects.get(pk=share.pk).status
    answer = fay.post(reverse(f"concerns:share_{name}", args=[share.reference]), {**opened, **sent})
    body = answer.content.decode()
    assert answer.status_code == 422
    for words in (CHANGED, "Ann Farrowby", "It went to the wrong desk."):
        assert words in body
    assert Share.objects.get(pk=share.pk).status == before
