"""What is lacking before a concern can travel: queues, their people, and somebody on every rung of the ladder."""

from __future__ import annotations

from typing import Any

from accounts.access import Role
from concerns.readiness.facts import ServiceFacts
from concerns.readiness.lacks import Lack, lack_unless
from core.counts import counted

LEAST_PEOPLE = 2
"""A queue needs so many people whom a message reaches: one may be away."""


def lacks_of_queues(facts: ServiceFacts) -> list[Lack]:
    """Areas without a queue. With a running circle, the agencies hear of none of its concerns."""
    lacks = []
    for area in facts.areas:
        if area.queue_reference:
            continue
        words = f"{area.name} has a circle and no queue: no agency hears of its concerns"
        lacks.append(
            Lack(words if area.runs else f"{area.name} has no queue yet", "concerns:set_up_queues", breaks=area.runs)
        )
    return lacks


def lacks_of_workers(facts: ServiceFacts) -> list[Lack]:
    """Queues with fewer than two active people whom a message reaches and who have a second factor to sign in with."""
    words = "has fewer than two people who can be reached and hold a second factor"
    return [
        Lack(f"the {area.name} queue {words}", "concerns:set_up_queue", (area.queue_reference,), breaks=True)
        for area in facts.queues
        if len(facts.reached_with_factor(area.workers)) < LEAST_PEOPLE
    ]


def lacks_of_team_managers(facts: ServiceFacts) -> list[Lack]:
    return [
        _nobody_on_rung(area, "team manager")
        for area in facts.queues
        if area.workers and not facts.reached_with_factor({area.team_manager} & set(area.workers))
    ]


def lacks_of_mappa_coordinators(facts: ServiceFacts) -> list[Lack]:
    coordinators = facts.holders_of(Role.MAPPA_COORDINATOR)
    return [
        _nobody_on_rung(area, "MAPPA coordinator")
        for area in facts.queues
        if area.workers and not facts.reached_with_factor(coordinators & set(area.workers))
    ]


def _nobody_on_rung(area: Any, rung: str) -> Lack:
    words = f"the {area.name} queue has no {rung} who can be reached"
    return Lack(words, "concerns:set_up_queue", (area.queue_reference,), breaks=True)


def lacks_of_concerns(facts: ServiceFacts) -> list[Lack]:
    """Concerns that should have gone at once, raised before their area had a queue. It has one now, and they wait."""
    lacks = []
    for area in facts.queues:
        if area.in_no_queue:
            concerns = counted(len(area.in_no_queue), "open concern", "open concerns")
            words = f"{concerns} of {area.name}, Immediate or Urgent, came before there was a queue: move each to it"
            lacks.append(Lack(words, "concerns:all", breaks=True))
    return lacks


def lacks_of_practitioners(facts: ServiceFacts) -> list[Lack]:
    """Practitioners whom somebody named and whom no concern reaches, because they do not work the area's queue."""
    lacks = []
    for area in facts.queues:
        lost = set(area.practitioners) - facts.reached_with_factor(area.workers)
        if lost and area.workers:
            people = counted(len(lost), "named practitioner", "named practitioners")
            words = f"{people} of running circles cannot be reached through the {area.name} queue"
            lacks.append(Lack(words, "concerns:set_up_queue", (area.queue_reference,), breaks=True))
    return lacks


def lacks_of_leads(facts: ServiceFacts) -> list[Lack]:
    """The rung of the manager and the safeguarding lead. It breaks where nobody of it is reached."""
    managers, leads = facts.holders_of(Role.MANAGER), facts.holders_of(Role.SAFEGUARDING_LEAD)
    breaks = facts.has_a_running_circle and not managers | leads
    return [
        *lack_unless(managers, "no manager can be reached", "accounts:invite", breaks=breaks),
        *lack_unless(leads, "no safeguarding lead can be reached", "accounts:invite", breaks=breaks),
    ]


def lacks_of_directors(facts: ServiceFacts) -> list[Lack]:
    words = "no director can be reached, who is told last"
    directors = facts.holders_of(Role.DIRECTOR)
    return lack_unless(directors, words, "accounts:invite", breaks=facts.has_a_running_circle)


def lacks_of_circles_coordinators(facts: ServiceFacts) -> list[Lack]:
    """Coordinators of running circles who can sign in and whom no message reaches. Of one who left, a manager is told."""
    lost = {pk for area in facts.areas for pk in area.coordinators if pk in facts.people} - facts.reached
    people = counted(len(lost), "coordinator", "coordinators")
    return [Lack(f"no message reaches {people} of running circles", "accounts:people", breaks=True)] if lost else []


def lacks_of_ladder(facts: ServiceFacts) -> list[Lack]:
    return [
        Lack(
            f"the ladder cannot be climbed, {level.label.lower()}, {side.label.lower()}: {fault}",
            "concerns:ladder",
            breaks=True,
        )
        for level, side, fault in facts.ladder_faults
    ]


def lacks_of_routing(facts: ServiceFacts) -> list[Lack]:
    return lack_unless(facts.counts["routing"], "no routing rules are in force", "concerns:routing")


def lacks_of_rota(facts: ServiceFacts) -> list[Lack]:
    words = "nobody is on call now: the number that is always answered is shown"
    return lack_unless(facts.counts["shifts"], words, "concerns:rota")


def lacks_of_names(facts: ServiceFacts) -> list[Lack]:
    """Core members of whom nobody has written down who they are: an officer cannot see whom a concern is about."""
    unnamed = facts.counts["core members without a name"]
    words = f"{counted(unnamed, 'core member has', 'core members have')} no name written down"
    return lack_unless(not unnamed, words, "offenders:core_members")


def lacks_of_domains(facts: ServiceFacts) -> list[Lack]:
    return lack_unless(facts.counts["domains"], "the list is empty", "offenders:secure_domains")


def lacks_of_rehearsals(facts: ServiceFacts) -> list[Lack]:
    return [
        Lack(f"the {area.name} queue was never rehearsed", "concerns:drills")
        for area in facts.queues
        if area.workers and not area.rehearsed
    ]
