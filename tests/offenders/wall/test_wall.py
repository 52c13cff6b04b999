"""The wall: whom it keeps out sees nothing of him, is given nothing and told nothing; and somebody who can act stays."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import EmptyResultSet

from accounts.models import User
from alerts.leave.models import Leave
from alerts.message.models import Alert
from circles.coordinator.operations import change_coordinator
from circles.membership.operations import add_volunteer
from concerns.choices import Level
from concerns.concern.models import Concern
from concerns.engine.assignments import end_lost_assignments
from concerns.engine.models import EscalationStep
from concerns.engine.operations import fire_due_concerns
from concerns.handling.promise_operations import acknowledge_concern
from concerns.raising.operations import raise_concern
from core.errors import Refused
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import name_practitioner
from offenders.core_member.wall_models import WallEntry, Walls
from offenders.wall.operations import add_wall_entry, end_wall_entry
from tests.circles.life.living import approved_meeting, closed_review, contact_after, ended_goal, settled_action
from tests.offenders.wall.paths import leads_to_him, models_that_lead_to_him, rows_that_lead_to
from tests.world import World

DAY = timedelta(days=1)
ONE_OF_EACH = ("ann", "ben", "hana", "kit", "jo", "gil", "esi", "ivor")


def bar(world: World, person: User, by: User | None = None) -> WallEntry:
    return add_wall_entry(
        world.core_member, person=person, kind="deny", reason="She is his sister.", by=by or world.ann, at=world.now
    )


def allow(world: World, person: User, by: User | None = None) -> WallEntry:
    return add_wall_entry(
        world.core_member, person=person, kind="allow", reason="He is well known.", by=by or world.ann, at=world.now
    )


def worry(world: World, level: Level = Level.URGENT) -> Concern:
    return raise_concern(world.ely, submit_key=uuid4(), level=level, words="He was sour.", by=world.ben, at=world.now)


def names_told_of(concern: Concern) -> set[str]:
    alerts = Alert.objects.filter(key__startswith=concern.reference)
    return {alert.recipient.first_name for alert in alerts.select_related("recipient")}


def test_whatever_leads_to_a_core_member_asks_his_wall(world: World) -> None:
    """Finds its subjects: each table whose rows lead to a core member, for people of each kind."""
    forgotten = []
    for model in models_that_lead_to_him():
        for name in ONE_OF_EACH:
            person = world.people[name]
            try:
                statement = str(model._default_manager.all().visible_to(person).query)  # type: ignore[attr-defined]
            except EmptyResultSet:
                continue
            if "offenders_wallentry" not in statement:
                forgotten.append(f"{model._meta.label} for {name}")
    assert forgotten == []
    assert len(models_that_lead_to_him()) > 50


def test_of_a_long_life_a_barred_manager_finds_no_row(world: World) -> None:
    approved_meeting(world, 1)
    contact_after(world, 1)
    settled_action(world, 1)
    ended_goal(world, 1)
    closed_review(world, 1)
    worry(world)
    seen = {model for model in models_that_lead_to_him() if rows_that_lead_to(world.core_member, model, world.hana)}
    assert len(seen) >= 12, "what is hidden must exist"
    bar(world, world.hana)
    assert {model for model in seen if rows_that_lead_to(world.core_member, model, world.hana)} == set()
    assert rows_that_lead_to(world.other_core_member, CoreMember, world.hana)
    assert leads_to_him(CoreMember) == [""]


def test_an_allow_list_shows_him_to_those_on_it_and_gives_nobody_more_than_their_role(world: World) -> None:
    allow(world, world.fay)
    allow(world, world.dev)
    seeing = {name for name, person in world.people.items() if CoreMember.objects.visible_to(person).exists()}
    his = {
        name
        for name, person in world.people.items()
        if CoreMember.objects.visible_to(person).filter(pk=world.core_member.pk).exists()
    }
    assert his == {"ann", "fay"}
    assert "hana" in seeing, "she sees the other core member"
    on_it = {entry.person.first_name for entry in WallEntry.objects.current().filter(kind="allow")}
    assert on_it == {"Ann", "Ben", "Tom", "Uma", "Vic", "Esi", "Fay", "Dev"}


def test_with_its_last_entry_the_allow_list_ends(world: World) -> None:
    allow(world, world.hana)
    entries = list(WallEntry.objects.current().exclude(person__in=[world.ann, world.hana]))
    with pytest.raises(Refused, match="is named as practitioner"):
        end_wall_entry(
            next(entry for entry in entries if entry.person == world.esi), reason="x", by=world.ann, at=world.now
        )
    with pytest.raises(Refused, match="shut yourself out"):
        end_wall_entry(WallEntry.objects.current().get(person=world.ann), reason="x", by=world.ann, at=world.now)


def test_nobody_bars_or_frees_themselves(world: World) -> None:
    with pytest.raises(Refused, match="Nobody bars themselves"):
        bar(world, world.hana, by=world.hana)
    entry = bar(world, world.hana)
    with pytest.raises(Refused, match="does not let you through"):
        end_wall_entry(entry, reason="It is nothing.", by=world.hana, at=world.now)
    with pytest.raises(Refused, match="does not let you through"):
        bar(world, world.gil, by=world.hana)


@pytest.mark.parametrize(
    ("name", "part"), [("ann", "shut yourself out|coordinates"), ("ben", "circle"), ("esi", "practitioner")]
)
def test_whoever_has_a_part_in_his_case_hands_it_over_first(world: World, name: str, part: str) -> None:
    with pytest.raises(Refused, match=part):
        bar(world, world.people[name], by=world.fay)
    assert not WallEntry.objects.exists()


def test_the_last_who_could_act_is_not_walled_out(world: World) -> None:
    bar(world, world.hana)
    bar(world, world.fay)
    with pytest.raises(Refused, match="No manager, safeguarding lead or director would be left"):
        bar(world, world.kit)
    CoreMember.objects.filter(pk=world.core_member.pk).update(practitioner=None)
    with pytest.raises(Refused, match="Nobody who works the Cambridgeshire queue"):
        allow(world, world.kit)


def test_a_barred_person_is_given_no_part(world: World) -> None:
    for person in (world.pat, world.dev, world.lou):
        bar(world, person)
    dev = world.dev.volunteer
    for give in (
        lambda: change_coordinator(world.ely, coordinator=world.pat, by=world.hana, at=world.now),
        lambda: add_volunteer(world.ely, volunteer=dev, by=world.ann, at=world.now),
        lambda: name_practitioner(world.core_member, practitioner=world.lou, by=world.ann, at=world.now),
    ):
        with pytest.raises(Refused, match="may not see this core member"):
            give()


def test_the_ladder_passes_over_whom_the_wall_keeps_out_and_climbs_on(world: World) -> None:
    bar(world, world.hana)
    bar(world, world.fay)
    concern = worry(world)
    for day in range(1, 4):
        fire_due_concerns(at=world.now + day * DAY)
    assert "Kit" in names_told_of(concern), "the ladder must reach somebody who can act"
    assert not names_told_of(concern) & {"Hana", "Fay"}
    assert EscalationStep.objects.pending().filter(concern=concern, side="charity").exists()


def test_cover_does_not_lead_past_the_wall(world: World) -> None:
    bar(world, world.pat)
    Leave.objects.create(
        person=world.ann,
        deputy=world.pat,
        starts_at=world.now - DAY,
        ends_at=world.now + DAY,
        planned_at=world.now,
        planned_by=world.ann,
    )
    concern = worry(world)
    fire_due_concerns(at=world.now + timedelta(hours=1))
    assert not Concern.objects.visible_to(world.pat).filter(pk=concern.pk).exists()
    assert "Pat" not in names_told_of(concern)
    assert names_told_of(concern) & {"Hana", "Fay", "Kit"}


def test_a_promise_of_somebody_barred_since_is_due_at_once(world: World) -> None:
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + timedelta(minutes=30), plan="I ring.", by=world.hana, at=world.now)
    bar(world, world.hana)
    assert end_lost_assignments(at=world.now + timedelta(minutes=1)) == 1


def test_the_walls_read_at_once_say_the_same(world: World) -> None:
    bar(world, world.hana)
    allow(world, world.kit)
    walls = Walls()
    for person in world.people.values():
        kept_out = WallEntry.objects.that_keep_out(person.pk).filter(core_member=world.core_member).exists()
        assert walls.keep_out(person.pk, world.core_member.pk) is kept_out
        assert not walls.keep_out(person.pk, world.other_core_member.pk)
