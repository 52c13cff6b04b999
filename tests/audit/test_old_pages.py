"""An act from an old page: every form of the table that changes a record is first told who did what to it since."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connections
from django.db.models import Max
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import CHANGES, Act, Entry
from circles.goal.models import Goal
from circles.goal.operations import end_goal
from circles.meeting.models import Meeting
from circles.minutes.operations import return_minutes
from config.urls import OURS
from core.form_key import STORY
from tests.circles.goal.rows import action, goal
from tests.circles.overview.rows import sent
from tests.stale import forms_in
from tests.submitting import POSTS, drawn, rows, sender_of, view_of
from tests.table import Page
from tests.test_forms_once import views
from tests.world import World

As = Callable[[User], Client]

ACTS_OF_CIRCLES = [page for page in POSTS if page.name.startswith("circles:")]

ADDS = {
    "circles:open_goal": "it makes a goal",
    "circles:agree_action": "it makes an action",
    "circles:record_outcome": "it makes an outcome",
    "circles:correct_outcome": "it makes an outcome beside the one it corrects",
    "circles:publish_agreement": "it makes a version",
    "circles:paper_code": "it only finds a meeting",
    "circles:tag": "its form compares what it shows",
    "circles:retire_tag": "a word is in use or it is not, and the same word is retired once",
    "circles:correct": "it opens an answer to be corrected, and changes nothing",
    "circles:correct_answer": "its form compares what it shows",
    "circles:minutes_read": "it says that one has read it oneself",
    "circles:accept_swap": "an offer is answered once, which its states hold",
    "circles:decline_swap": "an offer is answered once, which its states hold",
    "circles:withdraw_swap": "an offer is answered once, which its states hold",
    "circles:remove_contact": "a contact is there or it is gone",
    "circles:revoke_calendar": "one's own calendar",
}
"""Acts that write no line of a record which its page knew, and why nothing is lost by that."""


def records_of_circles() -> list[tuple[str, str]]:
    """The kind and reference of every record of circles that there is."""
    kept = [model for model in apps.get_app_config("circles").get_models() if hasattr(model, "audit_kind")]
    return [
        (model.audit_kind, reference)
        for model in kept
        if any(field.name == "reference" for field in model._meta.fields)
        for reference in model._base_manager.values_list("reference", flat=True)
    ]


def marks_now() -> list[str]:
    """How far a page knows each of them, if it was drawn now."""
    last = Entry.objects.filter(act__in=CHANGES).aggregate(last=Max("pk"))["last"] or 0
    return [f"{kind} {reference} {last}" for kind, reference in records_of_circles()]


def change_everything(by: User) -> None:
    """Somebody does something to each of them."""
    for kind, reference in records_of_circles():
        Entry.objects.create(
            at=timezone.now(), actor=by, act=Act.ALTERED, kind=kind, reference=reference, note="mended"
        )


@pytest.mark.parametrize("page", ACTS_OF_CIRCLES, ids=[page.name for page in ACTS_OF_CIRCLES])
def test_an_act_on_a_circles_old_page_is_first_told_who_did_what(page: Page, world: World, as_person: As) -> None:
    assert page.posts is not None
    arguments, person = page.make(world), sender_of(page, world)
    view, address, sends = view_of(page, arguments), reverse(page.name, args=arguments), page.posts(world)
    other = world.fay if person == world.hana else world.hana
    old = marks_now()
    change_everything(other)
    before, client = rows(), as_person(person)
    answer = client.post(address, {**drawn(sends, person), STORY: old})
    if page.name in ADDS or hasattr(view, "allows_repeats") or hasattr(view, "taken_from_any_page"):
        assert answer.status_code != 409
        return
    page_itself = client.get(address)
    if page_itself.status_code == 200:
        assert STORY in forms_in(page_itself.content.decode())[-1].sends, "its page carries the mark"
    body = answer.content.decode()
    assert answer.status_code == 409, "it says who did what, or stands in ADDS with its reason"
    assert other.first_name in body
    assert rows() == before
    told = forms_in(body)[-1].sends
    assert client.post(address, told).status_code != 409, "whoever was told goes on"


def test_every_view_of_ours_compares_its_page_or_says_why_it_need_not() -> None:
    answers = ("is_compared", "taken_from_any_page", "allows_repeats")
    assert [view for view in views(OURS) if not any(hasattr(view, name) for name in answers)] == []


def test_nothing_stands_in_the_list_that_is_no_act() -> None:
    assert ADDS.keys() <= {page.name for page in ACTS_OF_CIRCLES}


def form_on(client: Client, address: str) -> dict[str, list[str]]:
    return forms_in(client.get(address).content.decode())[-1].sends


def test_hana_does_not_approve_what_ann_returned_while_she_read(world: World, as_person: As) -> None:
    [reference] = sent(world)
    hana, address = as_person(world.hana), reverse("circles:approve", args=[reference])
    form = form_on(hana, address)
    return_minutes(world.meeting, reason="Who was late?", by=world.ann, at=timezone.now())
    answer = hana.post(address, form)
    body = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Somebody changed this first", "Ann Farrowby", "minutes returned", "Go on all the same"):
        assert words in body
    assert Meeting.objects.get(reference=reference).approved_at is None


def test_the_reason_ann_typed_for_a_goal_that_hana_ended_is_kept(world: World, as_person: As) -> None:
    one, ann = goal(world), as_person(world.ann)
    address = reverse("circles:end_goal", args=[world.ely.reference, one.reference])
    form = form_on(ann, address)
    end_goal(one, reason="He rings her every week.", by=world.hana, at=timezone.now())
    answer = ann.post(address, {**form, "reason": "His sister moved away."})
    body = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Hana", "goal ended", "His sister moved away."):
        assert words in body
    assert Goal.objects.get(pk=one.pk).ended_because == "He rings her every week."


def test_ben_who_reads_no_trail_is_told_who_and_not_what(world: World, as_person: As) -> None:
    ben = as_person(world.ben)
    address = reverse("circles:settle_action", args=[world.ely.reference, action(world).reference])
    form = form_on(ben, address)
    change_everything(world.ann)
    answer = ben.post(address, {**form, "how": "done"})
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Ann, " in body
    assert "changed it" in body
    assert "mended" not in body
    assert "Farrowby" not in body


@pytest.mark.parametrize("mark", ["", "meeting", "meeting M-1 x", "meeting M-1 " + "9" * 40, "  ", "\x00 1"])
def test_a_mark_that_is_none_of_ours_makes_a_form_like_any_other(world: World, as_person: As, mark: str) -> None:
    [reference] = sent(world)
    answer = as_person(world.ann).post(reverse("circles:approve", args=[reference]), {STORY: mark})
    assert answer.status_code == 302


def test_a_mark_of_a_record_that_is_not_on_the_page_tells_nothing(world: World, as_person: As) -> None:
    [reference] = sent(world)
    change_everything(world.hana)
    sends: dict[str, Any] = {STORY: [f"circle {world.ely.reference} 0", "concern K-00001 0"]}
    assert as_person(world.ann).post(reverse("circles:approve", args=[reference]), sends).status_code == 302


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_ann_and_hana_move_the_end_at_the_same_moment_and_one_is_told_of_the_other(world: World, as_person: As) -> None:
    address = reverse("circles:step", args=[world.ely.reference, "move-end"])
    both = [as_person(world.ann), as_person(world.hana)]
    day = world.ely.planned_end_on + timedelta(days=20)
    moved = {"planned_end_on_day": day.day, "planned_end_on_month": day.month, "planned_end_on_year": day.year}
    forms = [{**form_on(client, address), **moved, "reason": "He asked for more time."} for client in both]
    assert all(STORY in form for form in forms)
    gate = threading.Barrier(2)
    found: list[int] = []

    def press(client: Client, form: dict[str, Any]) -> None:
        gate.wait(timeout=10)
        found.append(client.post(address, form).status_code)
        connections.close_all()

    threads = [threading.Thread(target=press, args=pair) for pair in zip(both, forms, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(found) == [302, 409]
    assert world.ely.events.filter(what="Planned end moved").count() == 1
