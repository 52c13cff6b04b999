"""Opening pages of concerns as somebody, and concerns to open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.test import Client

from accounts.models import User
from concerns.choices import Level
from concerns.concern.models import Concern
from concerns.handling.promise_operations import acknowledge_concern
from concerns.raising.operations import raise_concern
from tests.concerns.engine.raising import WORDS, worry
from tests.world import World

As = Callable[[User], Client]
HOUR = timedelta(hours=1)
NEW = "/concerns/new/C-0142/"


def page_of(as_person: As, person: User, address: str) -> str:
    return as_person(person).get(address, follow=True).content.decode()


def address_of(concern: Concern, more: str = "") -> str:
    return f"/concerns/{concern.reference}/{more}"


def concern_by(world: World, person: User, level: Level = Level.URGENT, about: User | None = None) -> Concern:
    return raise_concern(world.ely, submit_key=uuid4(), level=level, words=WORDS, by=person, at=world.now, about=about)


def concern_of_ann(world: World) -> Concern:
    return acknowledge_concern(worry(world), until=world.now + 4 * HOUR, by=world.esi, at=world.now)
