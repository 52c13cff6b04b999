"""What an act of the page table makes is not there before it, nor when somebody who may not has tried, and is there after it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.form_posts import POSTS, sender_of, with_form_key
from tests.table import PEOPLE, Page
from tests.world import World

DONE = [page for page in POSTS if page.makes is not None]


@pytest.mark.parametrize("page", DONE, ids=[page.name for page in DONE])
def test_an_act_makes_what_its_row_says_and_nobody_makes_it_who_may_not(
    page: Page, world: World, as_person: Callable[[User], Client]
) -> None:
    assert page.posts is not None
    assert page.makes is not None
    arguments = page.make(world)
    address, sends = reverse(page.name, args=arguments), page.posts(world)
    for column, status in page.opens.items():
        if status in {403, 404}:
            person: User = world.people[str(PEOPLE[column])]
            as_person(person).post(address, with_form_key(sends, person))
    assert not page.makes(world)
    person = sender_of(page, world)
    as_person(person).post(address, with_form_key(sends, person))
    assert page.makes(world)
