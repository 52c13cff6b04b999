"""Referrals at each state, for Ann, from an officer in Cambridgeshire whose address is secure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.models import Area
from circles.sharing_agreement.models import SharingAgreement
from circles.sharing_agreement.operations import add_sharing_agreement
from offenders.eligibility.models import CriteriaSet, Criterion
from offenders.eligibility.operations import Given, answer_criteria, begin_screening, pass_screening
from offenders.panel.decision_operations import defer_referral
from offenders.panel.models import Seat
from offenders.panel.operations import (
    assess_volunteer_risk,
    complete_assessment,
    give_view,
    seat_member,
    sign_off_assessment,
)
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.models import Referral
from offenders.referral.operations import start_referral, submit_referral
from offenders.referral.questions import Kind, Question
from offenders.referral.screening_operations import acknowledge_referral, ask_for_information, decline_referral
from offenders.referral.sections import SECTIONS
from tests.world import World

DAY = timedelta(days=1)
SAID = {"agrees": "yes", "category": "1", "level": "1", "lead_agency": "police"}


def share_in(area: Area, world: World) -> SharingAgreement:
    today = world.now.date()
    return add_sharing_agreement(
        area=area,
        parties="Police, probation",
        version="1",
        signed_on=today - 30 * DAY,
        review_on=today + 300 * DAY,
        by=world.hana,
        at=world.now,
    )


def started(world: World) -> Referral:
    """Ann has written down that an officer asks about somebody. The agencies of the area share with the charity."""
    cambridgeshire = Area.objects.get(code="cambridgeshire")
    if not SharingAgreement.objects.filter(area=cambridgeshire).exists():
        share_in(cambridgeshire, world)
    return start_referral(
        area=cambridgeshire,
        coordinator=world.ann,
        referrer_name="Nia Corbett",
        referrer_role="Probation practitioner",
        referrer_agency="Probation, East of England",
        referrer_mail="nia.corbett@justice.gov.uk",
        by=world.ann,
        at=world.now,
    )


def answer_to(question: Question) -> Any:
    if question.name in SAID:
        return SAID[question.name]
    return question.choices[0][0] if question.kind == Kind.CHOICE else "He sees nobody but his sister."


def filled(world: World) -> Referral:
    """The same, with what is needed answered."""
    referral = started(world)
    SectionAnswers.objects.bulk_create(
        SectionAnswers(
            referral=referral,
            section=name,
            answers={question.name: answer_to(question) for question in section.needed},
            saved_at=world.now,
            saved_by=world.ann,
        )
        for name, section in SECTIONS.items()
    )
    return referral


def submitted(world: World) -> Referral:
    return submit_referral(filled(world), by=world.ann, at=world.now)


def in_screening(world: World) -> Referral:
    return acknowledge_referral(submitted(world), by=world.ann, at=world.now)


def waiting(world: World) -> Referral:
    """The referrer was asked for something."""
    return ask_for_information(in_screening(world), asked_for="Where will he live?", by=world.ann, at=world.now)


def criteria_in_force() -> CriteriaSet:
    return CriteriaSet.objects.in_force().get()


def screened(world: World, **otherwise: str) -> Referral:
    """Every criterion is answered as it should be, but those of these kinds."""
    referral = in_screening(world)
    criteria = criteria_in_force()
    begin_screening(referral, criteria=criteria, by=world.ann, at=world.now)
    answers = {"mandatory": "yes", "advisory": "yes", "exclusion": "no"} | otherwise
    given = {each.pk: Given(answers[each.kind], "OASys.") for each in Criterion.objects.filter(criteria=criteria)}
    answer_criteria(referral, given=given, by=world.ann, at=world.now)
    return referral


def in_assessment(world: World) -> Referral:
    return pass_screening(screened(world), by=world.ann, at=world.now)


def assessed(world: World) -> Referral:
    """Ann and Fay have signed it off, and assessed the risk to volunteers."""
    referral = in_assessment(world)
    for person in (world.ann, world.fay):
        sign_off_assessment(referral, words="I talked to him twice.", by=person, at=world.now)
        assess_volunteer_risk(referral, rating="low", words="No violence.", by=person, at=world.now)
    return referral


def with_panel(world: World) -> Referral:
    """The panel has it; Esi sits on it."""
    referral = assessed(world)
    seat_member(referral, person=world.esi, by=world.ann, at=world.now)
    return complete_assessment(referral, by=world.ann, at=world.now)


def viewed(world: World) -> Referral:
    """Esi has given her view."""
    referral = with_panel(world)
    give_view(Seat.objects.get(referral=referral), view="accept", reasons="He is ready.", by=world.esi, at=world.now)
    return referral


def deferred(world: World) -> Referral:
    return defer_referral(
        with_panel(world), until=(world.now + 30 * DAY).date(), reasons="He moves house.", by=world.ann, at=world.now
    )


def declined(world: World) -> Referral:
    return decline_referral(
        in_screening(world),
        reason="not_now",
        advice="Write again when he has a home.",
        why="He denies it.",
        by=world.ann,
        at=world.now,
    )


def declined_by_panel(world: World) -> Referral:
    return decline_referral(
        viewed(world), reason="not_now", advice="Write again in a year.", why="The panel.", by=world.ann, at=world.now
    )
