"""Whatever leave is planned, who is told, who sees, who may act and whose list it stands on are one answer."""

from __future__ import annotations

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.access import Role
from alerts.leave.cover import COVERED, Cover
from alerts.leave.models import Leave
from alerts.message.models import Alert
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.engine.operations import fire_due_concerns
from concerns.engine.responders import responders_for
from tests.concerns.engine.raising import worry
from tests.concerns.engine.test_stand_ins import COVERERS, DAY, HOUR, MINUTE, concern_about, coordinates, end_of
from tests.examples import with_examples
from tests.world import World

leaves = st.dictionaries(st.sampled_from(COVERERS), st.none() | st.sampled_from(COVERERS), max_size=6)


@given(leaves=leaves, subject=st.none() | st.sampled_from(["ann", "pat", "max", "hana", "tom"]))
@with_examples(12)
def test_told_and_sight_and_acts_and_worklist_have_one_answer(
    world: World, leaves: dict[str, str | None], subject: str | None
) -> None:
    """Whoever is told may open it and take it on; who stands in is found by walking the chain."""
    point = transaction.savepoint()
    coordinates(world.max)
    stands = {name: deputy if deputy != name else None for name, deputy in leaves.items()}
    for name, deputy in stands.items():
        Leave.objects.create(
            person=world.people[name],
            deputy=world.people[deputy] if deputy else None,
            planned_at=world.now,
            starts_at=world.now - HOUR,
            ends_at=world.now + DAY,
            planned_by=world.hana,
        )
    cover = Cover(world.now)
    for name in COVERERS:
        covered = {other for other in stands if end_of(other, stands) == name}
        assert {world.people[other].pk for other in covered} == COVERED.read_keys(world.people[name].pk)
        assert {world.people[other].pk for other in covered} == cover.covered_by(world.people[name].pk)
    concern = worry(world) if subject is None else concern_about(world, world.people[subject])
    for minutes in (30, 60, 120, 180):
        fire_due_concerns(at=world.now + minutes * MINUTE)
    responders = set(responders_for(concern))
    for alert in Alert.objects.filter(key__startswith=f"{concern.reference}:charity").select_related("recipient"):
        assert Concern.objects.visible_to(alert.recipient).contains(concern)
        assert ConcernAccess(alert.recipient, concern).acknowledge
    for name in COVERERS:
        person = world.people[name]
        sees = Concern.objects.visible_to(person).contains(concern)
        assert sees == ConcernAccess(person, concern).read_story == (person in responders)
        assert person.has_role(Role.COORDINATOR) or sees == (subject != name)
    transaction.savepoint_rollback(point)
