"""Another area or another practitioner manages Paul: what is open about him follows, and no clock is lost."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Area
from alerts.message.models import Alert
from audit.models import Act, Entry
from circles.worklist import work_of
from concerns.choices import Level, Side
from concerns.concern.models import Concern
from concerns.handling.move_operations import move_to_queue
from concerns.handling.promise_operations import acknowledge_concern
from concerns.queue.models import Queue
from concerns.raising.operations import raise_concern
from core.errors import Refused
from offenders.core_member.change_models import ManagementChange
from offenders.core_member.leaving import hand_over_core_members
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import name_practitioner
from offenders.lead.operations import change_lead
from offenders.mappa.operations import answer_change, change_area
from tests.circles.life.preparing import today
from tests.concerns.engine.raising import pending, people_mailed, worry
from tests.world import World

HOUR = timedelta(hours=1)


def move_to_norfolk(world: World, code: str = "norfolk", why: str = "He moved.") -> ManagementChange:
    area = Area.objects.get(code=code)
    return change_area(world.core_member, area=area, changed_on=today(world), why=why, by=world.ann, at=world.now)


def queue_of(concern: Concern) -> Queue | None:
    return Concern.objects.get(pk=concern.pk).queue


def test_an_urgent_one_goes_to_norfolk_with_a_new_ladder_and_the_charitys_clock_goes_on(world: World) -> None:
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.esi, at=world.now)
    before = pending(concern, Side.CHARITY)
    move_to_norfolk(world)
    assert queue_of(concern) == world.norfolk
    step = pending(concern, Side.AGENCY)
    assert (step.promise, step.round > 1) == (None, True)
    assert pending(concern, Side.CHARITY) == before
    assert "Lou" in people_mailed(concern, Side.AGENCY)
    assert not Concern.objects.visible_to(world.esi).filter(pk=concern.pk).exists()
    acts = Entry.objects.filter(reference=concern.reference, recipient__in=[world.queue.name, world.norfolk.name])
    assert {Act.REVOKED, Act.SHARED} <= set(acts.values_list("act", flat=True))


def test_one_that_waits_for_triage_keeps_its_clock_and_goes_to_norfolk_later(world: World) -> None:
    concern = worry(world, Level.LOG)
    before = pending(concern, Side.AGENCY)
    move_to_norfolk(world)
    moved = Concern.objects.get(pk=concern.pk)
    assert (moved.queue, moved.queued_at) == (world.norfolk, None)
    assert pending(concern, Side.AGENCY) == before
    assert not Concern.objects.visible_to(world.lou).filter(pk=concern.pk).exists()


def test_one_about_ann_goes_too_though_she_does_not_see_it(world: World) -> None:
    concern = raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.URGENT,
        words="She was unkind.",
        about=world.ann,
        by=world.tom,
        at=world.now,
    )
    move_to_norfolk(world)
    assert queue_of(concern) == world.norfolk
    assert not Concern.objects.visible_to(world.ann).filter(pk=concern.pk).exists()


def test_one_that_somebody_moved_elsewhere_stays_there(world: World) -> None:
    third = Queue.objects.exclude(pk__in=[world.queue.pk, world.norfolk.pk]).first() or Queue.objects.create(
        reference="Q-THIRD", area=Area.objects.exclude(code__in=["norfolk", "cambridgeshire"])[0]
    )
    concern = move_to_queue(worry(world), queue=third, reason="He stays there.", by=world.ann, at=world.now)
    move_to_norfolk(world)
    assert queue_of(concern) == third


def test_where_the_new_area_has_no_queue_what_is_open_stays_and_its_clock_too(world: World) -> None:
    concern = worry(world)
    before = pending(concern, Side.AGENCY)
    lonely = Area.objects.exclude(pk__in=Queue.objects.values("area"))[0]
    move_to_norfolk(world, lonely.code)
    assert queue_of(concern) == world.queue
    assert pending(concern, Side.AGENCY) == before


def test_oz_who_manages_him_now_is_told_of_what_is_open_and_ben_of_nothing(world: World) -> None:
    concern = worry(world)
    name_practitioner(world.core_member, practitioner=world.oz, by=world.ann, at=world.now)
    told = Alert.objects.filter(key__contains=":practitioner:", key__startswith=concern.reference)
    assert {(alert.recipient, alert.link) for alert in told} == {(world.oz, concern.get_absolute_url())}


def test_lou_who_does_not_work_the_queue_is_told_of_no_concern(world: World) -> None:
    concern = worry(world)
    name_practitioner(world.core_member, practitioner=world.lou, by=world.ann, at=world.now)
    assert not Alert.objects.filter(key__startswith=concern.reference, recipient=world.lou).exists()


def test_the_deputy_is_told_with_the_practitioner_and_takes_over_when_esi_leaves(world: World) -> None:
    name_practitioner(world.core_member, practitioner=world.esi, deputy=world.oz, by=world.ann, at=world.now)
    assert {"Esi", "Oz"} <= set(people_mailed(worry(world), Side.AGENCY))
    hand_over_core_members(world.esi, by=world.hana, at=world.now)
    paul = CoreMember.objects.get(pk=world.core_member.pk)
    assert (paul.practitioner, paul.deputy_practitioner, paul.lead_agency) == (world.oz, None, "police")


def test_nobody_stands_in_for_themselves_nor_for_nobody(world: World) -> None:
    with pytest.raises(Refused, match="themselves"):
        name_practitioner(world.core_member, practitioner=world.oz, deputy=world.oz, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="practitioner first"):
        name_practitioner(world.core_member, practitioner=None, deputy=world.oz, by=world.ann, at=world.now)


def test_every_change_asks_ann_what_follows_until_she_says_it(world: World) -> None:
    change_lead(
        world.core_member, lead_agency="probation", changed_on=today(world), why="So.", by=world.hana, at=world.now
    )
    change = move_to_norfolk(world)
    asked = [item for item in work_of(world.ann, world.now) if " changed on " in item.title]
    assert len(asked) == 2
    answer_change(change, answer="Told Ben and Tom.", by=world.ann, at=world.now)
    assert len([item for item in work_of(world.ann, world.now) if " changed on " in item.title]) == 1
    with pytest.raises(Refused, match="already"):
        answer_change(change, answer="Again.", by=world.ann, at=world.now)


def test_the_same_area_a_day_to_come_and_no_reason_are_refused_and_ben_may_not(world: World) -> None:
    with pytest.raises(Refused, match="written down now"):
        move_to_norfolk(world, "cambridgeshire")
    with pytest.raises(Refused, match="Say why"):
        move_to_norfolk(world, why=" ")
    norfolk = Area.objects.get(code="norfolk")
    with pytest.raises(Refused, match="not come yet"):
        change_area(
            world.core_member,
            area=norfolk,
            changed_on=today(world) + timedelta(days=1),
            why="So.",
            by=world.ann,
            at=world.now,
        )
    for person in (world.ben, world.pat, world.esi):
        with pytest.raises(PermissionDenied):
            change_area(world.core_member, area=norfolk, changed_on=today(world), why="So.", by=person, at=world.now)
