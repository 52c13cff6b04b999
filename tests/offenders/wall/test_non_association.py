"""Two who must not meet: their circles' coordinators are warned of a shared place, evening or volunteer, by no name."""

from __future__ import annotations

import pytest

from circles.circle.models import Circle
from circles.membership.operations import add_volunteer
from circles.worklist import to_do_in, work_of
from core.errors import Refused
from offenders.wall.association_operations import end_non_association, note_non_association
from offenders.wall.models import NonAssociation
from offenders.wall.operations import add_wall_entry
from tests.circles.life.preparing import hall
from tests.world import World


def put_apart(world: World) -> NonAssociation:
    return note_non_association(
        world.core_member, reference="EE-3091-T", reason="His licence says so.", by=world.hana, at=world.now
    )


def warnings_for(world: World, name: str) -> list[str]:
    return [item.detail for item in work_of(world.people[name], world.now) if item.kind == "Must not meet"]


@pytest.fixture
def other_evening(world: World) -> World:
    Circle.objects.filter(pk=world.wisbech.pk).update(weekday=(world.ely.weekday + 1) % 7)
    return world


def test_two_circles_that_share_nothing_warn_nobody(other_evening: World) -> None:
    put_apart(other_evening)
    assert warnings_for(other_evening, "ann") == warnings_for(other_evening, "pat") == []


@pytest.mark.parametrize("shared", ["one place", "the same day of the week", "volunteers in both"])
def test_both_coordinators_are_warned_of_what_is_shared_and_not_of_whom(other_evening: World, shared: str) -> None:
    world = other_evening
    put_apart(world)
    if shared == "one place":
        Circle.objects.update(venue=hall(world))
    elif shared == "the same day of the week":
        Circle.objects.filter(pk=world.wisbech.pk).update(weekday=world.ely.weekday)
    else:
        add_volunteer(world.ely, volunteer=world.dev.volunteer, by=world.ann, at=world.now)
    for name in ("ann", "pat"):
        [warning] = warnings_for(world, name)
        assert shared in warning
        assert "EE-" not in warning
    assert any(
        item.kind == "Must not meet" for item in to_do_in(world.ely, world.ann, world.now, leads=True, belongs=False)
    )


def test_whom_the_others_wall_keeps_out_is_not_warned(world: World) -> None:
    put_apart(world)
    assert warnings_for(world, "ann")
    add_wall_entry(
        world.other_core_member, person=world.ann, kind="deny", reason="Neighbours.", by=world.pat, at=world.now
    )
    assert not warnings_for(world, "ann")
    assert warnings_for(world, "pat")


def test_it_is_written_once_by_whoever_sees_both_and_ends_for_a_reason(world: World) -> None:
    with pytest.raises(Refused, match="You see no core member"):
        note_non_association(world.core_member, reference="EE-3091-T", reason="x", by=world.ann, at=world.now)
    pair = put_apart(world)
    with pytest.raises(Refused, match="written down already"):
        put_apart(world)
    with pytest.raises(Refused, match="That is himself"):
        note_non_association(world.core_member, reference="EE-2417-K", reason="x", by=world.hana, at=world.now)
    with pytest.raises(Refused, match="do not see both"):
        end_non_association(pair, reason="They are friends.", by=world.ann, at=world.now)
    end_non_association(pair, reason="The condition was lifted.", by=world.fay, at=world.now)
    assert not warnings_for(world, "ann")
