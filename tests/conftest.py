"""The world for every test, and people signed in to it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from accounts.models import User
from accounts.store import name_of_cookie
from tests import world as worlds
from tests.browsing import hold_cookies
from tests.databases import copied_database
from tests.owner import IN_THE_TRANSACTION, as_administrator
from tests.present import CLOCK, NOW, lives_in_the_real_present
from tests.reference_data import load_reference_data
from tests.table import Page

pytest_plugins = ["tests.plugin_database"]

hold_cookies()

SWEPT = pytest.StashKey[bool]()
"""Whether a test with real commits has left the tables empty."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The database has two names (config/settings.py); a test that meets the world may use both."""
    for item in items:
        if "world" in getattr(item, "fixturenames", []) and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db(databases="__all__"))
    places: dict[object, int] = {}
    for index, item in enumerate(items):
        places.setdefault(row_of(item) or item, index)
    items.sort(key=lambda item: (turn(item), places[row_of(item) or item]))
    begin_second_half([item for item in items if item.get_closest_marker("live")], items)


def begin_second_half(some: list[pytest.Item], items: list[pytest.Item]) -> None:
    """Two workers begin with a half each. The processes' tests wait much and want little of a core: they stand first
    at the second worker, while the browser's at the first want more than one.
    """
    rest = [item for item in items if item not in set(some)]
    half = len(items) // 2
    items[:] = [*rest[:half], *some, *rest[half:]]


def row_of(item: pytest.Item) -> Page | None:
    """The row of the page table that a test asks everybody about: the tests of a row come together."""
    call = getattr(item, "callspec", None)
    row = call.params.get("row") if call is not None else None
    return row if isinstance(row, Page) else None


def turn(item: pytest.Item) -> int:
    """When a test has its turn; chance orders the rest.

    The pictures want the demo as it was loaded. The browser's tests come together and first, so that one worker
    starts one demo and one browser: two browsers on two cores are slower than one. Those that sweep the tables come
    last, at the other worker.
    """
    if "test_pictures" in item.nodeid:
        return 0
    if row_of(item):
        return 2
    if item.get_closest_marker("browser"):
        return 1
    return 4 if sweeps(item) else 3


def sweeps(item: pytest.Item) -> bool:
    """Whether a test really commits, after which its tables are emptied."""
    marked = item.get_closest_marker("django_db")
    return marked is not None and bool(marked.kwargs.get("transaction"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What an earlier test swept is put back before the next one's transaction begins."""
    if not item.config.stash.get(SWEPT, False):
        return
    with item.config.stash[blocking_manager_key].unblock():
        load_reference_data()
        build_world()
    item.config.stash[SWEPT] = False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    yield
    if sweeps(item):
        item.config.stash[SWEPT] = True


@pytest.fixture(autouse=True)
def present(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test begins at the world's present, and its clock ticks."""
    if lives_in_the_real_present(request.node):
        yield
        return
    with time_machine.travel(NOW):
        yield


@pytest.fixture(scope="session")
def world_now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Every worker's database is a copy of one that is migrated already, and the app's role works in it.

    The world is made once; what a test does to it is rolled back.
    """
    name = f"waymark_test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with copied_database(os.environ["ADMIN_DATABASE_URL"], name), django_db_blocker.unblock():
        for each in connections.all():
            each.settings_dict["NAME"] = settings.DATABASES[each.alias]["NAME"] = name
        with as_administrator() as administrator:
            administrator.execute(CLOCK.encode() + b";" + IN_THE_TRANSACTION.encode())
        build_world()
        yield
        connections.close_all()


COOKIES: dict[int, str] = {}
"""A session of each person's, by the person's key: signing in costs as much as a page does."""


def build_world() -> None:
    """Make the world, and let everybody sign in."""
    with time_machine.travel(NOW, tick=False):
        world = worlds.build(NOW)
        COOKIES.clear()
        for person in world.people.values():
            client = sign_in(Client(), person)
            COOKIES[person.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def world(db: None, world_now: datetime) -> worlds.World:
    """Everybody, fresh."""
    return worlds.load(world_now)


def sign_in(client: Client, person: User, at: datetime | None = None) -> Client:
    """A session in which this person has shown a password and a second factor."""
    moment = at or timezone.now()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": moment.timestamp()},
        {"method": "mfa", "at": moment.timestamp(), "type": "totp"},
    ]
    session.save()
    return client


@pytest.fixture
def as_person() -> Callable[[User], Client]:
    """A browser in which this person has signed in with both factors."""

    def open_browser(person: User) -> Client:
        client, key = Client(), COOKIES.get(person.pk)
        if key is None or not Session.objects.filter(pk=name_of_cookie(key)).exists():
            return sign_in(client, person)
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        return client

    return open_browser
