"""An address inside something Hana sees, of something that is not there, is not found."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.world import World

NOBODYS = 999_999


def test_what_is_not_there_is_not_found(world: World, as_person: Callable[[User], Client]) -> None:
    ely, hana = world.ely.reference, as_person(world.hana)
    answers = {
        name: hana.post(reverse(name, args=within)).status_code
        for name, within in {
            "concerns:approve_ladder": [NOBODYS],
            "concerns:working_day": [NOBODYS],
            "concerns:cancel_shift": [NOBODYS],
            "concerns:revoke_queue": [world.queue.reference, NOBODYS],
            "offenders:end_secure_domain": [NOBODYS],
            "circles:end_goal": [ely, "G-0000"],
            "circles:correct_outcome": [ely, "AO-0000"],
        }.items()
    }
    assert answers == dict.fromkeys(answers, 404)
