"""A circle on its way to its first evening, and everything it needs, for tests of its life."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from accounts.models import Agency, User
from circles.agreement.operations import record_briefing, record_his_signature, sign_agreement
from circles.circle.models import Circle
from circles.life.operations import (
    begin_ending,
    close_circle,
    match_circle,
    prepare_circle,
    propose_circle,
    start_weekly,
)
from circles.meeting.models import Meeting
from circles.membership.operations import add_volunteer
from circles.minutes.operations import approve_minutes
from circles.programme.models import Programme
from circles.sharing_agreement.operations import add_sharing_agreement
from circles.venue.models import Venue
from circles.venue.operations import add_venue, assess_venue, choose_venue
from core.worktime import LONDON
from offenders.consent.operations import record_consent
from offenders.contact.models import Contact
from offenders.contact.operations import add_contact, verify_contact
from offenders.core_member.operations import accept_core_member
from offenders.restriction.operations import verify_restrictions
from tests.circles.log.writing import send
from tests.world import World
from volunteers.volunteer.models import Volunteer

FOUR = ["ben", "tom", "uma", "dev"]
STANDS = {"queue"}
"""The guards that the world closes: Esi's team works the queue of Ray's area."""

EVERYTHING = {"volunteers", "sharing", "restrictions", "consent", "contacts", "venue", "briefing", "signatures"}


def proposed_circle(world: World, **changes: object) -> Circle:
    """Ann plans a circle for Ray, to meet on Wednesdays from today."""
    accepted = accept_core_member(
        category=2,
        level=1,
        lead_agency="probation",
        area=world.core_member.area,
        coordinator=world.ann,
        by=world.ann,
        at=world.now,
    )
    asked = {
        "programme": Programme.objects.usual(),
        "known_as": "Ray",
        "coordinator": world.ann,
        "weekday": 2,
        "meets_at": time(18, 30),
        "started_on": today(world),
        "by": world.ann,
        "at": world.now,
    } | changes
    return propose_circle(accepted, **asked)  # type: ignore[arg-type]


def today(world: World) -> date:
    return world.now.astimezone(LONDON).date()


def supply(circle: Circle, world: World, needs: set[str] = EVERYTHING) -> Circle:
    """Close these guards, each as the person who can would."""
    if "volunteers" in needs:
        an_hour_ago = world.now - timedelta(hours=1)
        for name in FOUR:
            add_volunteer(
                circle, volunteer=Volunteer.objects.get(user=world.people[name]), by=world.ann, at=an_hour_ago
            )
    if "sharing" in needs:
        share(world)
    if "contacts" in needs:
        verify_contact(name_contact(circle, world), by=world.ann, at=world.now)
    if "restrictions" in needs:
        verify_restrictions(circle.core_member, by=world.ann, at=world.now)
    if "consent" in needs:
        agree(circle, world)
    if "venue" in needs:
        choose_venue(circle, venue=hall(world), by=world.ann, at=world.now)
    if "briefing" in needs:
        record_briefing(
            circle,
            held_on=today(world),
            attendees="Sgt Okafor",
            topics="Offences, risk, goals",
            by=world.ann,
            at=world.now,
        )
    if "signatures" in needs:
        for name in [*FOUR, "ann"]:
            sign_if_they_may(circle, world.people[name], world.now)
        record_his_signature(circle, signed_on=today(world), by=world.ann, at=world.now)
    return Circle.objects.get(pk=circle.pk)


def sign_if_they_may(circle: Circle, person: User, at: datetime) -> None:
    belongs = circle.memberships.filter(volunteer__user=person, left_at=None).exists()
    if belongs or circle.coordinator == person:
        sign_agreement(circle, by=person, at=at)


def share(world: World) -> None:
    add_sharing_agreement(
        area=world.core_member.area,
        parties="Police, probation and Fenland Circles",
        version="3",
        signed_on=today(world) - timedelta(days=30),
        review_on=today(world) + timedelta(days=300),
        by=world.hana,
        at=world.now,
    )


def agree(circle: Circle, world: World) -> None:
    """He signs the first text of the consent."""
    record_consent(circle.core_member, version=1, given_on=today(world), how="signed", by=world.ann, at=world.now)


def name_contact(circle: Circle, world: World) -> Contact:
    return add_contact(
        circle.core_member,
        name="Sgt Esi Okafor",
        role="Case officer",
        agency=Agency.objects.get(kind="police"),
        telephone="01632 960 400",
        by=world.ann,
        at=world.now,
    )


def hall(world: World, code: str = "HALL", days: int = 300, **changes: object) -> Venue:
    """A church hall in Ely, assessed for so many days."""
    asked = {"address": "St Mary’s Hall, Ely", "district": "CB7", "contact": "The verger"} | changes
    venue = add_venue(place_code=code, by=world.ann, at=world.now, **asked)  # type: ignore[arg-type]
    return assess_venue(
        venue, assessed_on=today(world), assessed_until=today(world) + timedelta(days=days), by=world.ann, at=world.now
    )


def prepared_circle(world: World, needs: set[str] = EVERYTHING) -> Circle:
    """Matched and preparing, with these guards closed."""
    circle = supply(proposed_circle(world), world, needs | {"volunteers", "venue"})
    circle = match_circle(circle, no_conflicts=True, by=world.ann, at=world.now)
    return prepare_circle(circle, by=world.ann, at=world.now)


def started_circle(world: World) -> Circle:
    return start_weekly(prepared_circle(world), by=world.ann, at=world.now)


def end_circle(circle: Circle, world: World) -> Circle:
    """Write and approve whatever minutes wait, then end the circle, so that it can be closed."""
    for meeting in circle.meetings.filter(planned_at__lte=world.now).exclude(status=Meeting.Status.APPROVED):
        writer = circle.memberships.filter(left_at=None)[0].volunteer.user
        sent = meeting if meeting.submitted_at else send(meeting, by=writer, at=world.now)
        approve_minutes(sent, by=circle.coordinator, at=world.now)
    return begin_ending(circle, end_reason="completed", by=circle.coordinator, at=world.now)


def end_and_close(circle: Circle, world: World) -> Circle:
    """End the circle and close it."""
    return close_circle(end_circle(circle, world), by=circle.coordinator, at=world.now)
