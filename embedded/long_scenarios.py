"""The two longest scenarios: bikes mended for children, and a Friday night (domain.md 11)."""

from __future__ import annotations

from datetime import datetime

from concerns.choices import Feedback, Kind, Level, Outcome
from concerns.concern.models import Concern
from concerns.handling.operations import answer_concern, close_concern, give_feedback, record_action
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handling.seen_operations import note_seen
from concerns.handover.operations import hand_over, take_handover
from concerns.referral.models import ReferralDecision, ReferralKind
from concerns.referral.operations import decide_referral, make_referral, start_referral
from concerns.share.choices import Gateway
from concerns.share.reply_operations import acknowledge_share
from core.worktime import LONDON
from embedded.scenario import DAY, HOUR, MINUTE, Scenario
from offenders.restriction.operations import add_restriction, verify_restrictions


def play_bikes(scenario: Scenario) -> Concern:
    """He mends bikes for children. Agencies are told that day, his licence is varied, the volunteer is thanked."""
    concern = scenario.raise_concern(
        Level.URGENT,
        Kind.CHILD_CONTACT,
        "He said he is helping a friend's kids with their bikes, a boy and a girl of about 7 and 9, at their house.",
    )
    at, text = scenario.at, "He helps a friend's children with their bikes at the friend's house; he said so himself."
    note_seen(concern, by=scenario.coordinator, at=at + 6 * MINUTE)
    acknowledge_concern(
        concern,
        until=at + 3 * HOUR,
        plan="Ring the officer, probation and the children's hub.",
        by=scenario.coordinator,
        at=at + 10 * MINUTE,
    )
    police = scenario.tell_agency(
        concern,
        (scenario.officer.full_name, "Case officer", "Police"),
        Gateway.CRIME_AND_DISORDER,
        text,
        at=at + 20 * MINUTE,
    )
    scenario.tell_agency(
        concern,
        ("J. Marlowe", "Probation practitioner", "Probation"),
        Gateway.OFFENDER_MANAGEMENT,
        text,
        at=at + 30 * MINUTE,
    )
    scenario.tell_agency(
        concern,
        ("The duty worker", "Children's hub (MASH)", "Children's social care"),
        Gateway.CHILDREN,
        text,
        at=at + 45 * MINUTE,
    )
    hub = start_referral(
        kind=ReferralKind.MASH,
        what="Two children of about 7 and 9, who can be identified.",
        made_to="The children's hub",
        known_at=at,
        concern=concern,
        by=scenario.lead,
        at=at + 50 * MINUTE,
    )
    make_referral(hub, spoken_to="The duty worker", their_reference="M-2211", by=scenario.lead, at=at + 55 * MINUTE)
    decide_referral(
        hub,
        decision=ReferralDecision.ACCEPTED,
        decision_words="An assessment has begun.",
        by=scenario.lead,
        at=at + DAY,
    )
    record_action(
        concern,
        what="Referred to the children's hub: the children can be identified. Their reference M-2211.",
        until=at + 2 * DAY,
        by=scenario.coordinator,
        at=at + 55 * MINUTE,
    )
    acknowledge_concern(concern, until=at + 6 * HOUR, plan="See him tonight.", by=scenario.officer, at=at + 3 * HOUR)
    acknowledge_share(
        police,
        their_plan="Visit tonight; speak with probation about his licence.",
        their_reference="CP/4471",
        by=scenario.coordinator,
        at=at + 3 * HOUR,
    )
    him = scenario.circle.core_member
    add_restriction(
        him,
        source="licence",
        plain_words="He must not go into a home where children under 16 live, unless probation says so.",
        starts_on=(at + DAY).astimezone(LONDON).date(),
        by=scenario.coordinator,
        at=at + DAY,
    )
    verify_restrictions(him, by=scenario.coordinator, at=at + DAY + HOUR)
    answer_concern(
        concern,
        outcome=Outcome.LICENCE_VARIED,
        answer="Visited. A condition was added to his licence.",
        by=scenario.officer,
        at=at + DAY + HOUR,
    )
    give_feedback(concern, feedback=Feedback.SPOKEN, by=scenario.coordinator, at=at + DAY + 2 * HOUR)
    return close_concern(concern, by=scenario.coordinator, at=at + DAY + 3 * HOUR)


def play_friday_night(scenario: Scenario, *, monday: datetime | None) -> Concern:
    """He plans to die, at 21:40 on a Friday: 999, then whoever is on call, then the coordinator on Monday.

    `monday` is when the coordinator takes the handover. With None the handover still waits.
    """
    at = scenario.at
    concern = scenario.raise_concern(
        Level.IMMEDIATE,
        Kind.SELF_HARM,
        "He rang me. He has his tablets in front of him and said he would not see Sunday. I rang 999.",
    )
    acknowledge_concern(
        concern,
        until=at + HOUR,
        plan="Ring the volunteer back, and the crisis team.",
        by=scenario.lead,
        at=at + 4 * MINUTE,
    )
    record_action(
        concern,
        what="999 was rung at 21:38. An ambulance reached him at 22:05; he is in hospital.",
        until=at + 2 * DAY + 18 * HOUR,
        by=scenario.lead,
        at=at + 40 * MINUTE,
    )
    acknowledge_concern(concern, until=at + HOUR, plan="Ring the ward.", by=scenario.officer, at=at + 10 * MINUTE)
    record_action(
        concern,
        what="Rang the ward: he stays the weekend.",
        until=at + 3 * DAY,
        by=scenario.officer,
        at=at + 50 * MINUTE,
    )
    hand_over(
        concern,
        happened="At 21:30 he rang the volunteer with a plan and the means. The volunteer rang 999, then me.",
        risk_now="Safe on the ward until Monday. He goes home to an empty flat.",
        done="Spoke with the volunteer twice; she is shaken and at home with her sister.",
        who_told="999 at 21:38; the crisis team at 22:20; the police queue at 21:40.",
        next_steps="Ring the ward at nine. Ring the volunteer. Ask probation who sees him at home.",
        owner=scenario.coordinator,
        by=scenario.lead,
        at=at + 80 * MINUTE,
    )
    if monday is not None:
        take_handover(concern, by=scenario.coordinator, at=monday)
        record_action(
            concern,
            what="Rang the ward: he comes home on Wednesday, with a plan.",
            over=concern.acknowledgements.filter(by=scenario.lead).latest("at"),
            until=monday + 9 * DAY,
            by=scenario.coordinator,
            at=monday + HOUR,
        )
        answer_concern(
            concern,
            outcome=Outcome.SAFETY_PLAN,
            answer="He comes home with a plan; probation sees him daily.",
            by=scenario.officer,
            at=monday + 2 * HOUR,
        )
        give_feedback(concern, feedback=Feedback.COORDINATOR_CALLS, by=scenario.coordinator, at=monday + 3 * HOUR)
    return concern
