"""What must stand before a circle meets, each as a small named thing (domain.md 7.3; 10, rule 13).

A guard says its sentence, what it still lacks for a circle on a day, and who can close it where.
`require_closed` is what operations ask; `standing` is what the page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from circles.agreement.models import Agreement, Signature
from circles.circle.access import CircleAccess
from circles.circle.models import Circle, Membership
from circles.meeting.models import Meeting
from circles.sharing_agreement.models import SharingAgreement
from circles.venue.models import Venue
from circles.venue.warnings import has_answered_warnings, warnings_of
from core.access import Act as PermittedAct
from core.errors import Refused
from core.worktime import LONDON
from offenders.contact.models import Contact
from offenders.restriction.models import Restriction
from volunteers.volunteer.models import Volunteer


class Facts:
    """What the guards ask of one circle on one day; each thing fetched once, when first asked for."""

    def __init__(self, circle: Circle, day: date) -> None:
        self.circle = circle
        self.day = day

    @cached_property
    def volunteers(self) -> list[Volunteer]:
        belonging = Membership.objects.current().of(self.circle)
        return [membership.volunteer for membership in belonging]

    @cached_property
    def shares(self) -> bool:
        area = self.circle.core_member.area_id
        return SharingAgreement.objects.in_force(self.day).filter(area=area).exists()

    @cached_property
    def contacts(self) -> list[Contact]:
        return list(Contact.objects.current().filter(core_member=self.circle.core_member_id).order_by("pk"))

    @cached_property
    def restrictions(self) -> list[Restriction]:
        return list(self.circle.restrictions_in_force(self.day))

    @cached_property
    def meeting_days(self) -> list[tuple[date, str]]:
        """Every planned meeting still to come, its day and its place; before any is planned, its first two."""
        planned = self.circle.meetings.filter(status=Meeting.Status.PLANNED).order_by("planned_at")
        days = [(one.planned_at.astimezone(LONDON).date(), one.place_code) for one in planned]
        coming = [one for one in days if one[0] >= self.day]
        first = max(self.circle.started_on, self.day)
        first += timedelta(days=(self.circle.weekday - first.weekday()) % 7)
        return coming or [(first + timedelta(days=away), self.circle.place_code) for away in (0, 7)]

    @cached_property
    def places(self) -> dict[str, Venue]:
        """The places of those meetings, by code; the circle's own is in hand already."""
        own = self.circle.venue
        known = {own.place_code: own} if own is not None else {}
        others = {code for _, code in self.meeting_days} - set(known)
        found = Venue.objects.filter(place_code__in=others) if others else []
        return known | {venue.place_code: venue for venue in found}

    @cached_property
    def signatures(self) -> list[Signature]:
        """Under the version in force that day."""
        newest = Agreement.objects.filter(published_on__lte=self.day).order_by("-version").values("pk")[:1]
        return list(self.circle.signatures.filter(agreement__in=newest))


def lacking_volunteers(facts: Facts) -> list[str]:
    least = facts.circle.programme.least_volunteers
    lacking = [lack for volunteer in facts.volunteers for lack in volunteer.lacks_on(facts.day)]
    may_be = sum(volunteer.assignable_on(facts.day) for volunteer in facts.volunteers)
    if may_be < least:
        lacking.insert(0, f"{may_be} of at least {least} volunteers")
    return lacking


def lacking_sharing(facts: Facts) -> list[str]:
    if facts.shares or getattr(facts.circle, "sharing_override", None) is not None:
        return []
    return [f"no agreement is in force for {facts.circle.core_member.area.name}"]


def lacking_contacts(facts: Facts) -> list[str]:
    if not facts.contacts:
        return ["nobody is named to ring"]
    return [f"{one.role} not rung in the last ninety days" for one in facts.contacts if not one.is_good_on(facts.day)]


def lacking_venue(facts: Facts) -> list[str]:
    """A chosen place; a risk assessment on every meeting's day; every warning answered."""
    venue = facts.circle.venue
    if venue is None:
        return ["no place is chosen"]
    lacking = []
    for day, code in facts.meeting_days:
        place = facts.places.get(code)
        if place is None:
            lacking.append(f"{code} is not a place we know, {day:%-d %B}")
        elif not place.is_assessed_on(day):
            lacking.append(f"{code} has no risk assessment that holds on {day:%-d %B}")
    if warnings_of(venue, facts.restrictions) and not has_answered_warnings(facts.circle, venue, facts.restrictions):
        lacking.append(f"a restriction speaks against {venue.place_code}, and nobody has answered that")
    return lacking


