"""Leave and cover: who is told in somebody's place, what they may then see, and that it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from accounts.operations import suspend_person
from alerts.leave.access import deputies_for
from alerts.leave.models import Leave
from alerts.leave.operations import cancel_leave, plan_leave
from concerns.choices import Level, Side
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.engine.operations import fire_due_concerns
from concerns.engine.responders import responders_for
from concerns.handling.promise_operations import acknowledge_concern
from concerns.worklist import work_of
from core.errors import Refused
from core.worktime import LONDON
from tests.concerns.engine.raising import pending, people_mailed, story, worry
from tests.world import World

As = Callable[[User], Client]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def put_on_leave(
    world: World, who: User, deputy: User | None = None, *, start: datetime | None = None, last: timedelta = DAY
) -> Leave:
    """On leave from an hour before `start`, which is now unless said."""
    begins = (start or world.now) - HOUR
    return plan_leave(who, starts_at=begins, ends_at=begins + HOUR + last, deputy=deputy, by=world.hana, at=begins)


def test_while_ann_is_away_pat_who_covers_is_told_beside_her(world: World) -> None:
    put_on_leave(world, world.ann, world.pat)
    concern = worry(world)
    assert sorted(people_mailed(concern, Side.CHARITY)) == ["Ann", "Pat"]
    assert any("Ann Farrowby is on leave; Pat Lowe covers." in line for line in story(concern))
    assert pending(concern, Side.CHARITY).due_at == world.now + 30 * MINUTE


def test_e10_while_ann_is_away_and_nobody_covers_hana_and_fay_are_told_at_once(world: World) -> None:
    put_on_leave(world, world.ann)
    concern = worry(world)
    assert sorted(people_mailed(concern, Side.CHARITY)) == ["Fay", "Hana"]


def test_e10_a_deputy_who_was_suspended_meanwhile_is_no_cover(world: World) -> None:
    put_on_leave(world, world.ann, world.pat)
    suspend_person(world.pat, by=world.hana, at=world.now)
    assert sorted(people_mailed(worry(world), Side.CHARITY)) == ["Fay", "Hana"]


def test_e11_nobody_there_until_nine_urgent_goes_on_now_and_routine_waits_for_nine_in_london(world: World) -> None:
    evening = datetime(2027, 7, 5, 22, 0, tzinfo=LONDON)
    nine = datetime(2027, 7, 6, 9, 0, tzinfo=LONDON)
    put_on_leave(world, world.ann, start=evening, last=nine - evening)
    urgent, routine = worry(world, at=evening), worry(world, Level.PRIORITY, at=evening)
    assert sorted(people_mailed(urgent, Side.CHARITY)) == ["Fay", "Hana"]
    assert people_mailed(routine) == []
    assert pending(routine, Side.CHARITY).due_at == nine
    fire_due_concerns(at=nine - MINUTE)
    assert people_mailed(routine) == []
    fire_due_concerns(at=nine)
    assert people_mailed(routine) == ["Ann"]


def test_pat_sees_and_answers_what_she_covers_and_nothing_after(world: World, as_person: As) -> None:
    concern = worry(world)
    pat = as_person(world.pat)
    assert pat.get(concern.get_absolute_url()).status_code == 404
    leave = put_on_leave(world, world.ann, world.pat)
    assert pat.get(concern.get_absolute_url()).status_code == 200
    assert responders_for(concern).contains(world.pat)
    assert [item.title for item in work_of(world.pat, world.now)] == ["A concern nobody at the charity has yet"]
    acknowledge_concern(concern, until=world.now + HOUR, by=world.pat, at=world.now)
    assert pending(concern, Side.CHARITY).promise is not None
    cancel_leave(leave, by=world.ann, at=world.now)
    assert pat.get(concern.get_absolute_url()).status_code == 404
    assert not responders_for(concern).contains(world.pat)
    assert not Concern.objects.visible_to(world.pat).exists()


def test_cover_that_is_over_or_not_begun_shows_nothing(world: World) -> None:
    worry(world)
    for begins in (world.now - 30 * DAY, world.now + 30 * DAY):
        plan_leave(world.ann, starts_at=begins, ends_at=begins + DAY, deputy=world.pat, by=world.ann, at=begins - DAY)
    assert not Concern.objects.visible_to(world.pat).exists()


def test_whoever_covers_for_ann_sees_nothing_that_is_about_ann(world: World, as_person: As) -> None:
    concern = worry(world)
    concern.about = world.ann
    concern.save()
    put_on_leave(world, world.ann, world.pat)
    assert as_person(world.pat).get(concern.get_absolute_url()).status_code == 404
    assert not ConcernAccess(world.pat, concern).acknowledge
    assert not responders_for(concern).contains(world.pat)
    fire_due_concerns(at=world.now + 30 * MINUTE)
    assert "Pat" not in people_mailed(concern)


def test_at_the_agency_a_colleague_of_the_team_covers_and_a_stranger_cannot(world: World) -> None:
    put_on_leave(world, world.esi, world.oz)
    assert people_mailed(worry(world), Side.AGENCY) == ["Esi", "Oz"]
    assert set(deputies_for(world.esi)) == {world.oz, world.ivor}
    with pytest.raises(Refused, match="same team"):
        put_on_leave(world, world.ivor, world.lou)


def test_a_colleague_who_left_the_team_meanwhile_is_not_told(world: World) -> None:
    put_on_leave(world, world.esi, world.oz)
    world.oz.groups.remove(*world.queue.teams())
    assert "Oz" not in people_mailed(worry(world), Side.AGENCY)


def test_at_the_end_of_the_ladder_leave_spares_nobody(world: World) -> None:
    put_on_leave(world, world.kit)
    concern = worry(world)
    for minutes in (30, 60, 120, 180):
        fire_due_concerns(at=world.now + minutes * MINUTE)
    assert people_mailed(concern, Side.CHARITY).count("Kit") == 2


@pytest.mark.parametrize("name", ["ben", "esi", "jo"])
def test_only_somebody_who_could_be_told_the_same_may_cover_for_ann(world: World, name: str) -> None:
    with pytest.raises(Refused, match="same duty"):
        put_on_leave(world, world.ann, world.people[name])


def test_a_coordinator_may_not_cover_for_the_manager(world: World) -> None:
    with pytest.raises(Refused, match="same duty"):
        put_on_leave(world, world.hana, world.pat)


@pytest.mark.parametrize(("who", "by"), [("ann", "pat"), ("ann", "gil"), ("ben", "ben"), ("jo", "jo")])
def test_leave_is_planned_by_oneself_or_a_manager_and_only_for_those_who_answer(
    world: World, who: str, by: str
) -> None:
    with pytest.raises(PermissionDenied):
        plan_leave(
            world.people[who],
            starts_at=world.now,
            ends_at=world.now + DAY,
            deputy=None,
            by=world.people[by],
            at=world.now,
        )


def test_leave_that_ends_first_is_over_or_overlaps_is_refused(world: World) -> None:
    for starts, ends, words in [(DAY, HOUR, "end after"), (-DAY, -HOUR, "over already")]:
        with pytest.raises(Refused, match=words):
            plan_leave(
                world.ann,
                starts_at=world.now + starts,
                ends_at=world.now + ends,
                deputy=None,
                by=world.ann,
                at=world.now,
            )
    put_on_leave(world, world.ann)
    with pytest.raises(Refused, match="in that time"):
        put_on_leave(world, world.ann)


def test_the_database_lets_nobody_cover_for_themselves(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Leave.objects.create(
            person=world.ann,
            deputy=world.ann,
            starts_at=world.now,
            ends_at=world.now + DAY,
            planned_at=world.now,
            planned_by=world.ann,
        )


def test_leave_called_off_twice_is_refused_and_by_a_deputy_forbidden(world: World) -> None:
    leave = put_on_leave(world, world.ann, world.pat)
    with pytest.raises(PermissionDenied):
        cancel_leave(leave, by=world.pat, at=world.now)
    cancel_leave(leave, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="over already"):
        cancel_leave(leave, by=world.ann, at=world.now)


def test_ann_plans_her_leave_on_a_page_and_calls_it_off(world: World, as_person: As) -> None:
    ann = as_person(world.ann)
    local = world.now.astimezone(LONDON)
    sent = {
        "starts_at": (local + DAY).strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (local + 3 * DAY).strftime("%Y-%m-%dT%H:%M"),
        "deputy": world.pat.pk,
    }
    page = ann.get(f"/alerts/leave/{world.ann.reference}/").content.decode()
    assert "Pat Lowe" in page
    assert "Ben Ashby" not in page
    assert ann.post(f"/alerts/leave/{world.ann.reference}/", sent)["Location"] == "/alerts/leave/"
    assert "Pat Lowe covers." in ann.get("/alerts/leave/").content.decode()
    assert "You cover." in as_person(world.pat).get("/alerts/leave/").content.decode()
    ann.post(f"/alerts/leave/{Leave.objects.get().pk}/cancel/")
    assert "No leave is planned." in ann.get("/alerts/leave/").content.decode()
