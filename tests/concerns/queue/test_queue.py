"""Who works a queue: teams it is granted to, from the moment they are, and nobody else."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from guardian.shortcuts import assign_perm, get_objects_for_user

from audit.models import Act, Entry
from concerns.concern.models import Concern
from concerns.queue.models import WORK_QUEUE, Queue
from concerns.queue.operations import grant_queue, make_queue, revoke_queue
from tests.concerns.engine.raising import worry
from tests.world import World


def test_esi_works_the_cambridgeshire_queue_and_lou_does_not(world: World) -> None:
    assert set(world.queue.workers()) == {world.esi, world.oz, world.ivor}
    assert list(Queue.objects.worked_by(world.lou)) == [world.norfolk]
    assert not Queue.objects.worked_by(world.max).exists()


def test_gil_who_is_a_superuser_works_no_queue(world: World) -> None:
    assert world.gil.is_superuser
    assert not Queue.objects.worked_by(world.gil).exists()
    assert world.gil not in world.queue.workers()


def test_who_works_which_queue_is_what_guardian_says(world: World) -> None:
    """Asked of its table for speed, the answer is its own, from either end."""
    grant_queue(
        world.norfolk, team=Group.objects.get(name="Cambridgeshire public protection"), by=world.hana, at=world.now
    )
    for person in world.people.values():
        granted = get_objects_for_user(
            person, WORK_QUEUE, klass=Queue, use_groups=True, with_superuser=False, accept_global_perms=False
        )
        worked = set(Queue.objects.worked_by(person))
        assert worked == set(granted) == {queue for queue in Queue.objects.all() if person in queue.workers()}


def test_a_team_given_the_queue_sees_its_concerns_and_stops_seeing_them_when_it_is_taken(world: World) -> None:
    concern, suffolk = worry(world), Group.objects.get(name="Suffolk")
    grant_queue(world.queue, team=suffolk, by=world.hana, at=world.now)
    assert Concern.objects.visible_to(world.max).contains(concern)
    revoke_queue(world.queue, team=suffolk, by=world.hana, at=world.now)
    assert not Concern.objects.visible_to(world.max).contains(concern)
    acts = Entry.objects.filter(kind="queue", recipient="Suffolk").order_by("pk").values_list("act", "actor")
    assert list(acts) == [(Act.GRANTED, world.hana.pk), (Act.REVOKED, world.hana.pk)]


def test_esi_who_leaves_her_team_sees_nothing_of_it(world: World) -> None:
    concern = worry(world)
    world.esi.groups.remove(Group.objects.get(name="Cambridgeshire public protection"))
    assert not Concern.objects.visible_to(world.esi).contains(concern)


def test_a_queue_cannot_be_granted_to_one_person_even_behind_the_operations(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        assign_perm(WORK_QUEUE, world.max, world.queue)
    assert world.max not in world.queue.workers()


def test_ann_cannot_grant_a_queue(world: World) -> None:
    with pytest.raises(PermissionDenied):
        grant_queue(world.queue, team=Group.objects.get(name="Suffolk"), by=world.ann, at=world.now)


def test_gil_sets_up_a_queue_and_sees_nothing_in_it(world: World) -> None:
    area = world.queue.area.__class__.objects.get(code="suffolk")
    queue = make_queue(area, by=world.gil, at=world.now)
    assert queue.name == "Suffolk queue"
    assert not Queue.objects.visible_to(world.gil).exists()
