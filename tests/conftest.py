"""The world for every test, and people signed in to it."""

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
from tests.browsing import hold_cookies
from tests.databases import copied_database
from tests.owner import IN_THE_TRANSACTION, as_administrator
from tests.page_words import ReadingClient
from tests.present import CLOCK, NOW, lives_in_the_real_present

pytest_plugins = ["tests.plugin_database", "tests.plugin_order", "tests.plugin_stack"]

hold_cookies()


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


def is_kept(cookie: str) -> bool:
    """Whether the session of this cookie is still there; asked so often that it is asked in SQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM django_session WHERE session_key = %s", [name_of_cookie(cookie)])
        return cursor.fetchone() is not None


@pytest.fixture
def as_person() -> Callable[[User], Client]:
    """A browser in which this person has signed in with both factors."""

    def open_browser(person: User) -> Client:
        client, key = ReadingClient(), COOKIES.get(person.pk)
        if key is None or not is_kept(key):
            return sign_in(client, person)
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        return client

    return open_browser
