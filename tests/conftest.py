"""Fixtures for every test: the clock, the database, the world, and browsers in which people are signed in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models import User
from accounts.store import name_of_cookie
from tests import world as worlds
from tests.client_sessions import patch_test_client
from tests.clock import CLOCK, NOW, uses_machine_clock
from tests.databases import copied_database
from tests.owner import IN_THE_TRANSACTION, as_administrator
from tests.page_words import ReadingClient
from tests.table import MADE
from tests.table_copies import keep_tables

pytest_plugins = ["tests.plugin_database", "tests.plugin_row", "tests.plugin_order", "tests.plugin_stack"]

patch_test_client()


@pytest.fixture(autouse=True)
def present(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller | None]:
    """Start every test at the fixed evening. The clock runs on from there."""
    if uses_machine_clock(request.node):
        yield None
        return
    with time_machine.travel(NOW) as clock:
        yield clock


@pytest.fixture(scope="session")
def world_now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Copy a migrated database for each worker. The tests use it in the app's role.

    The world is made once. What a test does is rolled back.
    """
    name = f"waymark_test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with copied_database(os.environ["ADMIN_DATABASE_URL"], name), django_db_blocker.unblock():
        for each in connections.all():
            each.settings_dict["NAME"] = settings.DATABASES[each.alias]["NAME"] = name
        with as_administrator() as administrator:
            administrator.execute(CLOCK.encode() + b";" + IN_THE_TRANSACTION.encode())
        build_signed_in_world()
        keep_tables()
        yield
        connections.close_all()


COOKIES: dict[int, str] = {}
"""One session cookie for each person, by the person's key, because signing in costs as much as a page."""


def build_signed_in_world() -> None:
    """Make the world and sign everybody in."""
    with time_machine.travel(NOW, tick=False):
        world = worlds.build_world(NOW)
        COOKIES.clear()
        for person in world.people.values():
            client = sign_in(Client(), person)
            COOKIES[person.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def world(db: None, world_now: datetime, present: time_machine.Traveller | None) -> worlds.World:
    """The world, with freshly read people. If a row of the page table stands, the clock is past its making."""
    if MADE.row is not None and present is not None:
        present.shift(MADE.took)
    return worlds.load_world(world_now)


def sign_in(client: Client, person: User, at: datetime | None = None) -> Client:
    """Give the client a session in which this person has shown a password and a second factor."""
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


def is_session_kept(cookie: str) -> bool:
    """Whether the session of this cookie still exists. It is asked often, so it is plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM django_session WHERE session_key = %s", [name_of_cookie(cookie)])
        return cursor.fetchone() is not None


@pytest.fixture
def as_person() -> Callable[[User], Client]:
    """A function that opens a browser in which a person is signed in with both factors."""

    def open_browser(person: User) -> Client:
        client, key = ReadingClient(), COOKIES.get(person.pk)
        if key is None or not is_session_kept(key):
            return sign_in(client, person)
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        return client

    return open_browser
