"""Nobody gets a page that says the service is broken, whatever stands in an address or is sent in a form.

Every address, every page of the table, every field of every form and every question an address can ask is found by
looking, not from a list. Each field is tried with each value on its form alone. The view and the database are tried
through the client.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from itertools import cycle, islice
from typing import Any
from unittest.mock import patch

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import User
from config import urls
from core.forms.base import Form
from core.forms.limits import Bounded
from tests.accounts.test_second_factor import addresses
from tests.architecture.sources import sources, tree_of
from tests.page_answers import RolledBack, wordless_refusal
from tests.pages import PAGES
from tests.table import PEOPLE, Page
from tests.world import World

As = Callable[[User], Client]
FIGURES = "9" * 5000
IN_A_FIELD = [
    "a\x00b",
    "\u200b\u202e\u3164",
    FIGURES,
    "99999999999999999999",
    "-1",
    "-99999999999",
    "NaN",
    "sNaN",
    "Infinity",
    "1e999",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "0001-01-01T00:00+23:59",
    "29/02/2027 25:61",
    "2026-10-25T01:30",
    "0206",
    "٣",
    "½",
    "²",
    "\ufffd\uffff",
    "😀",
    "'; --",
    "00000000-0000-0000-0000-00000000000g",
    "\u2028",
    "\t\r\n",
    "",
]
SENT_IN_FIELDS = ["\x00\u200b", "99999999999999999999", FIGURES]
"""What is sent to the view: every field gets one of these, on the next page the next one."""

FIELDS_CHECKED: set[tuple[type[Form], str]] = set()

IN_AN_ADDRESS = [
    "%00",
    "a%00b",
    "9" * 5000,
    "99999999999999999999",
    "%E2%80%AE",
    "%ED%A0%80",
    "-1",
    "00010101T0000Z",
    "K-%00",
    "0",
]


@cache
def names_read_from_requests() -> set[str]:
    """Every name that a view reads from `request.GET` or `request.POST` itself, without a form."""
    names = {"page"}
    for path in sources():
        for node in ast.walk(tree_of(path)):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Attribute(attr="GET" | "POST"), attr="get"),
                    args=[ast.Constant(str(name)), *_],
                ):
                    names.add(name)
                case ast.Subscript(value=ast.Attribute(attr="GET" | "POST"), slice=ast.Constant(str(name))):
                    names.add(name)
    return names


def parts_of(form: Form, name: str) -> Iterator[str]:
    """The names under which a browser sends one field."""
    base, widget = form.add_prefix(name), form.fields[name].widget
    if isinstance(widget, forms.MultiWidget):
        yield from (f"{base}{suffix}" for suffix in widget.widgets_names)
    else:
        yield base


def status_of_undone(ask: Callable[[], HttpResponse]) -> int:
    """The status of an answer, after everything that it did is rolled back."""
    try:
        with transaction.atomic():
            raise RolledBack(ask())  # type: ignore[arg-type]
    except RolledBack as carried:
        answer: Any = carried.answer
        return int(answer.status_code)


def client_who_may(page: Page, world: World, as_person: As) -> Client:
    """Somebody who may open the page, signed in."""
    columns = [column for column, status in page.opens.items() if status == 200] or ["manager"]
    name = PEOPLE[next((column for column in columns if PEOPLE[column]), "nobody")]
    return Client() if name is None else as_person(world.people[name])


def test_no_address_breaks_with_something_else_in_its_place(world: World, as_person: As) -> None:
    client, seen = as_person(world.hana), 0
    with patch.object(urls, "handler404", wordless_refusal(404), create=True):
        for name, address in addresses(get_resolver()):
            for example in ("C-0142", "00000000-0000-0000-0000-000000000001", "/1/", "/x/", "close", "20270327T1830Z"):
                if example in address:
                    for value in IN_AN_ADDRESS:
                        tried = address.replace(example, f"/{value}/" if example.startswith("/") else value)
                        status = status_of_undone(lambda tried=tried: client.get(tried))  # type: ignore[misc]
                        assert status < 500, f"{name}: {tried[:80]}"
                        seen += 1
    assert seen > 500


@pytest.mark.parametrize("page", PAGES, ids=[f"{page.name}{' POST' if page.posts else ''}" for page in PAGES])
def test_no_page_breaks_whatever_is_asked_or_sent(page: Page, world: World, as_person: As) -> None:
    client = client_who_may(page, world, as_person)
    address = reverse(page.name, args=page.make(world))
    forms_made: list[Form] = []
    form_init = Form.__init__

    def init_and_note(self: Form, *args: Any, **kwargs: Any) -> None:
        form_init(self, *args, **kwargs)
        forms_made.append(self)

    with patch.object(Form, "__init__", init_and_note):
        valid_data = page.posts(world) if page.posts else None
        status_of_undone(lambda: client.post(address, valid_data) if valid_data is not None else client.get(address))
    for form in forms_made:
        check_form(form)
    fields = {part for form in forms_made for name in form.fields for part in parts_of(form, name)}
    values = islice(cycle(SENT_IN_FIELDS), PAGES.index(page) % 3, None)
    data = dict(zip(sorted(fields | names_read_from_requests()), values, strict=False))
    if page.posts or fields:
        assert status_of_undone(lambda: client.post(address, data)) < 500
    if valid_data is None:
        assert status_of_undone(lambda: client.get(address, data)) < 500
    if valid_data:
        check_rest_valid(client, address, valid_data, forms_made)


def check_form(form: Form) -> None:
    """Each value in each field by itself, and the field drawn again with it; once for each field of each kind of form."""
    form.is_bound, form.cleaned_data = True, {}
    form._errors = {}  # type: ignore[assignment]
    for name, field in form.fields.items():
        kind = (type(form), name)
        if kind in FIELDS_CHECKED:
            continue
        FIELDS_CHECKED.add(kind)
        if isinstance(field, Bounded):
            field.at = form.at
        for value in IN_A_FIELD:
            form.data = dict.fromkeys(parts_of(form, name), value)
            with suppress(ValidationError):
                field.clean(form[name].data)
            str(form[name])


def check_rest_valid(client: Client, address: str, valid_data: dict[str, Any], forms_made: list[Form]) -> None:
    """Send valid data with odd but allowed characters in each text, and with a huge figure in each number."""
    odd = {}
    for form in forms_made:
        for name, field in form.fields.items():
            if type(field) is forms.CharField and form.add_prefix(name) in valid_data and not field.widget.is_hidden:
                odd[form.add_prefix(name)] = (
                    "Zoë\u0301 \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")
                    + " \uffff\x00½ \u202e'\"<b>%s{}\\"
                )
            elif isinstance(field, forms.IntegerField) and form.add_prefix(name) in valid_data:
                odd[form.add_prefix(name)] = "99999999999999999999"
    if odd:
        assert status_of_undone(lambda: client.post(address, {**valid_data, **odd})) < 500
