"""A page that was loaded before its record changed: it says so, shows both, and overwrites nothing.

The forms are found in the pages of the table, as somebody sees them: whichever shows what stands is tried.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.page_answers import answers_to
from tests.page_forms import DrawnForm, forms_in
from tests.pages import PAGES
from tests.table import EVERYBODY, PEOPLE, Page
from tests.world import World

As = Callable[[User], Client]
TOLD = "This was changed since you opened the page"
OLD = "0" * 12
PAGES_SHOWN = [page for page in PAGES if page.posts is None and 200 in [page.opens[one] for one in EVERYBODY]]

BEGINS = "it begins something, and only offers a first answer"
STARTS = {
    "account_login": BEGINS,
    "accounts:invite": BEGINS,
    "circles:correct_outcome": "the entry stays as it is, and the correction stands beside it",
    "circles:propose": BEGINS,
    "circles:review_chase": BEGINS,
    "circles:vary": BEGINS,
    "concerns:add_incident": BEGINS,
    "concerns:call": BEGINS,
    "concerns:handover": BEGINS,
    "concerns:own_report": BEGINS,
    "concerns:propose_share": BEGINS,
    "concerns:receipt": BEGINS,
    "concerns:start_referral": BEGINS,
    "offenders:accept_referral": BEGINS,
    "offenders:ask_for_information": BEGINS,
    "offenders:start_referral": BEGINS,
    "offenders:change_lead": "each change of the lead is an entry of its own, with its day",
    "offenders:change_area": "each change is an entry of its own, with its day",
    "offenders:change_mappa": "each change is an entry of its own, with its day",
    "offenders:vary_restriction": "the old words stay as they are, and the new ones stand beside them",
}
"""Pages whose forms show a value, and change nothing that stands."""


@pytest.mark.parametrize("page", PAGES_SHOWN, ids=[page.name for page in PAGES_SHOWN])
def test_a_form_that_shows_what_stands_is_compared_with_it(page: Page, world: World, as_person: As) -> None:
    address = reverse(page.name, args=page.make(world))
    first = next(column for column in EVERYBODY if page.opens[column] == 200)
    client = as_person(world.people[str(PEOPLE[first])])
    for number, form in enumerate(forms_in(answers_to(page, world, as_person)[first].html)):
        if not form.shown:
            continue
        if form.loaded is None:
            assert page.name in STARTS or form.compares_by_itself, f"{page.name}: {sorted(form.shown)}"
        else:
            refuses_to_overwrite(client, address, form, number)


def forms_drawn_at(client: Client, address: str) -> list[DrawnForm]:
    answer = client.get(address)
    is_page = answer.status_code == 200 and "html" in answer["Content-Type"]
    return forms_in(answer.content.decode()) if is_page else []


def refuses_to_overwrite(client: Client, address: str, form: DrawnForm, number: int) -> None:
    """As if another page had changed every field, between the loading of this one and its sending."""
    before = form.shown
    answer = client.post(form.to or address, form.as_if_loaded_before(OLD) | form.changed())
    assert answer.status_code in {200, 422}, "an old page was taken"
    assert TOLD in answer.content.decode()
    assert forms_drawn_at(client, address)[number].shown == before
