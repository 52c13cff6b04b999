"""Arrows of accounts, volunteers and core members."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.operations import end_account, suspend_person
from circles.membership.standing_operations import record_leaver
from tests.circles.life.preparing import end_and_close, end_circle, prepared_circle
from tests.circles.life.rows import date_of
from tests.circles.overview.rows import ely_and_tom
from tests.lifecycle_tries.trying import Make, press_button
from tests.world import World
from volunteers.volunteer.models import Volunteer
from volunteers.volunteer.operations import pause_volunteer


def account_of(name: str, then: Callable[..., object] | None = None) -> Make:
    """Somebody's account, after Hana has done this to it."""

    def make(world: World) -> list[Any]:
        person = world.people[name]
        if then is not None:
            then(person, by=world.hana, at=world.now)
        return [person.reference]

    return make


def file_of(name: str, then: Callable[..., object] | None = None) -> Make:
    """A volunteer's file, after Hana has done this to it."""

    def make(world: World) -> list[Any]:
        volunteer = Volunteer.objects.get(user=world.people[name])
        if then is not None:
            then(volunteer, by=world.hana, at=world.now)
        return [volunteer.reference]

    return make


def address_of_start(world: World) -> list[Any]:
    return [prepared_circle(world).reference, "start"]


def address_of_close(world: World) -> list[Any]:
    """Ely, with nothing left to finish."""
    return [end_circle(world.ely, world).reference]


def paul_again(world: World) -> dict[str, Any]:
    """Paul's circle is over, and another that meets already is taken over for him."""
    core_member = end_and_close(world.ely, world).core_member
    days = date_of("started_on", world) | date_of("planned_end_on", world, 300)
    return days | {
        "core_member": core_member.pk,
        "known_as": "Paul",
        "coordinator": world.ann.pk,
        "weekday": 2,
        "meets_at": "18:30",
        "place_code": "OAK",
    }


def cas_joins(world: World) -> dict[str, Any]:
    return {"volunteer": Volunteer.objects.get(user=world.cas).pk}


ACCOUNTS = [
    press_button("accounts:restore", account_of("ben", suspend_person), by="manager"),
    press_button("accounts:restore", account_of("ben", end_account), by="manager"),
    press_button("accounts:end", account_of("ben", suspend_person), by="manager"),
]

VOLUNTEERS = [
    press_button("circles:add_volunteer", lambda world: [world.ely.reference], cas_joins),
    press_button("circles:end_membership", ely_and_tom),
    press_button("volunteers:pause", file_of("cas")),
    press_button("volunteers:pause", file_of("ben")),
    press_button("circles:volunteer_back", file_of("cas", pause_volunteer)),
    press_button("circles:volunteer_back", file_of("ben", pause_volunteer)),
    press_button("circles:volunteer_left", file_of("cas")),
    press_button("circles:volunteer_left", file_of("ben")),
    press_button("circles:volunteer_left", file_of("ben", pause_volunteer)),
    press_button("circles:volunteer_back", file_of("ben", record_leaver)),
]

CORE_MEMBERS = [
    press_button("circles:step", address_of_start),
    press_button("circles:close", address_of_close),
    press_button("circles:open", lambda world: [], paul_again, by="manager"),
]
