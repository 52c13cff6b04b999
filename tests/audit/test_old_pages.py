"""An act from an old page: every form of the table that changes a record is first told who did what to it since."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections
from django.db.models import Max
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountEvent, Change, User
from accounts.operations import return_person, suspend_person
from audit.models import CHANGES, Act, Entry
from circles.goal.models import Goal
from circles.goal.operations import end_goal
from circles.meeting.models import Meeting
from circles.minutes.operations import return_minutes
from config.urls import OURS
from core.form_key import STORY
from core.sight import Key
from offenders.core_member.models import CoreMember
from offenders.restriction.models import Restriction
from offenders.restriction.operations import add_restriction
from tests.circles.goal.rows import action, goal
from tests.circles.overview.rows import minutes_sent
from tests.form_posts import POSTS, row_counts, sender_of, view_of, with_form_key
from tests.page_forms import forms_in
from tests.table import Page
from tests.test_forms_once import views
from tests.world import World

As = Callable[[User], Client]

ACTS = [page for page in POSTS if page.name.partition(":")[0] in {app.label for app in apps.get_app_configs()}]


def records_there() -> set[Key]:
    """The kind and reference of every record that there is, read in one query where a table has them."""
    kept: list[Any] = [model for model in apps.get_models() if hasattr(model, "audit_kind")]
    columns = {model: {field.name for field in model._meta.concrete_fields} for model in kept}
    read = [model for model in kept if "reference" in columns[model]]
    told = [model for model in kept if hasattr(model, "reference") and model not in read]
    asked = [f"SELECT '{model.audit_kind}', reference FROM {model._meta.db_table}" for model in read]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        found = set(cursor.fetchall())
    return found | {(model.audit_kind, record.reference) for model in told for record in model._base_manager.all()}


def marks_now(records: set[Key]) -> list[str]:
    """How far a page knows each of them, if it was drawn now."""
    of_trail = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    of_accounts = AccountEvent.objects.aggregate(last=Max("pk"))["last"] or 0
    return [f"{kind} {reference} {of_accounts if kind == User.audit_kind else of_trail}" for kind, reference in records]


def change_everything(records: set[Key], by: User) -> None:
    """Somebody does something to each of them, and to everybody's account."""
    now = timezone.now()
    Entry.objects.bulk_create(
        Entry(at=now, actor=by, act=Act.ALTERED, kind=kind, reference=reference, note="mended")
        for kind, reference in records
    )
    AccountEvent.objects.bulk_create(
        AccountEvent(person=person, change=Change.ADDRESS_CHANGED, at=now, by=by) for person in User.objects.all()
    )


def records_changed_since(last: int) -> set[Key]:
    """The records of which somebody wrote a line in the trail after this one that says they are others now."""
    return set(Entry.objects.filter(pk__gt=last, act__in=CHANGES).values_list("kind", "reference"))


@pytest.mark.parametrize("page", ACTS, ids=[page.name for page in ACTS])
def test_an_act_from_an_old_page_is_first_told_who_did_what(page: Page, world: World, as_person: As) -> None:
    assert page.posts is not None
    arguments, person = page.make(world), sender_of(page, world)
    view, address, sends = view_of(page, arguments), reverse(page.name, args=arguments), page.posts(world)
    other, client = world.fay if person == world.hana else world.hana, as_person(person)
    page_itself = client.get(address)
    forms = forms_in(page_itself.content.decode()) if page_itself.status_code == 200 else []
    known = records_there()
    old = marks_now(known)
    change_everything(known, other)
    before, last = row_counts(), Entry.objects.latest("pk").pk
    answer = client.post(address, {**with_form_key(sends, person), STORY: old})
    if hasattr(view, "allows_repeats") or hasattr(view, "taken_from_any_page"):
        assert answer.status_code != 409
        return
    if any(form.compares_by_itself or form.loaded is not None for form in forms):
        return
    if answer.status_code != 409:
        assert not records_changed_since(last) & known, "it changed a record that its page did not know"
        return
    assert all(STORY in form.sends for form in forms[-1:]), "its page carries the mark"
    body = answer.content.decode()
    assert other.first_name in body
    assert row_counts() == before
    told = forms_in(body)[-1].sends
    assert client.post(address, told).status_code != 409, "whoever was told goes on"


def test_every_view_of_ours_compares_its_page_or_says_why_it_need_not() -> None:
    answers = ("is_compared", "taken_from_any_page", "allows_repeats")
    assert [view for view in views(OURS) if not any(hasattr(view, name) for name in answers)] == []


def form_on(client: Client, address: str) -> dict[str, list[str]]:
    return forms_in(client.get(address).content.decode())[-1].sends


def test_hana_does_not_approve_what_ann_returned_while_she_read(world: World, as_person: As) -> None:
    [reference] = minutes_sent(world)
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
    again = ann.post(address, forms_in(body)[-1].sends).content.decode()
    for words in (
        "Hana ended this goal",
        "He rings her every week.",
        "open it as a new goal",
        "His sister moved away.",
    ):
        assert words in again
    assert Goal.objects.get(pk=one.pk).ended_because == "He rings her every week."


def test_ann_verifies_no_restrictions_of_which_fay_has_added_one(world: World, as_person: As) -> None:
    ann, address = as_person(world.ann), reverse("offenders:verify_restrictions", args=[world.core_member.reference])
    form = form_on(ann, address)
    add_restriction(
        world.core_member,
        source=Restriction.Source.SHPO,
        plain_words="No swimming baths.",
        starts_on=world.now.date(),
        by=world.fay,
        at=timezone.now(),
    )
    answer = ann.post(address, form)
    assert answer.status_code == 409
    assert "Fay" in answer.content.decode()
    assert not Entry.objects.filter(kind=CoreMember.audit_kind, note="restrictions verified").exists()


def test_gil_suspends_nobody_whom_hana_suspended_and_let_return_while_he_read(world: World, as_person: As) -> None:
    gil, address = as_person(world.gil), reverse("accounts:suspend", args=[world.ben.reference])
    form = form_on(gil, address)
    suspend_person(world.ben, by=world.hana, at=timezone.now())
    return_person(world.ben, by=world.hana, at=timezone.now())
    answer = gil.post(address, form)
    body = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Hana", "suspended: cannot sign in", "may sign in again"):
        assert words in body
    assert User.objects.get(pk=world.ben.pk).is_active


def test_ben_who_reads_no_trail_is_told_who_and_not_what(world: World, as_person: As) -> None:
    ben = as_person(world.ben)
    address = reverse("circles:settle_action", args=[world.ely.reference, action(world).reference])
    form = form_on(ben, address)
    change_everything(records_there(), world.ann)
    answer = ben.post(address, {**form, "how": "done"})
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Ann, " in body
    assert "changed it" in body
    assert "mended" not in body
    assert "Farrowby" not in body


@pytest.mark.parametrize("mark", ["", "meeting", "meeting M-1 x", "meeting M-1 " + "9" * 40, "  ", "\x00 1"])
def test_a_mark_that_is_none_of_ours_makes_a_form_like_any_other(world: World, as_person: As, mark: str) -> None:
    [reference] = minutes_sent(world)
    answer = as_person(world.ann).post(reverse("circles:approve", args=[reference]), {STORY: mark})
    assert answer.status_code == 302


def test_a_mark_of_a_record_that_is_not_on_the_page_tells_nothing(world: World, as_person: As) -> None:
    [reference] = minutes_sent(world)
    change_everything(records_there(), world.hana)
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
