"""What the agency said in the referral stands in his record once he is accepted, as told by it and not checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert
from core.errors import Refused
from offenders.contact.models import Contact
from offenders.core_member.models import CoreMember
from offenders.panel.decision_operations import accept_referral
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.models import Referral, ReferralEvent
from offenders.restriction.models import Restriction
from offenders.restriction.operations import vary_restriction, verify_restrictions
from offenders.risk.models import RiskAssessment, RiskNote
from tests.offenders.referral.referrals import viewed
from tests.world import World

SAID: dict[str, list[dict[str, Any]]] = {
    "status": [
        {
            "order": "licence",
            "order_from": "2026-01-10",
            "order_until": "2029-01-10",
            "shpo": "yes",
            "prohibitions": "No contact with Maisie, " + "and no parks, " * 30,
            "licence_conditions": "Home by nine.",
            "exclusion_zones": "CB7 and PE13, and the school.",
            "registered": "until_a_day",
            "registered_until": "2020-01-01",
            "monitoring": "yes",
        }
    ],
    "professionals": [
        {"role": "police_sergeant", "name": "Moira Lane", "telephone": "01632 960 400", "mail": "m.lane@gmail.test"},
        {"role": "key_worker_of_his_hostel_or_approved_pre", "name": "Sid", "telephone": "01632 960 401"},
        {"role": "police_offender_manager", "name": "Kay Dunn"},
    ],
    "tools": [
        {"tool": "arms", "result": "high", "assessed_on": "2026-02-01", "assessor": "Sgt Lane"},
        {"tool": "osp_dc", "result": "not_assessed", "assessed_on": "2026-02-01"},
    ],
    "mappa": [{"category": "1", "level": "2", "lead_agency": "police", "next_meeting": "2027-01-05"}],
}


@pytest.fixture
def referral(world: World) -> Referral:
    """Everybody is for him, and the officer has answered every question that says something of his record."""
    referral = viewed(world)
    rows = SectionAnswers.objects.filter(referral=referral)
    rows.filter(section__in=SAID).delete()
    SectionAnswers.objects.bulk_create(
        SectionAnswers(referral=referral, section=section, number=number, answers=answers, saved_at=world.now)
        for section, parts in SAID.items()
        for number, answers in enumerate(parts, start=1)
    )
    return referral


@pytest.fixture
def core_member(world: World, referral: Referral) -> CoreMember:
    facts: dict[str, Any] = {"category": 1, "level": 2, "lead_agency": "police", "practitioner": world.esi}
    return accept_referral(referral, reasons="All are for him.", by=world.hana, at=world.now, **facts)


def test_what_the_officer_told_stands_in_his_record_and_esi_and_ann_are_told(
    world: World, core_member: CoreMember
) -> None:
    told = Restriction.objects.filter(core_member=core_member, told_by_referrer=True, verified_on=None)
    assert sorted(told.values_list("source", "avoids_district", "kept_from_volunteers", "ends_on")) == [
        ("licence", "", False, date(2029, 1, 10)),
        ("licence", "", True, date(2029, 1, 10)),
        ("licence", "CB7", True, date(2029, 1, 10)),
        ("licence", "PE13", True, date(2029, 1, 10)),
        ("shpo", "", True, None),
    ]
    assert told.get(source="shpo").exact_words == SAID["status"][0]["prohibitions"].strip()
    assert "Maisie" not in " ".join(told.shown_to(world.ben).values_list("plain_words", flat=True))
    contact = Contact.objects.get(core_member=core_member)
    assert (contact.name, contact.verified_on, contact.secure_mail, contact.told_by_referrer) == (
        *("Moira Lane", None, "", True),
    )
    assessment = RiskAssessment.objects.get(core_member=core_member)
    assert (assessment.tool, assessment.band, assessment.assessor) == ("arms", 3, "Sgt Lane")
    assert RiskNote.objects.get(core_member=core_member).words == (
        "As the referrer told it.\nWhom he sees, and how alone he is: He sees nobody but his sister."
    )
    core_member.refresh_from_db()
    assert core_member.next_mappa_meeting_on == date(2027, 1, 5)
    alerts = Alert.objects.filter(key__startswith=f"{core_member.reference}:", channel="inbox")
    assert {alert.recipient for alert in alerts} == {world.esi, world.ann}


def test_what_could_not_be_copied_is_named_in_the_referral(core_member: CoreMember) -> None:
    left = ReferralEvent.objects.get(what__startswith="Copied").detail
    for said in (
        "He is on the register",
        "Sid: no agency",
        "Kay Dunn: no telephone",
        "OSP/DC, direct contact: it has no",
    ):
        assert said in left


def test_the_page_to_put_it_into_words_begins_with_none_of_the_officers(
    world: World, core_member: CoreMember, as_person: Callable[[User], Client]
) -> None:
    order = Restriction.objects.get(core_member=core_member, source="shpo")
    page: Any = as_person(world.ann).get(reverse("offenders:vary_restriction", args=[core_member.reference, order.pk]))
    first = page.context["form"].initial
    assert (first["plain_words"], first["kept_from_volunteers"], first["starts_on"]) == ("", False, order.starts_on)
    assert "Maisie" in first["exact_words"]
    assert "Put it into words for volunteers" in page.content.decode()


def test_ann_puts_the_officers_words_into_words_for_volunteers_before_they_are_read_over(
    world: World, core_member: CoreMember
) -> None:
    with pytest.raises(Refused, match="Put each into words for volunteers first"):
        verify_restrictions(core_member, by=world.ann, at=world.now)
    today = world.now.date()
    for restriction in Restriction.objects.in_referrers_words().filter(core_member=core_member):
        vary_restriction(
            restriction,
            source=restriction.source,
            plain_words="He is home by nine.",
            starts_on=today,
            verified_with="Sgt Lane, police",
            verified_on=today,
            by=world.ann,
            at=world.now,
        )
    assert verify_restrictions(core_member, by=world.ann, at=world.now).restrictions_verified_by == world.ann
