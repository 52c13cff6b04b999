"""A core member without a circle, and a check after the end that nobody asks, are somebody's work until it is done."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from circles.life.operations import abandon_circle
from config.home import home_work_of
from offenders.core_member.models import CoreMember
from tests.circles.life.preparing import end_and_close, proposed_circle
from tests.offenders.core_member.test_core_member import accept
from tests.world import World


def waiting_for(person: User, world: World, days: int = 0) -> list[str]:
    found = home_work_of(person, world.now + timedelta(days=days)).waiting
    return [item.title.split(" for ")[1] for item in found if item.title.startswith("Propose a circle for")]


def on_the_wall(world: World, kind: str, days: int) -> list[tuple[str, str]]:
    groups = home_work_of(world.hana, world.now + timedelta(days=days)).wall or []
    return [(item.title, item.whose) for group in groups if group.label == kind for item in group.items]


def test_a_core_member_without_a_circle_waits_on_anns_list_and_after_four_weeks_on_hanas(world: World) -> None:
    his = accept(world, world.ann).reference
    assert waiting_for(world.ann, world) == [his]
    assert waiting_for(world.pat, world) == waiting_for(world.ben, world) == []
    kind = "Core members without a circle"
    assert on_the_wall(world, kind, 27) == []
    assert on_the_wall(world, kind, 29) == [(f"Propose a circle for {his}", "Ann Farrowby")]


def test_he_is_off_the_list_when_a_circle_is_proposed_and_on_it_again_when_that_is_given_up(world: World) -> None:
    circle = proposed_circle(world)
    assert waiting_for(world.ann, world) == []
    abandon_circle(circle, reason="Too few volunteers.", by=world.ann, at=world.now)
    assert waiting_for(world.ann, world) == [CoreMember.objects.get(pk=circle.core_member_id).reference]


def test_a_check_after_the_end_that_ann_does_not_record_is_on_hanas_wall_four_weeks_later(world: World) -> None:
    end_and_close(world.ely, world)
    kind, line = "Checks after the end", "Ask what became of him: 6 months after the end"
    assert on_the_wall(world, kind, 205) == []
    assert on_the_wall(world, kind, 213) == [(line, "Ann Farrowby")]