def lacking_briefing(facts: Facts) -> list[str]:
    held = facts.circle.briefings.filter(held_on__lte=facts.day).exists()
    return [] if held else ["no briefing has been held"]


def lacking_signatures(facts: Facts) -> list[str]:
    """One of every volunteer, the coordinator and the core member, under the newest text."""
    signed = {one.person_id for one in facts.signatures if one.signed_as != Signature.As.CORE_MEMBER}
    lacking = [one.user.first_name for one in facts.volunteers if one.user_id not in signed]
    if facts.circle.coordinator_id not in signed:
        lacking.append(facts.circle.coordinator.first_name)
    if not any(one.signed_as == Signature.As.CORE_MEMBER for one in facts.signatures):
        lacking.append(facts.circle.known_as)
    return [f"{', '.join(lacking)} still to sign"] if lacking else []


def lacking_restrictions(facts: Facts) -> list[str]:
    """Read over with whoever manages him, and none added since."""
    verified = facts.circle.core_member.restrictions_verified_at
    if verified is None or any(one.added_at > verified for one in facts.restrictions):
        return ["his restrictions have not been read over with whoever manages him"]
    return []


@dataclass(frozen=True)
class Guard:
    """One thing that must stand. `act` is what CircleAccess asks of whoever closes it, on `page`."""

    name: str
    sentence: str
    who: str
    act: PermittedAct[CircleAccess]
    page: str
    lacks: Callable[[Facts], list[str]]


SHARING = Guard(
    "sharing",
    "An agreement to share information is in force for the area.",
    "A manager signs one, or lets this circle meet without.",
    CircleAccess.set_sharing_aside,
    "circles:set_sharing_aside",
    lacking_sharing,
)
VOLUNTEERS = Guard(
    "volunteers",
    "Enough volunteers belong, and each may be placed.",
    "The coordinator can close it.",
    CircleAccess.change_members,
    "circles:people",
    lacking_volunteers,
)
CONTACTS = Guard(
    "contacts",
    "Everybody to ring has been rung in the last ninety days.",
    "The coordinator can close it.",
    CircleAccess.prepare,
    "offenders:core_member",
    lacking_contacts,
)
RESTRICTIONS = Guard(
    "restrictions",
    "His restrictions are written down, and verified.",
    "The coordinator can close it.",
    CircleAccess.prepare,
    "offenders:verify_restrictions",
    lacking_restrictions,
)
VENUE = Guard(
    "venue",
    "There is a place, its risk assessment good on every meeting’s day.",
    "The coordinator can close it.",
    CircleAccess.prepare,
    "circles:choose_venue",
    lacking_venue,
)
BRIEFING = Guard(
    "briefing",
    "Police and probation have briefed the volunteers.",
    "The coordinator can close it.",
    CircleAccess.prepare,
    "circles:record_briefing",
    lacking_briefing,
)
SIGNATURES = Guard(
    "signatures",
    "All have signed the agreement.",
    "Each signs for themselves; the coordinator writes down that he has.",
    CircleAccess.sign,
    "circles:agreement",
    lacking_signatures,
)

TO_MATCH = (VOLUNTEERS,)
TO_PREPARE = (VENUE,)
TO_MEET = (SHARING, VOLUNTEERS, CONTACTS, RESTRICTIONS, VENUE, BRIEFING, SIGNATURES)
"""In the order a coordinator meets them."""


@dataclass(frozen=True)
class Standing:
    """How one guard stands for one circle on one day."""

    guard: Guard
    lacks: list[str]

    @property
    def is_open(self) -> bool:
        return bool(self.lacks)


def standing(circle: Circle, day: date, guards: Iterable[Guard] = TO_MEET) -> list[Standing]:
    """Every guard, open and closed alike."""
    facts = Facts(circle, day)
    return [Standing(guard, guard.lacks(facts)) for guard in guards]


def require_closed(circle: Circle, day: date, guards: Iterable[Guard] = TO_MEET) -> None:
    """Raise Refused, with everything that stands open, unless nothing does."""
    lacking = [lack for one in standing(circle, day, guards) for lack in one.lacks]
    if lacking:
        raise Refused(f"Still to do: {'; '.join(lacking)}. Close it first, then come back.")
