"""Loads what circles need before they meet: places, agreements, contacts. One circle is still preparing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from accounts.models import Agency, Area, User
from circles.agreement.operations import record_briefing, record_his_signature, sign_agreement
from circles.circle.models import Circle
from circles.life.operations import match_circle, prepare_circle, propose_circle
from circles.membership.operations import add_volunteer
from circles.programme.models import Programme
from circles.sharing_agreement.operations import add_sharing_agreement
from circles.venue.models import Venue
from circles.venue.operations import add_venue, assess_venue, choose_venue
from core.worktime import LONDON
from embedded.identities import write_invented_identity
from offenders.consent.operations import record_consent
from offenders.contact.operations import add_contact, verify_contact
from offenders.core_member.operations import accept_core_member
from offenders.mappa.action_operations import add_mappa_action, plan_mappa_meeting
from offenders.restriction.operations import add_restriction, put_restriction_right, verify_restrictions
from offenders.risk.operations import add_risk_assessment, write_risk_note
from volunteers.volunteer.models import Volunteer

PLACES = {
    "C-0142": ("ELM", "Meeting room, St Etheldreda’s Hall, Ely", "CB7", "The verger, 01632 960 510"),
    "C-0117": ("QUAY", "Quayside Rooms, Cambridge", "CB5", "Reception"),
    "C-0098": ("LARK", "Lark Street Chapel, Norwich", "NR3", "The caretaker"),
    "C-0121": ("MILL", "Old Mill Centre, Thetford", "IP24", "The office"),
    "C-0133": ("YEW", "Yew Tree Rooms, Ipswich", "IP4", "Reception"),
    "C-0150": ("WEIR", "Weir House, Cambridge", "CB1", "Reception"),
    "C-0136": ("FORD", "Fordham Road Hall, Bury", "IP33", "The caretaker"),
}
SHORT_OF = {"C-0121": {"contact"}, "C-0136": {"signatures"}}
"""What some circles lack, so that the page has something to show."""

RUNS_OUT_SOON = "ELM"
NEW = "C-0145"


def load_life(circles: Mapping[str, Circle], people: Mapping[str, User], *, at: datetime) -> None:
    """Give the circles that meet what they need, and bring a new circle as far as it can come."""
    day = at.astimezone(LONDON).date()
    hana = people["Hana Reid"]
    for code in ("cambridgeshire", "norfolk", "suffolk"):
        add_sharing_agreement(
            area=Area.objects.get(code=code),
            parties="Police, probation and Fenland Circles",
            version="4",
            signed_on=day - timedelta(days=500),
            review_on=day + timedelta(days=40 if code == "norfolk" else 230),
            by=hana,
            at=at,
        )
    for reference, circle in circles.items():
        _supply_circle(circle, day, at=at, without=SHORT_OF.get(reference, set()))
    _propose_second_circle(people, day, at=at)


def _add_place(circle: Circle, day: date, *, at: datetime) -> Venue:
    code, address, district, contact = PLACES[circle.reference]
    venue = add_venue(
        place_code=code,
        address=address,
        district=district,
        contact=contact,
        lone_worker_plan="Text the coordinator on arriving and on leaving.",
        by=circle.coordinator,
        at=at,
    )
    assessed_on = min(day - timedelta(days=165), circle.started_on - timedelta(days=10))
    until = day + timedelta(days=19 if code == RUNS_OUT_SOON else 200)
    return assess_venue(venue, assessed_on=assessed_on, assessed_until=until, by=circle.coordinator, at=at)


def _supply_circle(circle: Circle, day: date, *, at: datetime, without: set[str]) -> None:
    """Add a place, a contact, a briefing and the signatures, dated before the first meeting; the contact is new."""
    coordinator, then = circle.coordinator, circle.opened_at + timedelta(hours=3)
    choose_venue(circle, venue=_add_place(circle, day, at=then), by=coordinator, at=then)
    _name_practitioner_to_ring(circle, at=at, rung="contact" not in without)
    verify_restrictions(circle.core_member, by=coordinator, at=at)
    _record_consent(circle, given_on=circle.started_on - timedelta(days=8), at=at)
    record_briefing(
        circle,
        held_on=circle.started_on - timedelta(days=5),
        attendees="The case officer and a probation officer",
        topics="Offences, risk, goals, what to pass on",
        by=coordinator,
        at=then,
    )
    if "signatures" not in without:
        for membership in circle.memberships.filter(left_at=None):
            sign_agreement(circle, by=membership.volunteer.user, at=then)
    sign_agreement(circle, by=coordinator, at=then)
    record_his_signature(circle, signed_on=circle.started_on - timedelta(days=1), by=coordinator, at=then)


def _record_consent(circle: Circle, *, given_on: date, at: datetime) -> None:
    """He signed the first text, in easy words."""
    by = circle.coordinator
    record_consent(circle.core_member, version=1, given_on=given_on, how="signed_easy", by=by, at=at)


def _name_practitioner_to_ring(circle: Circle, *, at: datetime, rung: bool = True) -> None:
    him = circle.core_member
    known = him.practitioner
    contact = add_contact(
        him,
        name=known.full_name if known else "Duty officer",
        role="Case officer",
        agency=known.agency if known and known.agency else Agency.objects.filter(kind="police")[0],
        duty_desk="Public protection desk, 01632 960 401",
        telephone="01632 960 400",
        hours="Monday to Friday, 8 to 4",
        deputy="Whoever is on the desk",
        secure_mail="protection@fens.pnn.police.uk",
        account=known,
        by=circle.coordinator,
        at=at,
    )
    if rung:
        verify_contact(contact, by=circle.coordinator, at=at)


def _propose_second_circle(people: Mapping[str, User], day: date, *, at: datetime) -> None:
    """Propose a second circle that is still preparing: no briefing yet, and two volunteers have not signed."""
    coordinator = people["Alma Farrowby"]
    accepted = accept_core_member(
        category=1,
        level=1,
        lead_agency="probation",
        area=Area.objects.get(code="cambridgeshire"),
        coordinator=coordinator,
        practitioner=people["Leah Marsh"],
        by=coordinator,
        at=at,
        reference="EE-8052-W",
    )
    write_invented_identity(accepted, by=coordinator, at=at)
    children = add_restriction(
        accepted,
        source="shpo",
        category="children",
        plain_words="He must not go where children are, such as a school or a playground.",
        exact_words="Entering or remaining in any school, nursery, playground or swimming pool.",
        starts_on=day - timedelta(days=300),
        avoids_children=True,
        by=coordinator,
        at=at,
    )
    for tool, band, days, review in (("oasys", 3, 150, 30), ("osp_dc", 2, 400, 200), ("arms", 3, 190, -6)):
        add_risk_assessment(
            accepted,
            tool=tool,
            band=band,
            assessed_on=day - timedelta(days=days),
            assessor="Leah Marsh, probation practitioner",
            review_on=day + timedelta(days=review),
            by=coordinator,
            at=at,
        )
    signs = "He says that he is fine and stops looking at anybody. He sleeps badly and leaves the house at night."
    write_risk_note(accepted, heading="warning_signs", words=signs, by=coordinator, at=at)
    plan_mappa_meeting(accepted, meets_on=day + timedelta(days=12), by=coordinator, at=at)
    add_mappa_action(
        accepted,
        words="Say how many volunteers his circle has, and when it first meets.",
        due_on=day + timedelta(days=10),
        by=coordinator,
        at=at,
    )
    put_restriction_right(children, words="Swimming pools too; they were left out.", by=coordinator, at=at)
    add_restriction(
        accepted,
        source="licence",
        category="internet",
        plain_words="He must not go online unless somebody from probation is with him.",
        starts_on=day - timedelta(days=300),
        ends_on=day + timedelta(days=50),
        avoids_internet=True,
        by=coordinator,
        at=at,
    )
    circle = propose_circle(
        accepted,
        programme=Programme.objects.get(reference="P-GATE"),
        known_as="Dennis",
        coordinator=coordinator,
        weekday=3,
        meets_at=time(18, 30),
        started_on=day + timedelta(days=20),
        by=coordinator,
        at=at,
        reference=NEW,
    )
    for name in ("Ben Ashby", "Uma Desai", "Vic Orton", "Yusuf Khan"):
        add_volunteer(circle, volunteer=Volunteer.objects.get(user=people[name]), by=coordinator, at=at)
    circle = match_circle(circle, no_conflicts=True, by=coordinator, at=at)
    choose_venue(circle, venue=Venue.objects.get(place_code="QUAY"), by=coordinator, at=at)
    circle = prepare_circle(circle, by=coordinator, at=at)
    verify_restrictions(accepted, by=coordinator, at=at)
    _record_consent(circle, given_on=day - timedelta(days=2), at=at)
    _name_practitioner_to_ring(circle, at=at)
    for name in ("Ben Ashby", "Uma Desai"):
        sign_agreement(circle, by=people[name], at=at)
