"""Loads a referral at each state: from one that is still being written to one that was accepted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import Area, User
from embedded.alerts import settle_past_alerts
from offenders.eligibility.models import CriteriaSet, Criterion
from offenders.eligibility.operations import Given, answer_criteria, begin_screening, pass_screening
from offenders.panel.decision_operations import accept_referral, defer_referral
from offenders.panel.models import Seat
from offenders.panel.operations import (
    assess_volunteer_risk,
    complete_assessment,
    give_view,
    seat_member,
    sign_off_assessment,
)
from offenders.referral.models import Referral
from offenders.referral.operations import save_section, start_referral, submit_referral
from offenders.referral.questions import Kind, Question
from offenders.referral.screening_operations import (
    acknowledge_referral,
    ask_for_information,
    decline_referral,
    lapse_referrals,
    note_document,
    withdraw_referral,
)
from offenders.referral.sections import SECTIONS

DAY = timedelta(days=1)

SAID: dict[str, Any] = {
    "agrees": "yes",
    "motivated": "yes",
    "open": "yes",
    "age_band": "40_to_54",
    "offence": "Making indecent images of children",
    "category": "1",
    "level": "1",
    "lead_agency": "police",
    "isolation": "He lives alone in a bedsit and sees his probation practitioner once a week. Nobody else rings.",
    "relationships": "His brother visits at Christmas.",
    "leisure": "He mends radios, and would like to do it where others are.",
    "triggers": "Evenings alone after a bad day at work.",
    "order": "licence",
    "prohibitions": "Using any device that can go online without software that police have installed.",
    "licence_conditions": "To be at home from nine at night until six in the morning.",
    "exclusion_zones": "The postcode district CB6, where the family lives.",
    "assessed_on": date(2026, 1, 19),
    "result": "high",
    "name": "Nia Corbett",
    "telephone": "01632 960 455",
    "own_words": "I want to have somebody to talk to before it gets bad, and not after.",
}
"""What every referral says; the rest of what is needed is the first answer that is offered."""


@dataclass(frozen=True)
class InventedReferral:
    """Who refers, to whom, how many days ago, and what became of it."""

    referrer: str
    agency: str
    coordinator: str
    area: str
    days_ago: int
    tell: Callable[[Referral, Mapping[str, User], datetime], object]


def load_referrals(people: Mapping[str, User], *, at: datetime) -> None:
    """Tell every referral, and settle what was sent about it."""
    for invented in REFERRALS:
        begun_at = at - invented.days_ago * DAY
        coordinator = people[invented.coordinator]
        referral = start_referral(
            area=Area.objects.get(code=invented.area),
            coordinator=coordinator,
            referrer_name=invented.referrer,
            referrer_role="Probation practitioner",
            referrer_agency=invented.agency,
            referrer_mail=f"{invented.referrer.lower().replace(' ', '.')}@justice.gov.uk",
            by=coordinator,
            at=begun_at,
        )
        invented.tell(referral, people, begun_at)
        settle_past_alerts(f"{referral.reference}:", at=at)
    lapse_referrals(at=at)


def _answer_of(question: Question) -> Any:
    if question.name in SAID:
        return SAID[question.name]
    if not question.needed:
        return None
    return question.choices[0][0] if question.kind == Kind.CHOICE else "As the report says."


def _fill(referral: Referral, people: Mapping[str, User], at: datetime) -> Referral:
    for name, section in SECTIONS.items():
        answers = {question.name: _answer_of(question) for question in section.questions}
        save_section(referral, section=name, answers=answers, by=referral.coordinator, at=at)
    return referral


def _begin(referral: Referral, people: Mapping[str, User], at: datetime) -> None:
    """Only the first page is written."""
    save_section(
        referral, section="person", answers={"age_band": "25_to_39", "sex": "male"}, by=referral.coordinator, at=at
    )


def _submit(referral: Referral, people: Mapping[str, User], at: datetime) -> Referral:
    return submit_referral(_fill(referral, people, at), by=referral.coordinator, at=at)


def _acknowledge(referral: Referral, people: Mapping[str, User], at: datetime) -> Referral:
    referral = acknowledge_referral(_submit(referral, people, at), by=referral.coordinator, at=at + DAY)
    for kind in ("oasys", "conviction"):
        note_document(
            referral,
            kind=kind,
            had_on=(at + DAY).date(),
            supplied_by=referral.referrer_name,
            marking="sensitive",
            return_on=(at + 60 * DAY).date(),
            by=referral.coordinator,
            at=at + DAY,
        )
    return referral


def _ask(referral: Referral, people: Mapping[str, User], at: datetime) -> None:
    ask_for_information(
        _acknowledge(referral, people, at),
        asked_for="Where will he live from May on, and who will see him there?",
        asked_until=(at + 9 * DAY).date(),
        by=referral.coordinator,
        at=at + 2 * DAY,
    )


def _decline(referral: Referral, people: Mapping[str, User], at: datetime) -> None:
    decline_referral(
        _acknowledge(referral, people, at),
        reason="not_now",
        advice="Write again when he has a place to live that will last a year.",
        why="He moves between three towns; no circle could meet.",
        by=referral.coordinator,
        at=at + 5 * DAY,
    )


def _withdraw(referral: Referral, people: Mapping[str, User], at: datetime) -> None:
    withdraw_referral(
        _submit(referral, people, at),
        withdrawn_by="core_member",
        why="He would rather see his old support worker.",
        by=referral.coordinator,
        at=at + 3 * DAY,
    )


def _assess(referral: Referral, people: Mapping[str, User], at: datetime) -> Referral:
    referral, by = _acknowledge(referral, people, at), referral.coordinator
    criteria = CriteriaSet.objects.in_force().earliest("pk")
    begin_screening(referral, criteria=criteria, by=by, at=at + 2 * DAY)
    right = {"mandatory": "yes", "advisory": "yes", "exclusion": "no"}
    given = {
        criterion.pk: Given(right[criterion.kind], "The referral and the newest OASys.")
        for criterion in Criterion.objects.filter(criteria=criteria)
    }
    answer_criteria(referral, given=given, by=by, at=at + 3 * DAY)
    return pass_screening(referral, by=by, at=at + 4 * DAY)


def _give_to_panel(referral: Referral, people: Mapping[str, User], at: datetime) -> Referral:
    referral, by, fay = _assess(referral, people, at), referral.coordinator, people["Fay Osborne"]
    found = "I talked to him twice. He knows what he did and wants people who say no to him."
    for person in (by, fay):
        sign_off_assessment(referral, words=found, by=person, at=at + 6 * DAY)
        assess_volunteer_risk(
            referral, rating="low", words="No violence, no threats; calm with staff.", by=person, at=at + 6 * DAY
        )
    for name in ("Femi Okafor", "Kit Marlow"):
        seat_member(referral, person=people[name], by=by, at=at + 6 * DAY)
    return complete_assessment(referral, by=by, at=at + 7 * DAY)


def _view(referral: Referral, people: Mapping[str, User], at: datetime) -> Referral:
    referral = _give_to_panel(referral, people, at)
    for seat in Seat.objects.filter(referral=referral).select_related("person").order_by("pk"):
        give_view(seat, view="accept", reasons="Lonely, willing, and well supervised.", by=seat.person, at=at + 8 * DAY)
    return referral


def _defer(referral: Referral, people: Mapping[str, User], at: datetime) -> None:
    defer_referral(
        _view(referral, people, at),
        until=(at + 60 * DAY).date(),
        reasons="He changes his flat next month; the panel waits until he has settled.",
        by=referral.coordinator,
        at=at + 9 * DAY,
    )


def _accept(referral: Referral, people: Mapping[str, User], at: datetime) -> None:
    accept_referral(
        _view(referral, people, at),
        category=1,
        level=1,
        lead_agency="police",
        practitioner=people["Leah Marsh"],
        reasons="All views were for him.",
        by=referral.coordinator,
        at=at + 10 * DAY,
    )


PROBATION = "Probation, East of England"
REFERRALS = [
    InventedReferral("Nia Corbett", PROBATION, "Alma Farrowby", "cambridgeshire", 1, _begin),
    InventedReferral("Tobias Wren", PROBATION, "Alma Farrowby", "cambridgeshire", 1, _submit),
    InventedReferral("Anwen Pryce", "Cambridgeshire police", "Alma Farrowby", "cambridgeshire", 5, _acknowledge),
    InventedReferral("Jonas Field", PROBATION, "Alma Farrowby", "cambridgeshire", 12, _ask),
    InventedReferral("Mercy Addo", PROBATION, "Alma Farrowby", "cambridgeshire", 9, _assess),
    InventedReferral("Ruth Hallam", PROBATION, "Alma Farrowby", "cambridgeshire", 10, _give_to_panel),
    InventedReferral("Owen Tait", PROBATION, "Priya Lowe", "norfolk", 40, _defer),
    InventedReferral("Sara Lund", PROBATION, "Priya Lowe", "norfolk", 50, _decline),
    InventedReferral("Hugh Penfold", PROBATION, "Marcus Webb", "suffolk", 30, _withdraw),
    InventedReferral("Ines Moreau", PROBATION, "Marcus Webb", "suffolk", 70, _ask),
    InventedReferral("Callum Reeve", PROBATION, "Alma Farrowby", "cambridgeshire", 21, _accept),
]
"""One of each state. The one in Suffolk of seventy days ago lapses: nobody answered what was asked."""
