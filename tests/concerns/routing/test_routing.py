"""Rules say where a concern goes; two people change them; the urgent floor stands whatever they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Area, User
from concerns.choices import Level, Side
from concerns.concern.models import Concern
from concerns.raising.operations import raise_concern
from concerns.routing.models import OrderStatus, Route, RoutingRule, RoutingVersion
from concerns.routing.operations import (
    Facts,
    add_rule,
    approve_routing,
    decline_routing,
    draft_routing,
    facts_of,
    first_route_of,
    propose_routing,
    remove_rule,
    route_concern,
)
from core.errors import MoveNotAllowed, Refused
from offenders.restriction.operations import add_restriction
from tests.concerns.engine.raising import WORDS, people_mailed, worry
from tests.world import World

As = Callable[[User], Client]


def change_routing(world: World, **rule: object) -> RoutingVersion:
    """Hana writes a rule at the top, and Fay puts it in force."""
    draft = draft_routing(by=world.hana, at=world.now)
    add_rule(draft, **{"position": 1, "route": Route.AT_ONCE, **rule}, by=world.hana, at=world.now)  # type: ignore[arg-type]
    propose_routing(draft, why="Children first.", by=world.hana, at=world.now)
    return approve_routing(draft, by=world.fay, at=world.now)


def concern_of_kind(world: World, kind: str, level: Level = Level.PRIORITY) -> Concern:
    return raise_concern(world.ely, submit_key=uuid4(), level=level, words=WORDS, kind=kind, by=world.ben, at=world.now)


def test_the_first_rules_say_what_was_so_before_there_were_rules(world: World) -> None:
    for number, (level, at_once) in enumerate(
        [(Level.IMMEDIATE, True), (Level.URGENT, True), (Level.PRIORITY, False), (Level.LOG, False)], start=1
    ):
        route = route_concern(world.ely, level, "", at=world.now)
        assert route.rule is not None
        assert (route.rule.position, route.at_once, route.queue) == (number, at_once, world.queue)


def test_a_rule_sends_a_priority_worry_about_children_to_the_queue_at_once(world: World) -> None:
    change_routing(world, kind="child_contact")
    concern = concern_of_kind(world, "child_contact")
    assert (concern.queued_at, concern.rule and concern.rule.position) == (world.now, 1)
    assert people_mailed(concern, Side.AGENCY) == ["Esi"]
    assert concern_of_kind(world, "mood").queued_at is None


def test_a_rule_sends_to_the_queue_it_names_and_by_the_order_he_is_under(world: World) -> None:
    change_routing(world, order_status="order", queue=world.norfolk)
    assert concern_of_kind(world, "mood").queue == world.norfolk


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        ({"area": "cambridgeshire"}, True),
        ({"area": "norfolk"}, False),
        ({"level": "log"}, False),
        ({"level": "priority"}, True),
        ({"lead_agency": "police"}, True),
        ({"lead_agency": "probation"}, False),
        ({"order_status": "licence"}, False),
        ({"order_status": "order"}, True),
        ({"kind": "mood"}, True),
        ({"kind": "device"}, False),
    ],
)
def test_every_fact_of_a_rule_must_fit(world: World, rule: dict[str, str], fits: bool) -> None:
    more: dict[str, object] = dict(rule)
    if "area" in more:
        more["area"] = Area.objects.get(code=rule["area"])
    version = change_routing(world, **more)
    found = route_concern(world.ely, Level.PRIORITY, ["mood"], at=world.now).rule
    assert found is not None
    assert found.version == version
    assert (found.position == 1) is fits


def test_immediate_goes_at_once_whatever_a_rule_says_and_without_any(world: World) -> None:
    change_routing(world, route=Route.IN_TURN, kind="mood")
    assert concern_of_kind(world, "mood", Level.IMMEDIATE).queued_at == world.now
    assert first_route_of([], Facts(world.queue.area, Level.URGENT, "", "", "")).at_once
    draft = draft_routing(by=world.hana, at=world.now)
    with pytest.raises(Refused, match="at once"):
        add_rule(draft, position=1, level=Level.URGENT, route=Route.IN_TURN, by=world.hana, at=world.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoutingRule.objects.create(version=draft, position=99, level="urgent", route="in_turn")


def test_the_rules_take_two_people(world: World) -> None:
    draft = draft_routing(by=world.hana, at=world.now)
    with pytest.raises(MoveNotAllowed):
        approve_routing(draft, by=world.fay, at=world.now)
    with pytest.raises(Refused, match="Say why"):
        propose_routing(draft, why=" ", by=world.hana, at=world.now)
    propose_routing(draft, why="Children first.", by=world.hana, at=world.now)
    with pytest.raises(Refused, match="somebody else must approve"):
        approve_routing(draft, by=world.hana, at=world.now)
    with pytest.raises(PermissionDenied):
        approve_routing(draft, by=world.ann, at=world.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoutingVersion.objects.filter(pk=draft.pk).update(approved_by=world.hana)


def test_a_version_in_force_is_not_changed_and_a_running_concern_keeps_its_rule(world: World) -> None:
    concern = worry(world)
    before = concern.rule
    version = change_routing(world, kind="mood")
    with pytest.raises(Refused, match="no longer being written"):
        add_rule(version, position=1, route=Route.AT_ONCE, by=world.hana, at=world.now)
    with pytest.raises(Refused, match="no longer being written"):
        remove_rule(version, position=1, by=world.hana, at=world.now)
    concern.refresh_from_db()
    assert concern.rule == before


def test_rules_move_down_and_up_and_there_is_one_draft(world: World) -> None:
    draft = draft_routing(by=world.hana, at=world.now)
    with pytest.raises(Refused, match="already"):
        draft_routing(by=world.fay, at=world.now)
    add_rule(draft, position=2, kind="mood", route=Route.IN_TURN, by=world.hana, at=world.now)
    kinds = [rule.kind for rule in RoutingRule.objects.of(draft)]
    assert kinds == ["", "mood", "", "", ""]
    remove_rule(draft, position=1, by=world.hana, at=world.now)
    assert [rule.position for rule in RoutingRule.objects.of(draft)] == [1, 2, 3, 4]
    declined = decline_routing(draft, by=world.fay, at=world.now)
    assert RoutingVersion.objects.in_force(world.now) != declined


def test_the_preview_says_where_and_because_of_which_rule(world: World, as_person: As) -> None:
    version = change_routing(world, kind="child_contact")
    asked = {"level": "priority", "kind": "child_contact", "area": "cambridgeshire"}
    page = as_person(world.ivor).get(version.get_absolute_url(), asked).content.decode()
    assert "the coordinator and the Cambridgeshire queue at once" in page
    assert 'href="#rule-1">rule 1</a> fits' in page


def test_the_queue_says_the_rule_in_words(world: World, as_person: As) -> None:
    change_routing(world, kind="child_contact")
    concern_of_kind(world, "child_contact")
    page = as_person(world.esi).get(world.queue.get_absolute_url()).content.decode()
    assert "Rule 1: any level, contact with children" in page


def test_somebody_on_licence_is_routed_by_that_before_any_order_and_by_neither_once_both_ended(world: World) -> None:
    def status(at: datetime) -> str:
        return facts_of(world.ely, Level.URGENT, [], at=at).order_status

    assert status(world.now) == OrderStatus.ORDER
    add_restriction(
        world.core_member,
        source="licence",
        plain_words="He lives at the hostel.",
        starts_on=world.now.date(),
        by=world.ann,
        at=world.now,
    )
    assert status(world.now) == OrderStatus.LICENCE
    assert status(world.now - timedelta(days=900)) == OrderStatus.NONE


def test_hana_removes_a_rule_by_its_button_and_is_told_that_a_draft_is_begun_already(
    world: World, as_person: As
) -> None:
    draft, hana = draft_routing(by=world.hana, at=world.now), as_person(world.hana)
    rules = RoutingRule.objects.filter(version=draft)
    before = rules.count()
    hana.post(reverse("concerns:decide_routing", args=[draft.reference]), {"what": "1"})
    assert rules.count() == before - 1
    told = hana.post(reverse("concerns:draft_routing"), follow=True).content.decode()
    assert "Somebody is writing a new version already." in told
