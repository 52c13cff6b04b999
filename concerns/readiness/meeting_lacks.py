"""What is lacking before the first circle may meet."""

from __future__ import annotations

from accounts.access import Role
from concerns.readiness.facts import ServiceFacts
from concerns.readiness.lacks import Lack, lack_unless


def lacks_of_areas(facts: ServiceFacts) -> list[Lack]:
    chosen = any(area.is_worked_in for area in facts.areas)
    return lack_unless(chosen, "no area is chosen yet", "accounts:areas")


def lacks_of_agencies(facts: ServiceFacts) -> list[Lack]:
    return [
        *lack_unless(facts.counts["providers"], "your own charity is not added yet", "accounts:add_agency"),
        *lack_unless(facts.counts["other agencies"], "no police or probation is added yet", "accounts:add_agency"),
    ]


def lacks_of_coordinators(facts: ServiceFacts) -> list[Lack]:
    words = "no coordinator has joined whom a message reaches"
    return lack_unless(facts.holders_of(Role.COORDINATOR), words, "accounts:invite")


def lacks_of_texts(facts: ServiceFacts) -> list[Lack]:
    return lack_unless(facts.counts["agreements"], "no agreement is published", "circles:publish_agreement")


def lacks_of_programmes(facts: ServiceFacts) -> list[Lack]:
    return lack_unless(facts.counts["programmes"], "there is no programme", "circles:programmes")


def lacks_of_sharing(facts: ServiceFacts) -> list[Lack]:
    return [
        Lack(f"no agreement is in force for {area.name}", "circles:add_sharing", query=f"?area={area.pk}")
        for area in facts.areas
        if area.is_worked_in and not area.shares
    ]


def lacks_of_venues(facts: ServiceFacts) -> list[Lack]:
    return lack_unless(facts.counts["venues"], "no place has a risk assessment that holds today", "circles:venues")


def lacks_of_volunteers(facts: ServiceFacts) -> list[Lack]:
    words = "no volunteer may be placed yet"
    return lack_unless(facts.counts["volunteers"], words, "volunteers:volunteers")


def lacks_of_core_members(facts: ServiceFacts) -> list[Lack]:
    return lack_unless(facts.counts["core members"], "no core member is accepted yet", "offenders:core_members")


def lacks_of_circles(facts: ServiceFacts) -> list[Lack]:
    return lack_unless(facts.counts["circles"], "no circle is proposed yet", "circles:propose")
