"""Every form of the page table, sent twice: one record, the first answer again, and other words are never taken for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from accounts.models import Agency, Submission, User
from accounts.submissions import forget_forms
from circles.goal.models import Goal
from config.urls import OURS
from core.form_key import FORM_KEY, new_form_key
from tests.form_posts import POSTS, row_counts, sender_of, view_of, with_form_key
from tests.table import Page
from tests.world import World

As = Callable[[User], Client]
OTHER = "He meets a girl of nine at four today."
MAKES_ANEW = {"circles:my_calendar": "each press makes a new address, and the one before stops working"}
AN_AGENCY = {"name": "Fenland Probation", "kind": "probation"}
A_GOAL = {"words": "I want to cook for myself.", "aim": "support", "reason": "He said so."}
A_HALL = {"place_code": "ASH", "address": "Ash Road", "district": "CB7"}


@pytest.mark.parametrize("page", POSTS, ids=[page.name for page in POSTS])
def test_sent_twice_it_is_there_once_and_other_words_are_never_answered_as_if_taken(
    page: Page, world: World, as_person: As
) -> None:
    arguments, person = page.make(world), sender_of(page, world)
    assert page.posts is not None
    client, sent, address = (
        as_person(person),
        with_form_key(page.posts(world), person),
        reverse(page.name, args=arguments),
    )
    saves = hasattr(view_of(page, arguments), "allows_repeats")
    before = row_counts()
    first = client.post(address, sent)
    after_one = row_counts()
    second = client.post(address, sent)
    assert row_counts() == after_one or page.name in MAKES_ANEW
    if first.status_code not in {302, 303}:
        assert after_one == before or saves, "what makes something leads on"
    elif not saves:
        assert (second.status_code, second.headers["Location"]) == (302, first.headers["Location"])
        refuses_other_words(client, address, sent, first.headers["Location"])
        assert row_counts() == after_one


def refuses_other_words(client: Client, address: str, sent: dict[str, Any], led_to: str) -> None:
    """Says what did not go, keeps every word under a fresh key, and shows the way to what was taken."""
    answer = client.post(address, {**sent, "words": OTHER})
    said = answer.content.decode()
    assert answer.status_code == 409
    for words in ("These words were not sent", OTHER, f'href="{led_to}"'.replace("&", "&amp;"), f'name="{FORM_KEY}"'):
        assert words in said
    assert sent[FORM_KEY] not in said


def views(patterns: list[URLPattern | URLResolver]) -> list[Any]:
    deeper = [view for each in patterns if isinstance(each, URLResolver) for view in views(each.url_patterns)]
    return deeper + [each.callback for each in patterns if isinstance(each, URLPattern)]


def test_every_view_of_ours_takes_a_form_once_or_says_why_it_need_not() -> None:
    found = views(OURS)
    assert len(found) > 150
    loose = [view for view in found if not (hasattr(view, "takes_once") or hasattr(view, "allows_repeats"))]
    assert loose == []


def test_sending_other_words_from_the_refusal_is_a_second_one(world: World, as_person: As) -> None:
    ann, address = as_person(world.ann), reverse("circles:open_goal", args=[world.ely.reference])
    sent = with_form_key(A_GOAL, world.ann)
    ann.post(address, sent)
    refusal = ann.post(address, {**sent, "words": OTHER})
    ann.post(address, with_form_key(dict(refusal.context["fields"]), world.ann))
    assert set(Goal.objects.values_list("words", flat=True)) >= {A_GOAL["words"], OTHER}


def test_a_form_that_came_back_is_sent_again_under_its_key(world: World, as_person: As) -> None:
    ann, address = as_person(world.ann), reverse("circles:open_goal", args=[world.ely.reference])
    sent = with_form_key({**A_GOAL, "reason": ""}, world.ann)
    assert ann.post(address, sent).status_code == 200
    assert not Submission.objects.exists()
    assert ann.post(address, {**sent, "reason": "He said so."}).status_code == 302


@pytest.mark.parametrize("key", ["", "nonsense", "00000000-0000-4000-8000-000000000000/1", "\x00"])
def test_a_key_that_is_not_ours_makes_a_form_like_any_other(world: World, as_person: As, key: str) -> None:
    hana = as_person(world.hana)
    for _ in range(2):
        hana.post(reverse("accounts:add_agency"), {**AN_AGENCY, FORM_KEY: key})
    assert not Submission.objects.exists()


def test_toms_key_is_nobody_elses(world: World, as_person: As) -> None:
    sent = {**A_GOAL, FORM_KEY: new_form_key(world.tom.pk)}
    address = reverse("circles:open_goal", args=[world.ely.reference])
    assert as_person(world.ann).post(address, sent).status_code == 302
    assert not Submission.objects.exists()


def test_no_words_stand_in_what_is_remembered_and_it_goes_after_a_month(world: World, as_person: As) -> None:
    address = reverse("circles:open_goal", args=[world.ely.reference])
    as_person(world.ann).post(address, with_form_key(A_GOAL, world.ann))
    kept = Submission.objects.get()
    assert A_GOAL["words"] not in str(vars(kept))
    Submission.objects.update(sent_at=world.now.replace(year=2020))
    forget_forms(at=world.now)
    assert not Submission.objects.exists()


def at_once(client_of: Callable[[], Client], address: str, forms: list[dict[str, Any]]) -> list[int]:
    """Sends all of these at the same moment, each from its own browser."""
    gate, found = threading.Barrier(len(forms)), []

    def press(client: Client, form: dict[str, Any]) -> None:
        gate.wait(timeout=10)
        found.append(client.post(address, form).status_code)
        connections.close_all()

    threads = [threading.Thread(target=press, args=(client_of(), form)) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(found)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_pressed_three_times_at_once_one_is_made_and_all_get_its_answer(world: World, as_person: As) -> None:
    sent = with_form_key(AN_AGENCY, world.hana)
    assert at_once(lambda: as_person(world.hana), reverse("accounts:add_agency"), [sent] * 3) == [302] * 3
    assert Agency.objects.filter(name=AN_AGENCY["name"]).count() == 1


ONCE = {
    "circles:add_venue": ("ann", A_HALL),
    "concerns:add_holiday": ("hana", {"name": "A wedding", "day_day": "3", "day_month": "6", "day_year": "2030"}),
    "concerns:draft_routing": ("hana", {}),
    "concerns:propose_ladder": (
        "hana",
        {"level": "urgent", "side": "charity", "hours": "0.5", "reason": "Too long."},
    ),
}
"""Pages that make what may be there once, and by whom."""


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.parametrize("page", ONCE)
def test_made_from_three_pages_at_once_nobody_meets_a_broken_page(page: str, world: World, as_person: As) -> None:
    name, words = ONCE[page]
    person = world.people[name]
    found = at_once(lambda: as_person(person), reverse(page), [with_form_key(words, person) for _ in range(3)])
    assert 302 in found
    assert set(found) <= {200, 302, 409}
