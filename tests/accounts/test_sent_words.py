"""What was sent and not taken is said in the words of its page: fields by their labels, choices by theirs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.sent_words import CHOSEN, field_of, fields_of_page, label_of, value_in_words
from concerns.referral.forms import ReferralForm
from tests.world import World

LABEL = re.compile(r'<label[^>]*for="id_([^"]+)"[^>]*>\s*(.*?)\s*(?:<|$)', re.DOTALL)


@pytest.mark.parametrize(
    ("who", "name", "arguments"),
    [
        ("hana", "concerns:start_referral", []),
        ("hana", "concerns:add_incident", []),
        ("ann", "circles:add_venue", []),
        ("ann", "offenders:add_restriction", ["core member"]),
        ("ann", "circles:agree_action", ["circle"]),
    ],
)
def test_each_field_is_called_as_its_page_calls_it(
    world: World, as_person: Callable[[User], Client], who: str, name: str, arguments: list[str]
) -> None:
    known = {"core member": world.core_member.reference, "circle": world.ely.reference}
    page = reverse(name, args=[known[each] for each in arguments])
    on_page: dict[str, str] = dict(LABEL.findall(as_person(world.people[who]).get(page).content.decode()))
    html_names = {key for key in on_page if not re.search(r"_\d+$", key)}
    assert html_names
    asked = fields_of_page(page, html_names)
    assert {key: label_of(key, asked.get(key)) for key in asked} == {key: on_page[key] for key in asked}
    assert set(asked) == html_names


def test_a_choice_is_said_in_its_words_and_a_person_not_by_number() -> None:
    kind = field_of(ReferralForm, "kind")
    assert value_in_words("mash", kind) != "mash"
    assert value_in_words("26", field_of(ReferralForm, "about")) == CHOSEN


def test_a_tick_is_said_as_one() -> None:
    assert value_in_words("on", forms.BooleanField()) == "ticked"


def test_where_no_form_is_known_the_words_stand_as_they_came() -> None:
    assert fields_of_page("/nowhere/", {"words"}) == {}
    assert label_of("act-why_not", None) == "Why not"
    assert value_in_words("2026-10-25T01:30", None).startswith("25 October 2026")
