"""Decide by the rules where a concern goes; and change the rules, which needs two people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import Area, User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.models import Circle
from concerns.choices import Level
from concerns.queue.models import Queue
from concerns.routing.access import RoutingAccess
from concerns.routing.models import OrderStatus, Route, RoutingRule, RoutingVersion
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON
from offenders.restriction.models import Restriction

ORDERS = {Restriction.Source.SHPO, Restriction.Source.NOTIFICATION}


@dataclass(frozen=True)
class Facts:
    """What rules look at in a concern."""

    area: Area | None
    level: Level
    kinds: Sequence[str]
    lead_agency: str
    order_status: str


@dataclass(frozen=True)
class Routed:
    """Where a concern goes, and the rule that decided it. Without a rule the level decides alone."""

    rule: RoutingRule | None
    queue: Queue | None
    at_once: bool


def facts_of(circle: Circle, level: Level, kinds: Sequence[str], *, at: datetime) -> Facts:
    """What rules look at, for a concern raised about this circle at that moment."""
    core_member = circle.core_member
    sources = set(core_member.restrictions.in_force(at.astimezone(LONDON).date()).values_list("source", flat=True))
    status = OrderStatus.NONE
    if Restriction.Source.LICENCE in sources:
        status = OrderStatus.LICENCE
    elif sources & ORDERS:
        status = OrderStatus.ORDER
    return Facts(core_member.area, level, kinds, core_member.lead_agency, status)


def _fits(rule: RoutingRule, facts: Facts) -> bool:
    """Whether a rule fits. A field that it leaves empty fits everything."""
    return (
        (rule.area_id is None or (facts.area is not None and rule.area_id == facts.area.pk))
        and rule.level in {"", facts.level}
        and rule.kind in {"", *facts.kinds}
        and rule.lead_agency in {"", facts.lead_agency}
        and rule.order_status in {"", facts.order_status}
    )


def first_route_of(rules: Iterable[RoutingRule], facts: Facts) -> Routed:
    """Where a concern goes: the first rule that fits decides. Immediate and Urgent go at once whatever it says.

    A concern of several kinds is routed for each kind alone; a rule that tells the agencies at once wins.
    """
    rules = list(rules)
    alone = [replace(facts, kinds=[kind]) for kind in facts.kinds] or [facts]
    found = [next((rule for rule in rules if _fits(rule, each)), None) for each in alone]
    deciding = sorted(
        (rule for rule in found if rule is not None), key=lambda rule: (rule.route != Route.AT_ONCE, rule.position)
    )
    rule = deciding[0] if deciding else None
    queue = rule.queue if rule is not None else None
    if queue is None:
        queue = Queue.objects.select_related("area").filter(area=facts.area).first()
    at_once = facts.level.tells_agency_at_once or (rule is not None and rule.route == Route.AT_ONCE)
    return Routed(rule, queue, at_once)


def route_concern(circle: Circle, level: Level, kinds: Sequence[str], *, at: datetime) -> Routed:
    """Where a concern raised at that moment goes, by the rules in force then."""
    version = RoutingVersion.objects.in_force(at)
    rules = list(RoutingRule.objects.of(version)) if version is not None else []
    return first_route_of(rules, facts_of(circle, level, kinds, at=at))


@transaction.atomic
def draft_routing(*, by: User, at: datetime) -> RoutingVersion:
    """Begin a new version as a copy of the one in force. There is one draft at a time."""
    RoutingAccess(by).require(RoutingAccess.propose_routing)
    if RoutingVersion.objects.select_for_update().filter(status=RoutingVersion.Status.DRAFT).exists():
        raise Refused("Somebody is writing a new version already. Open that one.")
    number = (RoutingVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    before = RoutingVersion.objects.in_force(at)
    draft = RoutingVersion.objects.create(reference=unused_reference(RoutingVersion, "RT"), number=number)
    for rule in RoutingRule.objects.of(before) if before is not None else []:
        rule.pk, rule.version = None, draft
        rule._state.adding = True
        rule.save()
    write_entry(Act.COLLECTED, draft, by=by, at=at)
    return draft


@transaction.atomic
def add_rule(
    version: RoutingVersion,
    *,
    position: int,
    route: Route,
    area: Area | None = None,
    level: str = "",
    kind: str = "",
    lead_agency: str = "",
    order_status: str = "",
    queue: Queue | None = None,
    by: User,
    at: datetime,
) -> RoutingRule:
    """Put a rule into a draft at this position. The rules from there on move down by one."""
    version = _lock_draft(version, by)
    if level in {Level.IMMEDIATE, Level.URGENT} and route != Route.AT_ONCE:
        raise Refused("Immediate and Urgent go to the queue at once. Choose that.", field="route")
    rules = list(RoutingRule.objects.of(version))
    position = max(1, min(position, len(rules) + 1))
    for rule in reversed([each for each in rules if each.position >= position]):
        rule.position += 1
        rule.save(update_fields=["position"])
    write_entry(Act.ALTERED, version, by=by, at=at, note="rule added")
    return RoutingRule.objects.create(
        version=version,
        position=position,
        area=area,
        level=level,
        kind=kind,
        lead_agency=lead_agency,
        order_status=order_status,
        route=route,
        queue=queue,
    )


@transaction.atomic
def remove_rule(version: RoutingVersion, *, position: int, by: User, at: datetime) -> RoutingVersion:
    """Remove a rule from a draft. The rules after it move up."""
    version = _lock_draft(version, by)
    RoutingRule.objects.filter(version=version, position=position).delete()
    for rule in RoutingRule.objects.of(version).filter(position__gt=position):
        rule.position -= 1
        rule.save(update_fields=["position"])
    write_entry(Act.ALTERED, version, by=by, at=at, note="rule removed")
    return version


@transaction.atomic
def propose_routing(version: RoutingVersion, *, why: str, by: User, at: datetime) -> RoutingVersion:
    """Propose a draft, so that a second person can put it in force."""
    version = _lock_draft(version, by)
    if not why.strip():
        raise Refused("Say why the rules change.", field="why")
    version.why, version.proposed_at, version.proposed_by = why.strip(), at, by
    version.move(RoutingVersion.Status.PROPOSED, by=by, at=at)
    write_entry(Act.ALTERED, version, by=by, at=at, note="proposed")
    return version


@transaction.atomic
def approve_routing(version: RoutingVersion, *, by: User, at: datetime) -> RoutingVersion:
    """Put a proposed version in force, as the second person. It is for new concerns; others keep their route."""
    version = RoutingVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    RoutingAccess(by).require(RoutingAccess.approve_routing)
    if version.proposed_by_id == by.pk:
        raise Refused("You proposed it, so somebody else must approve it.")
    version.approved_by, version.in_force_from = by, at
    version.move(RoutingVersion.Status.IN_FORCE, by=by, at=at)
    write_entry(Act.ALTERED, version, by=by, at=at, note="in force")
    return version


@transaction.atomic
def decline_routing(version: RoutingVersion, *, by: User, at: datetime) -> RoutingVersion:
    """Decline a proposed version, or throw a draft away. It is kept as it was."""
    version = RoutingVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    RoutingAccess(by).require(RoutingAccess.approve_routing)
    version.move(RoutingVersion.Status.DECLINED, by=by, at=at)
    write_entry(Act.ALTERED, version, by=by, at=at, note="declined")
    return version


def _lock_draft(version: RoutingVersion, by: User) -> RoutingVersion:
    """Lock a version that may still be changed. Raises Refused where it is no longer a draft."""
    RoutingAccess(by).require(RoutingAccess.propose_routing)
    found = RoutingVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if found.status != RoutingVersion.Status.DRAFT:
        raise Refused("This version is no longer being written. Begin a new one.")
    return found
