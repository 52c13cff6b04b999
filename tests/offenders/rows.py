"""The rows of the page table for core members."""

from __future__ import annotations

from typing import Any

from accounts.models import Agency, Area
from offenders.contact.models import Contact
from offenders.contact.operations import add_contact
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import accept_core_member
from offenders.secure_domain.models import SecureDomain
from tests.table import Page, everybody, who
from tests.world import World

DOMAINS = (
    "coordinator",
    "coordinator elsewhere",
    "manager",
    "safeguarding lead",
    "director",
    "data-protection lead",
)
SEE = ("coordinator", "manager", "safeguarding lead")


def add_two_core_members(world: World) -> None:
    for _ in range(2):
        accept_core_member(
            category=1,
            level=1,
            lead_agency="police",
            area=Area.objects.get(code="norfolk"),
            coordinator=world.ann,
            by=world.ann,
            at=world.now,
        )


def contact_address(world: World) -> list[Any]:
    police = Agency.objects.get(kind="police")
    contact = add_contact(
        world.core_member,
        name="Sgt Esi Okafor",
        role="Case officer",
        agency=police,
        telephone="01632 960 400",
        by=world.ann,
        at=world.now,
    )
    return [world.core_member.reference, contact.reference]


def contact_address_of_him(world: World) -> list[Any]:
    return contact_address(world)[:1]


def name_another(world: World) -> None:
    contact_address(world)


def nhs_domain_address(world: World) -> list[Any]:
    return [SecureDomain.objects.get(name="nhs.net").pk]


PAGES = [
    Page(
        "offenders:core_members",
        opens=everybody(),
        queries=8,
        grows=add_two_core_members,
    ),
    Page(
        "offenders:bring_over",
        opens=who("manager", otherwise=403),
        queries=8,
    ),
    Page("offenders:core_member", of=lambda world: [world.core_member.reference], opens=who(*SEE), queries=7),
    Page("offenders:change_lead", of=lambda world: [world.core_member.reference], opens=who(*SEE), queries=8),
    Page(
        "offenders:change_lead",
        of=lambda world: [world.core_member.reference],
        opens=who(*SEE),
        posts=lambda world: {
            "lead_agency": "probation",
            "why": "His licence ended.",
            "changed_on_day": "1",
            "changed_on_month": "2",
            "changed_on_year": "2026",
        },
    ),
    Page("offenders:add_restriction", of=lambda world: [world.core_member.reference], opens=who(*SEE), queries=6),
    Page(
        "offenders:add_restriction",
        of=lambda world: [world.core_member.reference],
        opens=who(*SEE),
        posts=lambda world: {
            "source": "shpo",
            "category": "places",
            "plain_words": "No parks.",
            "starts_on_day": "1",
            "starts_on_month": "2",
            "starts_on_year": "2026",
        },
    ),
    Page("offenders:contacts", of=contact_address_of_him, opens=who(*SEE), queries=7, grows=name_another),
    Page("offenders:add_contact", of=lambda world: [world.core_member.reference], opens=who(*SEE), queries=8),
    Page("offenders:verify_contact", of=contact_address, opens=who(*SEE), queries=7),
    Page("offenders:verify_contact", of=contact_address, opens=who(*SEE), posts=lambda world: {}),
    Page("offenders:change_contact", of=contact_address, opens=who(*SEE), queries=9),
    Page(
        "offenders:change_contact",
        of=contact_address,
        opens=who(*SEE),
        posts=lambda world: {
            "name": "Sgt Esi Okafor",
            "role": "Case officer",
            "agency": Agency.objects.get(kind="police").pk,
            "telephone": "01632 960 499",
        },
        makes=lambda world: Contact.objects.filter(telephone__contains="960499").exists(),
    ),
    Page("offenders:end_contact", of=contact_address, opens=who(*SEE), queries=7),
    Page("offenders:verify_restrictions", of=lambda world: [world.core_member.reference], opens=who(*SEE), queries=7),
    Page(
        "offenders:verify_restrictions",
        of=lambda world: [world.core_member.reference],
        opens=who(*SEE),
        posts=lambda world: {},
        makes=lambda world: CoreMember.objects.exclude(restrictions_verified_at=None).exists(),
    ),
    Page("offenders:secure_domains", opens=who(*DOMAINS, otherwise=403), queries=5),
    Page(
        "offenders:secure_domains",
        opens=who("manager", otherwise=403),
        posts=lambda world: {"name": "example.police.uk"},
    ),
    Page(
        "offenders:end_secure_domain",
        of=nhs_domain_address,
        opens=who("manager", otherwise=403),
        posts=lambda world: {},
    ),
]
