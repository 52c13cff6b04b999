"""Stories told to their end: bikes, a Friday night, a second telephone, a complaint, one forgotten (domain.md 11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import User
from circles.circle.models import Circle
from circles.life.operations import pause_circle
from circles.outcome.models import AdverseOutcome
from circles.outcome.operations import Known, record_outcome
from concerns.choices import Basis, Feedback, Kind, Level, Outcome
from concerns.concern.models import Concern
from concerns.engine.operations import fire_concern
from concerns.engine.plan import Plans
from concerns.handling.operations import answer_concern, close_concern, give_feedback, record_action
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handling.seen import note_seen
from concerns.handling.triage_operations import triage_concern
from concerns.handover.operations import hand_over, take_handover
from concerns.raising.operations import raise_concern
from concerns.referral.models import ReferralDecision, ReferralKind
from concerns.referral.operations import decide_referral, make_referral, start_referral
from concerns.share.choices import Condition, Gateway, LawfulBasis, Method, Told
from concerns.share.models import Share
from concerns.share.operations import approve_share, propose_share, send_share
from concerns.share.recipient import Written
from concerns.share.reply_operations import acknowledge_share
from core.names import is_same_name
from core.worktime import LONDON
from embedded.joining import settle_past
from offenders.contact.models import Contact
from offenders.restriction.operations import add_restriction, verify_restrictions

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Players:
    """Who a story is about, and when it begins."""

    circle: Circle
    volunteer: User
    coordinator: User
    officer: User
    lead: User
    manager: User
    key: UUID
    at: datetime

    def raised(self, level: Level, kind: Kind, words: str, *, about: User | None = None) -> Concern:
        return raise_concern(
            self.circle,
            submit_key=self.key,
            level=level,
            kind=kind,
            basis=Basis.CM_SAID,
            words=words,
            about=about,
            by=self.volunteer,
            at=self.at,
        )

    def told(self, concern: Concern, who: tuple[str, str, str], gateway: Gateway, text: str, *, at: datetime) -> Share:
        """By telephone, read first by the safeguarding lead unless it is Immediate."""
        name, post, agency = who
        contacts = Contact.objects.current().filter(core_member=concern.circle.core_member_id)
        contact = next((contact for contact in contacts if is_same_name(contact.name, name)), None)
        unverified = contact is not None and not contact.may_be_told_on(at.astimezone(LONDON).date())
        share = propose_share(
            concern,
            contact=contact,
            to_desk=unverified,
            written=Written(name=name, role=post, agency=agency),
            method=Method.TELEPHONE,
            text=text,
            purpose="So that they can act on it today.",
            gateway=gateway,
            basis=LawfulBasis.LEGITIMATE_INTERESTS,
            condition=Condition.SAFEGUARDING,
            necessity="A name is left out where it is not needed; less would not let them act.",
            told_core_member=Told.NO,
            told_why="It could put somebody at risk.",
            by=self.coordinator,
            at=at,
        )
        if share.status == Share.Status.PROPOSED:
            share = approve_share(share, by=self.lead, at=at + 2 * MINUTE)
        return send_share(share, by=self.coordinator, at=at + 5 * MINUTE)


def bikes(cast: Players) -> Concern:
    """Children he met by mending bikes: told the same day, the licence varied, the volunteer thanked."""
    concern = cast.raised(
        Level.URGENT,
        Kind.CHILD_CONTACT,
        "He said he is helping a friend's kids with their bikes, a boy and a girl of about 7 and 9, at their house.",
    )
    at, text = cast.at, "He helps a friend's children with their bikes at the friend's house; he said so himself."
    note_seen(concern, by=cast.coordinator, at=at + 6 * MINUTE)
    acknowledge_concern(
        concern,
        until=at + 3 * HOUR,
        plan="Ring the officer, probation and the children's hub.",
        by=cast.coordinator,
        at=at + 10 * MINUTE,
    )
    police = cast.told(
        concern,
        (cast.officer.full_name, "Case officer", "Police"),
        Gateway.CRIME_AND_DISORDER,
        text,
        at=at + 20 * MINUTE,
    )
    cast.told(
        concern,
        ("J. Marlowe", "Probation practitioner", "Probation"),
        Gateway.OFFENDER_MANAGEMENT,
        text,
        at=at + 30 * MINUTE,
    )
    cast.told(
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
        by=cast.lead,
        at=at + 50 * MINUTE,
    )
    make_referral(hub, spoken_to="The duty worker", their_reference="M-2211", by=cast.lead, at=at + 55 * MINUTE)
    decide_referral(
        hub, decision=ReferralDecision.ACCEPTED, decision_words="An assessment has begun.", by=cast.lead, at=at + DAY
    )
    record_action(
        concern,
        what="Referred to the children's hub: the children can be identified. Their reference M-2211.",
        until=at + 2 * DAY,
        by=cast.coordinator,
        at=at + 55 * MINUTE,
    )
    acknowledge_concern(concern, until=at + 6 * HOUR, plan="See him tonight.", by=cast.officer, at=at + 3 * HOUR)
    acknowledge_share(
        police,
        their_plan="Visit tonight; speak with probation about his licence.",
        their_reference="CP/4471",
        by=cast.coordinator,
        at=at + 3 * HOUR,
    )
    him = cast.circle.core_member
    add_restriction(
        him,
        source="licence",
        plain_words="He must not go into a home where children under 16 live, unless probation says so.",
        starts_on=(at + DAY).astimezone(LONDON).date(),
        by=cast.coordinator,
        at=at + DAY,
    )
    verify_restrictions(him, by=cast.coordinator, at=at + DAY + HOUR)
    answer_concern(
        concern,
        outcome=Outcome.LICENCE_VARIED,
        answer="Visited. A condition was added to his licence.",
        by=cast.officer,
        at=at + DAY + HOUR,
    )
    give_feedback(concern, feedback=Feedback.SPOKEN, by=cast.coordinator, at=at + DAY + 2 * HOUR)
    return close_concern(concern, by=cast.coordinator, at=at + DAY + 3 * HOUR)


def friday_night(cast: Players, *, monday: datetime | None) -> Concern:
    """A plan to die, at 21:40 on a Friday: 999, whoever is on call, and the coordinator on Monday.

    `monday` is when the coordinator takes the handover; None leaves it waiting.
    """
    at = cast.at
    concern = cast.raised(
        Level.IMMEDIATE,
        Kind.SELF_HARM,
        "He rang me. He has his tablets in front of him and said he would not see Sunday. I rang 999.",
    )
    acknowledge_concern(
        concern, until=at + HOUR, plan="Ring the volunteer back, and the crisis team.", by=cast.lead, at=at + 4 * MINUTE
    )
    record_action(
        concern,
        what="999 was rung at 21:38. An ambulance reached him at 22:05; he is in hospital.",
        until=at + 2 * DAY + 18 * HOUR,
        by=cast.lead,
        at=at + 40 * MINUTE,
    )
    acknowledge_concern(concern, until=at + HOUR, plan="Ring the ward.", by=cast.officer, at=at + 10 * MINUTE)
    record_action(
        concern, what="Rang the ward: he stays the weekend.", until=at + 3 * DAY, by=cast.officer, at=at + 50 * MINUTE
    )
    hand_over(
        concern,
        happened="At 21:30 he rang the volunteer with a plan and the means. The volunteer rang 999, then me.",
        risk_now="Safe on the ward until Monday. He goes home to an empty flat.",
        done="Spoke with the volunteer twice; she is shaken and at home with her sister.",
        who_told="999 at 21:38; the crisis team at 22:20; the police queue at 21:40.",
        next_steps="Ring the ward at nine. Ring the volunteer. Ask probation who sees him at home.",
        owner=cast.coordinator,
        by=cast.lead,
        at=at + 80 * MINUTE,
    )
    if monday is not None:
        take_handover(concern, by=cast.coordinator, at=monday)
        record_action(
            concern,
            what="Rang the ward: he comes home on Wednesday, with a plan.",
            over=concern.acknowledgements.filter(by=cast.lead).latest("at"),
            until=monday + 9 * DAY,
            by=cast.coordinator,
            at=monday + HOUR,
        )
        answer_concern(
            concern,
            outcome=Outcome.SAFETY_PLAN,
            answer="He comes home with a plan; probation sees him daily.",
            by=cast.officer,
            at=monday + 2 * HOUR,
        )
        give_feedback(concern, feedback=Feedback.COORDINATOR_CALLS, by=cast.coordinator, at=monday + 3 * HOUR)
    return concern


def second_telephone(cast: Players) -> Concern:
    """A telephone nobody knew of: police the same day, nothing said to him, an arrest, and the circle pauses."""
    at = cast.at
    concern = cast.raised(
        Level.URGENT, Kind.DEVICE, "A second telephone fell from his coat. He put it away and said nothing."
    )
    note_seen(concern, by=cast.coordinator, at=at + 3 * MINUTE)
    acknowledge_concern(
        concern, until=at + 2 * HOUR, plan="Ring his officer now.", by=cast.coordinator, at=at + 5 * MINUTE
    )
    cast.told(
        concern,
        (cast.officer.full_name, "Case officer", "Police"),
        Gateway.CRIME_AND_DISORDER,
        "He has a second telephone. It may be a breach of his order.",
        at=at + 10 * MINUTE,
    )
    record_action(
        concern,
        what="Rang the four volunteers: say nothing to him of it, and nothing to one another by text.",
        until=at + 3 * DAY,
        by=cast.coordinator,
        at=at + 30 * MINUTE,
    )
    give_feedback(concern, feedback=Feedback.DO_NOT_RAISE, by=cast.coordinator, at=at + 35 * MINUTE)
    acknowledge_concern(concern, until=at + 3 * HOUR, plan="Visit at seven.", by=cast.officer, at=at + 40 * MINUTE)
    answer_concern(
        concern,
        outcome=Outcome.ARRESTED,
        answer="Visited at seven. The telephone was seized; arrested.",
        by=cast.officer,
        at=at + DAY,
    )
    pause_circle(
        cast.circle, reason="He is in custody. We wait for what comes of it.", by=cast.coordinator, at=at + DAY + HOUR
    )
    day = (at + DAY).astimezone(LONDON).date()
    for step in (AdverseOutcome.Step.SHPO, AdverseOutcome.Step.ARRESTED):
        record_outcome(
            cast.circle,
            known=Known(step, day, day, AdverseOutcome.Source.POLICE, circle_raised_it=True),
            by=cast.coordinator,
            at=at + DAY + 2 * HOUR,
        )
    give_feedback(concern, feedback=Feedback.COORDINATOR_CALLS, by=cast.coordinator, at=at + DAY + 2 * HOUR)
    return close_concern(concern, by=cast.coordinator, at=at + DAY + 3 * HOUR)


def complaint(cast: Players) -> Concern:
    """That the coordinator did nothing with a concern: it goes round the coordinator, who never learns of it here."""
    at = cast.at
    concern = cast.raised(
        Level.PRIORITY,
        Kind.ABOUT_US,
        "I told our coordinator three weeks ago that he waits outside the school. I was told to leave it.",
        about=cast.coordinator,
    )
    acknowledge_concern(
        concern, until=at + 4 * HOUR, plan="Speak with the volunteer today.", by=cast.lead, at=at + HOUR
    )
    triage_concern(concern, level=Level.PRIORITY, by=cast.lead, at=at + 2 * HOUR)
    record_action(
        concern,
        what="Spoke with the volunteer. What he saw is now with the police, apart from this.",
        until=at + 2 * DAY,
        by=cast.lead,
        at=at + 3 * HOUR,
    )
    return concern


def forgotten(cast: Players, *, until: datetime) -> Concern:
    """Nobody ever took it: both ladders ran to their end, and tell everybody again and again."""
    concern = cast.raised(
        Level.PRIORITY, Kind.LOST_CONTACT, "He did not come, for the second week, and does not answer his telephone."
    )
    moment, plans = cast.at, Plans()
    while moment < until:
        moment += 6 * HOUR
        fire_concern(concern.pk, plans, at=min(moment, until))
    settle_past(f"{concern.reference}:", at=until)
    return concern


STORIES: list[tuple[Callable[[Players], Concern], str, str, str, timedelta]] = [
    (bikes, "C-0133", "Iris Fenn", "Ralph Toomey", 9 * DAY),
    (second_telephone, "C-0136", "Lewis Thorne", "Ralph Toomey", 4 * DAY),
    (complaint, "C-0098", "Alun Price", "Lou Garner", 5 * HOUR),
]
"""Which story, of which circle, told by which volunteer, worked by which officer, so long ago."""


def load_scenarios(
    circles: Mapping[str, Circle], people: Mapping[str, User], key: Callable[[], UUID], *, at: datetime
) -> None:
    """Play them, those that are over with nothing left to send."""

    def players(reference: str, volunteer: str, officer: str, then: datetime) -> Players:
        circle = circles[reference]
        return Players(
            circle,
            people[volunteer],
            circle.coordinator,
            people[officer],
            people["Fay Osborne"],
            people["Hana Reid"],
            key(),
            then,
        )

    for story, reference, volunteer, officer, ago in STORIES:
        told = story(players(reference, volunteer, officer, at - ago))
        if not told.is_open:
            settle_past(f"{told.reference}:", at=at - ago + 2 * DAY)
    forgotten(players("C-0133", "Jonah Clegg", "Ralph Toomey", at - 12 * DAY), until=at)
    friday = last_friday_night(at)
    nine = (friday + 3 * DAY).replace(hour=9, minute=10)
    friday_night(players("C-0117", "Wanda Bell", "Leah Marsh", friday), monday=nine if nine + 4 * HOUR < at else None)


def last_friday_night(at: datetime) -> datetime:
    """The latest Friday, 21:40 in London, at least two hours ago."""
    night = (at - 2 * HOUR).astimezone(LONDON)
    night -= ((night.weekday() - 4) % 7) * DAY
    friday = night.replace(hour=21, minute=40, second=0, microsecond=0)
    return friday if friday <= at - 2 * HOUR else friday - 7 * DAY
