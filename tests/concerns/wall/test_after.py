"""Somebody who worked a concern and no longer may finds nothing of it, and holds nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.operations import end_account, suspend_person
from alerts.leave.models import Leave
from alerts.leave.operations import cancel_leave, plan_leave
from alerts.message.models import Alert
from concerns.choices import Side
from concerns.concern.models import Concern
from concerns.engine.responders import responders_for
from concerns.handling.move_operations import move_to_queue
from concerns.handling.promise_operations import acknowledge_concern, claim_concern
from concerns.queue.operations import revoke_queue
from concerns.watch.sweep import sweep
from tests.concerns.engine.raising import pending, people_mailed, story, worry
from tests.concerns.wall.crawling import crawl
from tests.concerns.wall.poison import POISON, Poisoned, marks_in, poison
from tests.world import World

As = Callable[[User], Client]
TEAM = "Cambridgeshire public protection"
HOUR = timedelta(hours=1)


def move(world: World, made: Poisoned) -> None:
    move_to_queue(made.concern, queue=world.norfolk, reason="He moved.", by=world.ann, at=world.now)


def revoke(world: World, made: Poisoned) -> None:
    claim_concern(made.concern, by=world.oz, at=world.now)
    revoke_queue(world.queue, team=Group.objects.get(name=TEAM), by=world.hana, at=world.now)


def leave_the_team(world: World, made: Poisoned) -> None:
    world.esi.groups.remove(Group.objects.get(name=TEAM))


def end_the_cover(world: World, made: Poisoned) -> None:
    cancel_leave(Leave.objects.get(deputy=world.pat), by=world.ann, at=timezone.now())


LOST = {
    "the previous queue’s officer, after a move": ("esi", move),
    "the previous queue’s manager, after a move": ("oz", move),
    "the previous queue’s MAPPA coordinator, after a move": ("ivor", move),
    "a claimer whose team lost the queue": ("oz", revoke),
    "an officer who left the team": ("esi", leave_the_team),
    "whoever covered, once the leave is over": ("pat", end_the_cover),
}


@pytest.mark.parametrize("who", LOST)
def test_whoever_could_open_a_concern_and_no_longer_may_finds_nothing_of_it(
    world: World, as_person: As, who: str
) -> None:
    name, lose = LOST[who]
    now = timezone.now()
    plan_leave(world.ann, starts_at=now - HOUR, ends_at=now + 9 * HOUR, deputy=world.pat, by=world.ann, at=now)
    made = poison(world)
    client = as_person(world.people[name])
    address = made.concern.get_absolute_url()
    assert POISON in client.get(address).content.decode(), "they could, before"
    lose(world, made)
    assert client.get(address).status_code == 404
    assert marks_in(crawl(client), made) == {}
    assert not responders_for(Concern.objects.get(pk=made.concern.pk)).contains(world.people[name])


@pytest.mark.parametrize("name", ["esi", "oz"])
def test_an_old_alert_of_a_concern_that_has_moved_leads_nowhere(world: World, as_person: As, name: str) -> None:
    made, person = poison(world), world.people[name]
    move(world, made)
    client = as_person(person)
    theirs = Alert.objects.filter(recipient=person, key__startswith=made.concern.reference)
    for alert in theirs:
        answer = client.post(f"/alerts/{alert.pk}/", follow=True)
        assert POISON not in answer.content.decode()
        assert answer.status_code == (200 if alert.link == world.queue.get_absolute_url() else 404)
    assert theirs.exists()


@pytest.mark.parametrize("end", [suspend_person, end_account])
@pytest.mark.parametrize("name", ["esi", "ann", "ben"])
def test_somebody_suspended_or_gone_reads_no_further_page_in_the_session_they_are_in(
    world: World, as_person: As, name: str, end: Callable[..., User]
) -> None:
    made = poison(world)
    client = as_person(world.people[name])
    assert POISON in client.get(f"{made.concern.get_absolute_url()}", follow=True).content.decode()
    end(world.people[name], by=world.hana, at=world.now)
    for address in ("/", made.concern.get_absolute_url(), f"{made.concern.get_absolute_url()}receipt/", "/concerns/"):
        answer = client.get(address)
        assert (answer.status_code, "/login" in answer.get("Location", "")) == (302, True), address


def lost_team(world: World) -> None:
    revoke_queue(world.queue, team=Group.objects.get(name=TEAM), by=world.hana, at=world.now)


def suspend_oz(world: World) -> None:
    suspend_person(world.oz, by=world.hana, at=world.now)


@pytest.mark.parametrize("lose", [lost_team, suspend_oz])
def test_a_claim_ends_with_the_next_sweep_when_its_claimer_can_no_longer_see_it(
    world: World, lose: Callable[[World], None]
) -> None:
    now = timezone.now()
    kept = claim_concern(worry(world, at=now), by=world.hana, at=now)
    concern = claim_concern(worry(world, at=now), by=world.oz, at=now)
    lose(world)
    sweep(at=now)
    for each in (kept, concern):
        each.refresh_from_db()
    assert (kept.claimed_by, concern.claimed_by) == (world.hana, None)


def test_a_claim_of_somebody_who_left_the_team_bars_nobody_meanwhile(world: World) -> None:
    concern = claim_concern(worry(world), by=world.oz, at=world.now)
    world.oz.groups.remove(Group.objects.get(name=TEAM))
    assert claim_concern(concern, by=world.esi, at=world.now).claimed_by == world.esi


def test_a_promise_of_an_officer_who_left_the_team_is_due_at_once_and_the_others_are_told(world: World) -> None:
    now = timezone.now()
    concern = worry(world, at=now)
    acknowledge_concern(concern, until=now + 3 * HOUR, by=world.esi, at=now)
    sweep(at=now)
    assert pending(concern, Side.AGENCY).due_at == now + 3 * HOUR, "while she is in the team her promise stands"
    world.esi.groups.remove(Group.objects.get(name=TEAM))
    sweep(at=now)
    assert "Whoever had it can no longer see it. Going on at once." in story(concern)
    assert pending(concern, Side.AGENCY).promise is None
    assert set(people_mailed(concern, Side.AGENCY)[1:]) == {"Oz", "Ivor"}


def test_a_promise_made_under_cover_is_due_at_once_when_the_cover_ends_and_anns_own_stands(world: World) -> None:
    now = timezone.now()
    leave = plan_leave(world.ann, starts_at=now - HOUR, ends_at=now + HOUR, deputy=world.pat, by=world.ann, at=now)
    covered, anns = worry(world, at=now), worry(world, at=now)
    acknowledge_concern(covered, until=now + HOUR, by=world.pat, at=now)
    acknowledge_concern(anns, until=now + HOUR, by=world.ann, at=now)
    sweep(at=now)
    assert pending(covered, Side.CHARITY).due_at == now + HOUR
    cancel_leave(leave, by=world.ann, at=now)
    sweep(at=now + timedelta(seconds=1))
    assert pending(anns, Side.CHARITY).due_at == now + HOUR
    assert pending(covered, Side.CHARITY).promise is None
    assert "Ann" in people_mailed(covered, Side.CHARITY)


def test_when_ann_leaves_what_she_held_goes_on_to_those_who_lead(world: World) -> None:
    now = timezone.now()
    concern = worry(world, at=now)
    acknowledge_concern(concern, until=now + HOUR, by=world.ann, at=now)
    end_account(world.ann, by=world.hana, at=now)
    sweep(at=now)
    assert "Hana" in people_mailed(concern, Side.CHARITY), "she has Ann's circles now"
    sweep(at=now + 2 * HOUR)
    assert {"Hana", "Fay"} <= set(people_mailed(concern, Side.CHARITY))
