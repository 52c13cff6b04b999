"""What the page table sends is taken, or refused in the words of its row, and makes what its row says.

What an act makes is not there before it, nor when somebody who may not has tried.
"""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.form_posts import POSTS, sender_of, with_form_key
from tests.page_answers import answers_to
from tests.table import Page
from tests.world import World

DONE = [page for page in POSTS if page.makes is not None]
OTHERS = [page for page in POSTS if page.makes is None]


@pytest.mark.parametrize("page", DONE, ids=[page.name for page in DONE])
def test_an_act_makes_what_its_row_says_and_nobody_makes_it_who_may_not(
    page: Page, world: World, as_person: Callable[[User], Client]
) -> None:
    assert page.posts is not None
    assert page.makes is not None
    arguments, person = page.make(world), sender_of(page, world)
    assert not page.makes(world)
    answers = answers_to(page, world, as_person)
    assert [column for column, answer in answers.items() if answer.is_done and page.opens[column] != 200] == []
    as_person(person).post(reverse(page.name, args=arguments), with_form_key(page.posts(world), person))
    assert page.makes(world)


@pytest.mark.parametrize("page", OTHERS, ids=[page.name for page in OTHERS])
def test_what_is_sent_is_taken_or_refused_in_the_words_of_the_row(
    page: Page, world: World, as_person: Callable[[User], Client]
) -> None:
    assert page.posts is not None
    arguments, person = page.make(world), sender_of(page, world)
    answer = as_person(person).post(reverse(page.name, args=arguments), with_form_key(page.posts(world), person))
    words = unescape(answer.content.decode())
    assert ("govuk-error-summary" in words) == bool(page.refused)
    assert page.refused in words
