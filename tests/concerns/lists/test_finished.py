"""What has ended is found again: a list of it, of one level if somebody asks, with what was asked in the address."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.concerns.handling.test_joining import closed_concern, toms
from tests.world import World

As = Callable[[User], Client]


def test_ann_finds_what_is_finished_and_nothing_that_is_open(world: World, as_person: As) -> None:
    ended, still_open = closed_concern(world), toms(world)
    said = as_person(world.ann).get(reverse("concerns:finished")).content.decode()
    assert ended.reference in said
    assert still_open.reference not in said
    other = next(level for level in ["immediate", "urgent", "priority", "log"] if level != ended.level)
    assert (
        ended.reference
        not in as_person(world.ann).get(f"{reverse('concerns:finished')}?level={other}").content.decode()
    )


def test_pat_who_keeps_another_circle_does_not_see_it(world: World, as_person: As) -> None:
    ended = closed_concern(world)
    assert ended.reference not in as_person(world.pat).get(reverse("concerns:finished")).content.decode()
