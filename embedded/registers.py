"""Loads shares, disclosure requests and registers: something at each step, and one past its time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from circles.circle.models import Circle
from concerns.choices import Level
from concerns.concern.models import Concern
from concerns.disclosure.models import Soon, WhoNeedsToKnow
from concerns.disclosure.operations import ask_disclosure, confirm_undertaking, put_to_agency, record_agency_disclosed
from concerns.incident.models import IncidentKind
from concerns.incident.operations import add_incident, decide_not_to_report
from concerns.low_level.operations import record_low_level
from concerns.referral.models import Criterion, ReferralDecision, ReferralKind
from concerns.referral.operations import decide_referral, make_referral, start_referral
from concerns.share.choices import Condition, Gateway, LawfulBasis, Method, Told
from concerns.share.operations import approve_share, propose_share, send_share
from concerns.share.reply_operations import receive_share, write_reply
from core.worktime import LONDON
from embedded.alerts import settle_past_alerts
from offenders.contact.models import Contact

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def load_registers(circles: Mapping[str, Circle], people: Mapping[str, User], *, at: datetime) -> None:
    """Load what follows from the concerns, and the registers that the safeguarding lead keeps."""
    _load_shares(circles["C-0142"], people, at=at)
    _load_disclosures(circles, people, at=at)
    _load_referrals(circles["C-0142"], people, at=at)
    _load_low_levels(people, at=at)
    _load_incidents(people, at=at)


def _bikes_concern_of(circle: Circle) -> Concern:
    return Concern.objects.filter(circle=circle, level=Level.URGENT).order_by("-received_at")[0]


def _load_shares(circle: Circle, people: Mapping[str, User], *, at: datetime) -> None:
    """Send one share to Femi Okafor, who acknowledges it and asks something; propose a second that waits."""
    concern, alma, hana = _bikes_concern_of(circle), people["Alma Farrowby"], people["Hana Reid"]
    femi = User.objects.get(pk=people["Femi Okafor"].pk)
    contact = Contact.objects.current().get(core_member=circle.core_member)
    text = "He mends bikes on Saturdays with two neighbours’ boys, about 8 and 10. He said so himself on Tuesday."
    why: dict[str, Any] = {
        "text": text,
        "purpose": "His order says he must not be alone with anyone under 16.",
        "gateway": Gateway.CRIME_AND_DISORDER,
        "basis": LawfulBasis.LEGITIMATE_INTERESTS,
        "condition": Condition.SAFEGUARDING,
        "necessity": "Without the day and the ages nobody could find the boys.",
        "told_core_member": Told.NO,
        "told_why": "It could put the boys at risk.",
    }
    share = propose_share(concern, contact=contact, method=Method.HERE, by=alma, at=at - 20 * MINUTE, **why)
    approve_share(share, by=hana, at=at - 16 * MINUTE)
    share = send_share(share, by=alma, at=at - 15 * MINUTE)
    receive_share(share, by=femi, at=at - 9 * MINUTE)
    write_reply(share, words="Is it every Saturday, and does their mother know?", by=femi, at=at - 8 * MINUTE)
    propose_share(concern, contact=contact, to_desk=True, method=Method.TELEPHONE, by=alma, at=at, **why)


def _load_disclosures(circles: Mapping[str, Circle], people: Mapping[str, User], *, at: datetime) -> None:
    """Police told a landlord, who signed. Police are still to decide whether a church is told."""
    alma = people["Alma Farrowby"]
    church = ask_disclosure(
        circles["C-0142"],
        who="The warden of a church he has begun to go to.",
        who_kind=WhoNeedsToKnow.VENUE,
        why="There is a children’s group in the same hall after the service.",
        else_considered="He could go to the evening service alone, and has said that he would. It is not certain.",
        soon=Soon.ORDINARY,
        by=alma,
        at=at - 9 * DAY,
    )
    put_to_agency(church, put_to="DS Moore, public protection", by=alma, at=at - 9 * DAY + HOUR)
    landlord = ask_disclosure(
        circles["C-0117"],
        who="The owner of the house where he rents a room.",
        who_kind=WhoNeedsToKnow.OTHER,
        why="A family with two girls is to move in on the floor below.",
        else_considered="Moving him was thought of; probation has no other room.",
        soon=Soon.URGENT,
        by=alma,
        at=at - 30 * DAY,
    )
    put_to_agency(landlord, put_to="DS Moore, public protection", by=alma, at=at - 30 * DAY + HOUR)
    record_agency_disclosed(
        landlord,
        decided_who="DS Moore, with probation",
        decision_words="Necessary, and no more than the owner needs.",
        conditions="The owner tells nobody else.",
        volunteers_may_say="That the owner knows; nothing of what was said.",
        by=alma,
        at=at - 28 * DAY,
    )
    confirm_undertaking(landlord, undertaking="DS Moore, by telephone", by=alma, at=at - 25 * DAY)
    settle_past_alerts(f"{landlord.reference}:", at=at)


def _load_referrals(circle: Circle, people: Mapping[str, User], *, at: datetime) -> None:
    """Start one referral that must be made today, one whose decision is late, and one that is decided."""
    fay = people["Fay Osborne"]
    start_referral(
        kind=ReferralKind.MASH,
        what="Two boys of about 8 and 10 are with him on Saturdays. Their mother may not know his history.",
        made_to="Cambridgeshire MASH",
        known_at=at - 20 * MINUTE,
        concern=_bikes_concern_of(circle),
        by=fay,
        at=at,
    )
    late = start_referral(
        kind=ReferralKind.ADULT,
        what="A core member’s neighbour, 78, gives him money and seems afraid of him.",
        made_to="Norfolk adult social care",
        known_at=at - 7 * DAY,
        by=fay,
        at=at - 7 * DAY,
    )
    make_referral(late, spoken_to="The duty worker", their_reference="ASC-4410", by=fay, at=at - 7 * DAY + HOUR)
    done = start_referral(
        kind=ReferralKind.LADO,
        criterion=Criterion.UNSUITABLE,
        what="A volunteer’s other work is at a school; he did not say so.",
        made_to="Suffolk LADO",
        known_at=at - 40 * DAY,
        about=people["Jonah Clegg"],
        by=fay,
        at=at - 40 * DAY,
    )
    make_referral(done, spoken_to="The LADO", their_reference="L-118", by=fay, at=at - 40 * DAY + 2 * HOUR)
    decide_referral(
        done,
        decision=ReferralDecision.ADVICE,
        decision_words="No threshold met. Talk it through, and record it.",
        by=fay,
        at=at - 38 * DAY,
    )


def _load_low_levels(people: Mapping[str, User], *, at: datetime) -> None:
    """Record three about Owen Pike, which the page points out, and one about somebody else."""
    fay = people["Fay Osborne"]
    for name, theme, words, done, days in [
        ("Owen Pike", "boundary", "Gave the core member a lift home after a meeting.", "Spoken with.", 95),
        ("Owen Pike", "boundary", "Lent him ten pounds for the bus.", "Spoken with; he was sorry.", 50),
        ("Owen Pike", "procedure", "Met him alone in a café when the others were ill.", "To be talked through.", 35),
        (
            "Iris Fenn",
            "information",
            "Left her notes on the table in the hall; the caretaker found them.",
            "Reminded.",
            40,
        ),
    ]:
        when = at - days * DAY
        record_low_level(
            about=people[name],
            theme=theme,
            words=words,
            happened_on=(when - DAY).astimezone(LONDON).date(),
            told_by="Another volunteer",
            done=done,
            by=fay,
            at=when,
        )


def _load_incidents(people: Mapping[str, User], *, at: datetime) -> None:
    """Add one incident that is still to be decided, and one that was not reported."""
    hana, fay = people["Hana Reid"], people["Fay Osborne"]
    add_incident(
        kind=IncidentKind.SAFEGUARDING,
        what="A volunteer met a core member alone for weeks, against the agreement.",
        known_at=at - 5 * HOUR,
        by=hana,
        at=at - 4 * HOUR,
    )
    lost = add_incident(
        kind=IncidentKind.DATA,
        what="A telephone with an open session was left on a bus, and handed in within the hour.",
        known_at=at - 60 * DAY,
        by=hana,
        at=at - 60 * DAY,
    )
    decide_not_to_report(
        lost,
        decided_with="Fay Osborne, with the chair of trustees",
        reason="Nobody saw anything: the session had ended and the log shows no reading.",
        by=fay,
        at=at - 59 * DAY,
    )
