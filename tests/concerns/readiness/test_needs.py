"""What the service lacks: on the set-up page, on Hana's list and in the status, from the moment it is so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.access import Role
from accounts.models import Agency, Area, User
from accounts.operations import leave_team
from alerts.message.models import Channel
from alerts.receipt.models import Bounce
from circles.venue.models import Venue
from concerns.handling.move_operations import move_to_queue
from concerns.queue.models import Queue
from concerns.queue.operations import grant_queue, make_queue, name_team_manager, revoke_queue
from concerns.readiness.facts import ServiceFacts
from concerns.readiness.needs import BEFORE_CONCERN, BEFORE_MEETING, broken_promises, states_of_needs
from concerns.watch.reconcile import reconcile
from concerns.worklist import work_of
from offenders.core_member.models import CoreMember
from tests.accounts.teams import CAMBRIDGESHIRE, team
from tests.circles.life.preparing import hall, share
from tests.concerns.engine.raising import worry
from tests.concerns.engine.test_failures import staff_norfolk
from tests.concerns.queue.setting_up import work_in
from tests.offenders.identity.identities import sealed_identity
from tests.owner import do_as_administrator, let_app_change
from tests.world import World

As = Callable[[User], Client]


@pytest.fixture
def whole_service(world: World) -> World:
    """Nothing breaks a promise: the Norfolk queue is staffed too."""
    staff_norfolk(world)
    assert broken_promises(ServiceFacts(world.now)) == []
    return world


def titles(world: World) -> list[str]:
    return [item.title for item in work_of(world.hana, world.now)]


def is_told_everywhere(world: World, words: str) -> None:
    """It turns the status red, is on Hana's list with a way to close it, and on nobody else's."""
    assert words in reconcile(at=world.now)
    item = next(item for item in work_of(world.hana, world.now) if item.title.casefold() == words.casefold())
    assert item.must_act
    assert item.url.startswith("/")
    for name in ("ann", "fay", "esi", "gil"):
        others = [item.title.casefold() for item in work_of(world.people[name], world.now)]
        assert words.casefold() not in others, name


def holders_leave(world: World, role: Role) -> None:
    Group.objects.get(name=role.value).user_set.clear()


def test_paul_moves_to_essex_where_there_is_no_queue(whole_service: World) -> None:
    CoreMember.objects.update(area=Area.objects.get(code="essex"))
    is_told_everywhere(whole_service, "Essex has a circle and no queue: no agency hears of its concerns")


def test_a_core_member_whose_name_nobody_wrote_down_is_on_the_set_up_page_and_breaks_nothing(
    whole_service: World,
) -> None:
    world = whole_service
    sealed_identity(world)
    names = next(need for need in BEFORE_CONCERN if need.name == "names")
    assert [lack.words for lack in names.lacks(ServiceFacts(world.now))] == ["1 core member has no name written down"]
    sealed_identity(world, world.other_core_member)
    assert names.lacks(ServiceFacts(world.now)) == []


def test_the_queue_is_taken_from_its_only_team(whole_service: World) -> None:
    world = whole_service
    revoke_queue(world.queue, team=team(CAMBRIDGESHIRE), by=world.hana, at=world.now)
    words = "the Cambridgeshire queue has fewer than two people who can be reached and hold a second factor"
    is_told_everywhere(world, words)
    assert [lack.words for lack in broken_promises(ServiceFacts(world.now))] == [words]


def test_a_queue_of_an_area_given_up_again_needs_nobody(whole_service: World) -> None:
    essex = Area.objects.get(code="essex")
    make_queue(essex, by=whole_service.hana, at=whole_service.now)
    Area.objects.filter(pk=essex.pk).update(is_worked_in=True)
    thin = "the Essex queue has fewer than two people who can be reached and hold a second factor"
    assert [lack.words for lack in broken_promises(ServiceFacts(whole_service.now))] == [thin]
    Area.objects.filter(pk=essex.pk).update(is_worked_in=False)
    assert broken_promises(ServiceFacts(whole_service.now)) == []


def test_what_cannot_be_looked_at_yet_is_for_later_and_not_done(whole_service: World) -> None:
    world = whole_service
    revoke_queue(world.queue, team=team(CAMBRIDGESHIRE), by=world.hana, at=world.now)
    states = states_of_needs(BEFORE_CONCERN, ServiceFacts(world.now))
    later = [state.need.name for state in states if state.is_later]
    assert later == ["practitioners", "team managers", "MAPPA coordinators"]


@pytest.mark.parametrize(("name", "rung"), [("oz", "team manager"), ("ivor", "MAPPA coordinator")])
def test_somebody_leaves_the_team_and_a_rung_has_nobody(whole_service: World, name: str, rung: str) -> None:
    world = whole_service
    leave_team(world.people[name], team=team(CAMBRIDGESHIRE), by=world.hana, at=world.now)
    is_told_everywhere(world, f"the Cambridgeshire queue has no {rung} who can be reached")


def test_esi_leaves_the_team_and_is_still_named_as_pauls_practitioner(whole_service: World) -> None:
    world = whole_service
    leave_team(world.esi, team=team(CAMBRIDGESHIRE), by=world.hana, at=world.now)
    words = "1 named practitioner of running circles cannot be reached through the Cambridgeshire queue"
    is_told_everywhere(world, words)
    CoreMember.objects.update(practitioner=None)
    assert broken_promises(ServiceFacts(world.now)) == []


def test_the_director_leaves_and_the_last_rung_has_nobody(whole_service: World) -> None:
    holders_leave(whole_service, Role.DIRECTOR)
    is_told_everywhere(whole_service, "no director can be reached, who is told last")


def test_no_safeguarding_lead_breaks_nothing_while_hana_is_told_on_the_same_rung(whole_service: World) -> None:
    world = whole_service
    holders_leave(world, Role.SAFEGUARDING_LEAD)
    assert broken_promises(ServiceFacts(world.now)) == []
    Bounce.objects.create(person=world.hana, channel=Channel.EMAIL, address=world.hana.email, at=world.now)
    assert [lack.words for lack in broken_promises(ServiceFacts(world.now))] == [
        "no manager can be reached",
        "no safeguarding lead can be reached",
    ]


def test_anns_messages_come_back_and_her_circles_first_rung_reaches_nobody(whole_service: World) -> None:
    world = whole_service
    Bounce.objects.create(person=world.ann, channel=Channel.EMAIL, address=world.ann.email, at=world.now)
    is_told_everywhere(world, "no message reaches 1 coordinator of running circles")


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("DELETE FROM concerns_rung WHERE level = 'urgent' AND side = 'agency'", "it has no clock or no rungs"),
        (
            "UPDATE concerns_clock SET day_and_night = false WHERE level = 'urgent' AND side = 'agency'",
            "Immediate and Urgent must be counted day and night",
        ),
    ],
)
def test_a_ladder_that_cannot_be_climbed_is_told_before_a_concern_falls_into_it(
    whole_service: World, broken: str, fault: str
) -> None:
    do_as_administrator(broken)
    is_told_everywhere(whole_service, f"the ladder cannot be climbed, urgent, agency: {fault}")


def test_a_new_service_without_circles_is_red_for_nothing_and_lists_everything(world: World, as_person: As) -> None:
    """As on the first morning: no circle runs, no queue is made. The set-up page has it all."""
    let_app_change("circles_circle")
    CoreMember.objects.update(area=Area.objects.get(code="essex"))
    for queue in Queue.objects.all():
        queue.delete()
    do_as_administrator("UPDATE circles_circle SET status = 'not_started'")
    holders_leave(world, Role.DIRECTOR)
    assert broken_promises(ServiceFacts(world.now)) == []
    first = as_person(world.hana).get("/").content.decode()
    assert "Set the service up" in first
    assert "things are still to do before a circle meets and a concern travels" in first
    page = as_person(world.hana).get(reverse("set_up")).content.decode()
    for words in ("No area is chosen yet", "No director can be reached"):
        assert words in page


def test_each_need_closes_by_what_its_page_does(world: World) -> None:
    staff_norfolk(world)
    Venue.objects.update(assessed_on=None, assessed_until=None)

    def still_open(needs: object) -> set[str]:
        return {state.need.name for state in states_of_needs(needs, ServiceFacts(world.now)) if state.is_open}  # type: ignore[arg-type]

    assert still_open(BEFORE_MEETING) == {"areas", "venues"}
    work_in(world, "cambridgeshire", "essex")
    assert still_open(BEFORE_MEETING) == {"sharing", "venues"}
    hall(world)
    share(world)
    lacks = [lack.words for state in states_of_needs(BEFORE_MEETING, ServiceFacts(world.now)) for lack in state.lacks]
    assert lacks == ["no agreement is in force for Essex"]
    assert still_open(BEFORE_CONCERN) == {"queues", "names", "rota", "rehearsals"}
    sealed_identity(world)
    sealed_identity(world, world.other_core_member)
    assert still_open(BEFORE_CONCERN) == {"queues", "rota", "rehearsals"}
    Agency.objects.filter(kind=Agency.Kind.PROVIDER).update(kind=Agency.Kind.OTHER)
    assert "agencies" in still_open(BEFORE_MEETING)


def test_hana_finds_the_set_up_page_from_her_first_page_and_each_line_says_who_closes_it_where(
    world: World, as_person: As
) -> None:
    work_in(world, "essex")
    hana = as_person(world.hana)
    assert f'href="{reverse("set_up")}"' in hana.get("/").content.decode()
    page = hana.get(reverse("set_up")).content.decode()
    assert "Essex has no queue yet" in page
    assert "Every area has a queue." in page
    assert page.count("A manager can do this.") >= 2
    for need in (*BEFORE_MEETING, *BEFORE_CONCERN):
        assert f'href="{reverse(need.page)}"' in page
        assert hana.get(reverse(need.page)).status_code == 200, need.page


def test_a_worry_that_came_before_the_queue_is_on_hanas_list_until_somebody_moves_it_there(
    whole_service: World,
) -> None:
    world, essex = whole_service, Area.objects.get(code="essex")
    CoreMember.objects.update(area=essex)
    concern = worry(world)
    assert concern.queue is None
    queue = make_queue(essex, by=world.hana, at=world.now)
    grant_queue(queue, team=team(CAMBRIDGESHIRE), by=world.hana, at=world.now)
    name_team_manager(queue, team_manager=world.oz, by=world.hana, at=world.now)
    words = "1 open concern of Essex, Immediate or Urgent, came before there was a queue: move each to it"
    is_told_everywhere(world, words)
    move_to_queue(concern, queue=queue, reason="It has a queue now.", by=world.ann, at=world.now)
    assert broken_promises(ServiceFacts(world.now)) == []
