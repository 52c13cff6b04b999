"""Break-glass: half an hour past an allow-list, told at once, reviewed by somebody else; never past a bar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import User
from alerts.message.models import Alert
from audit.models import Entry
from circles.circle.models import Circle
from circles.worklist import work_of
from core.errors import Refused
from offenders.core_member.models import CoreMember
from offenders.core_member.wall_models import BreakGlass
from offenders.wall.break_glass_operations import break_glass, review_glass
from offenders.wall.operations import add_wall_entry
from tests.world import World

REASON = "The duty sergeant rang: who is he with?"


def sees(person: User, world: World) -> bool:
    return CoreMember.objects.visible_to(person).filter(pk=world.core_member.pk).exists()


@pytest.fixture
def listed(world: World) -> World:
    """Only Fay, and who has a part in his case, may see Paul."""
    add_wall_entry(world.core_member, person=world.fay, kind="allow", reason="Known.", by=world.ann, at=world.now)
    return world


def look(world: World, by: User, *, ago: int = 0) -> BreakGlass:
    at = world.now - timedelta(minutes=ago)
    return break_glass(reference=world.core_member.reference, reason=REASON, by=by, at=at)


def test_a_manager_who_is_not_on_the_list_sees_him_for_half_an_hour(listed: World) -> None:
    assert not sees(listed.hana, listed)
    look(listed, listed.hana, ago=28)
    assert sees(listed.hana, listed)
    assert Circle.objects.visible_to(listed.hana).filter(pk=listed.ely.pk).exists()


def test_after_the_half_hour_nothing_is_seen(listed: World) -> None:
    look(listed, listed.hana, ago=31)
    assert not sees(listed.hana, listed)
    assert not Circle.objects.visible_to(listed.hana).filter(pk=listed.ely.pk).exists()


def test_whoever_leads_him_is_told_at_once_and_the_trail_says_it(listed: World) -> None:
    made = look(listed, listed.hana)
    told = Alert.objects.filter(key=f"EE-2417-K:glass-{made.pk}", channel="inbox").values_list("recipient__first_name")
    assert {name for (name,) in told} == {"Ann", "Fay"}
    entry = Entry.objects.filter(reference="EE-2417-K", recipient=listed.hana.reference).latest("pk")
    assert (entry.act, entry.actor, entry.note) == ("granted", listed.hana, "opened past his wall, for 30 minutes")


@pytest.mark.parametrize("name", ["pat", "hana"])
def test_it_opens_nobody_whom_roles_do_not_give_and_nobody_past_a_bar(world: World, name: str) -> None:
    """Pat coordinates another circle; Hana is barred. Both hear the same as of a reference that nobody has."""
    add_wall_entry(world.core_member, person=world.hana, kind="deny", reason="Sister.", by=world.ann, at=world.now)
    person, said = world.people[name], []
    for reference in ("EE-2417-K", "EE-0000-X"):
        with pytest.raises(Refused) as refused:
            break_glass(reference=reference, reason=REASON, by=person, at=world.now)
        said.append(refused.value.message)
    assert said[0] == said[1]
    assert not BreakGlass.objects.exists()


def test_a_volunteer_and_a_technician_break_no_glass(listed: World) -> None:
    for person in (listed.dev, listed.gil):
        with pytest.raises(PermissionDenied):
            look(listed, person)


def test_whoever_looks_changes_nothing_of_the_wall(listed: World) -> None:
    look(listed, listed.hana)
    with pytest.raises(Refused, match="does not let you through"):
        add_wall_entry(
            listed.core_member, person=listed.hana, kind="allow", reason="I want to.", by=listed.hana, at=listed.now
        )


def test_somebody_else_reviews_it_and_has_it_on_their_list_until_then(listed: World) -> None:
    made = look(listed, listed.hana)
    waits = lambda person: any(item.kind == "Looks past a wall" for item in work_of(person, listed.now))  # noqa: E731
    assert [name for name in ("ann", "fay", "hana", "kit", "pat") if waits(listed.people[name])] == ["ann", "fay"]
    with pytest.raises(PermissionDenied):
        review_glass(made, outcome="right", words="I had to.", by=listed.hana, at=listed.now)
    reviewed = review_glass(made, outcome="avoidable", words="Fay was on call.", by=listed.fay, at=listed.now)
    assert (reviewed.outcome, reviewed.outcome_words) == ("avoidable", "Fay was on call.")
    assert not waits(listed.ann)
    with pytest.raises(Refused, match="reviewed it already"):
        review_glass(made, outcome="right", words="No.", by=listed.ann, at=listed.now)


def test_each_page_counts_down(listed: World, as_person: Callable[[User], Client]) -> None:
    client = as_person(listed.hana)
    look(listed, listed.hana)
    for address in ("/core-members/EE-2417-K/", "/circles/C-0142/"):
        said = client.get(address).content.decode()
        assert "30 minutes left" in said
    assert "minutes left" not in as_person(listed.fay).get("/circles/C-0142/").content.decode()
