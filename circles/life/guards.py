"""Guards: what must hold before a circle meets (domain.md 7.3; 10, rule 13).

A guard has a sentence, a function that says what a circle still lacks on a day, and who can close it on which page.
Operations call `require_closed`; the page shows `states_of_guards`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from circles.agreement.models import Signature
from circles.circle.access import CircleAccess
from circles.circle.models import Circle
from circles.life.guard_facts import GuardFacts
from circles.venue.warnings import has_answered_warnings, warnings_of
from core.access import Act as PermittedAct
from core.errors import Refused


def _lacks_of_volunteers(facts: GuardFacts) -> list[str]:
    least = facts.circle.programme.least_volunteers
    lacking = [lack for volunteer in facts.volunteers for lack in volunteer.reasons_not_to_place_on(facts.day)]
    assignable = sum(volunteer.may_be_placed_on(facts.day) for volunteer in facts.volunteers)
    if assignable < least:
        lacking.insert(0, f"{assignable} of at least {least} volunteers")
    return lacking


def _lacks_of_sharing(facts: GuardFacts) -> list[str]:
    if facts.existing.sharing or getattr(facts.circle, "sharing_override", None) is not None:
        return []
    return [f"no agreement is in force for {facts.circle.core_member.area.name}"]


def _lacks_of_queue(facts: GuardFacts) -> list[str]:
    """Somebody works the area's queue. Without that the agencies hear of no concern about him."""
    return [] if facts.existing.worker else [f"nobody works a queue for {facts.circle.core_member.area.name}"]


def _lacks_of_contacts(facts: GuardFacts) -> list[str]:
    if not facts.contacts:
        return ["nobody is named to ring"]
    return [
        f"{contact.role} not rung in the last ninety days"
        for contact in facts.contacts
        if not contact.is_good_on(facts.day)
    ]


def _lacks_of_venue(facts: GuardFacts) -> list[str]:
    """A chosen place, a risk assessment that holds on every meeting's day, and an answer to every warning."""
    venue = facts.circle.venue
    if venue is None:
        return ["no place is chosen"]
    lacking = []
    for day, code in facts.meeting_days:
        place = facts.venues_by_code.get(code)
        if place is None:
            lacking.append(f"{code} is not a place we know, {day:%-d %B}")
        elif not place.is_assessed_on(day):
            lacking.append(f"{code} has no risk assessment that holds on {day:%-d %B}")
    if warnings_of(venue, facts.restrictions) and not has_answered_warnings(facts.circle, venue, facts.restrictions):
        lacking.append(f"a restriction speaks against {venue.place_code}, and nobody has answered that")
    return lacking


def _lacks_of_briefing(facts: GuardFacts) -> list[str]:
    return [] if facts.existing.briefing else ["no briefing has been held"]


def _lacks_of_signatures(facts: GuardFacts) -> list[str]:
    """A signature of every volunteer, the coordinator and the core member, under the newest text."""
    signed = {signature.person_id for signature in facts.signatures if signature.signed_as != Signature.As.CORE_MEMBER}
    lacking = [volunteer.user.first_name for volunteer in facts.volunteers if volunteer.user_id not in signed]
    if facts.circle.coordinator_id not in signed:
        lacking.append(facts.circle.coordinator.first_name)
    if not any(signature.signed_as == Signature.As.CORE_MEMBER for signature in facts.signatures):
        lacking.append(facts.circle.known_as)
    return [f"{', '.join(lacking)} still to sign"] if lacking else []


def _lacks_of_restrictions(facts: GuardFacts) -> list[str]:
    """His restrictions were read over with whoever manages him, and none was added since."""
    verified = facts.circle.core_member.restrictions_verified_at
    if verified is None or any(restriction.added_at > verified for restriction in facts.restrictions):
        return ["his restrictions have not been read over with whoever manages him"]
    return []


def _lacks_of_consent(facts: GuardFacts) -> list[str]:
    """He agreed to take part, and has not withdrawn it (domain.md 1.4 step 5)."""
    return [] if facts.existing.consent else [f"{facts.circle.known_as} has not agreed to take part"]


def _of_the_circle(circle: Circle) -> list[str]:
    return [circle.reference]


def _of_the_core_member(circle: Circle) -> list[str]:
    return [circle.core_member.reference]


def _of_the_service(circle: Circle) -> list[str]:
    return []


@dataclass(frozen=True)
class Guard:
    """One thing that must hold. Whoever may do `act` can close it, on `page`, which is one of the records of `of`."""

    name: str
    sentence: str
    who: str
    act: PermittedAct[CircleAccess]
    page: str
    lacks: Callable[[GuardFacts], list[str]]
    of: Callable[[Circle], list[str]] = _of_the_circle

    def url_for(self, circle: Circle) -> str:
        return reverse(self.page, args=self.of(circle))


SHARING = Guard(
    "sharing",
    "An agreement to share information is in force for the area.",
    "A manager signs one, or lets this circle meet without it.",
    CircleAccess.set_sharing_aside,
    "circles:set_sharing_aside",
    _lacks_of_sharing,
)
QUEUE = Guard(
    "queue",
    "Somebody at the agencies works the area’s queue, and hears of concerns.",
    "A manager makes the queue and gives it to a team.",
    CircleAccess.set_up_queue,
    "concerns:set_up_queues",
    _lacks_of_queue,
    _of_the_service,
)
VOLUNTEERS = Guard(
    "volunteers",
    "There are enough volunteers, and each may be placed.",
    "The coordinator can do this.",
    CircleAccess.change_members,
    "circles:people",
    _lacks_of_volunteers,
)
CONTACTS = Guard(
    "contacts",
    "Every contact has been rung in the last ninety days.",
    "The coordinator can do this.",
    CircleAccess.prepare,
    "offenders:contacts",
    _lacks_of_contacts,
    _of_the_core_member,
)
RESTRICTIONS = Guard(
    "restrictions",
    "His restrictions are written down, and verified.",
    "The coordinator can do this.",
    CircleAccess.prepare,
    "offenders:verify_restrictions",
    _lacks_of_restrictions,
    _of_the_core_member,
)
CONSENT = Guard(
    "consent",
    "He has agreed to take part.",
    "The coordinator goes through the text with him.",
    CircleAccess.prepare,
    "offenders:consent",
    _lacks_of_consent,
    _of_the_core_member,
)
VENUE = Guard(
    "venue",
    "There is a place, and its risk assessment holds on the day of every meeting.",
    "The coordinator can do this.",
    CircleAccess.prepare,
    "circles:choose_venue",
    _lacks_of_venue,
)
BRIEFING = Guard(
    "briefing",
    "Police and probation have briefed the volunteers.",
    "The coordinator can do this.",
    CircleAccess.prepare,
    "circles:record_briefing",
    _lacks_of_briefing,
)
SIGNATURES = Guard(
    "signatures",
    "All have signed the agreement.",
    "Each person signs for themselves. The coordinator records when the core member signed.",
    CircleAccess.sign,
    "circles:agreement",
    _lacks_of_signatures,
)

TO_MATCH = (VOLUNTEERS,)
TO_PREPARE = (VENUE,)
TO_MEET = (SHARING, QUEUE, VOLUNTEERS, CONTACTS, RESTRICTIONS, CONSENT, VENUE, BRIEFING, SIGNATURES)
"""In the order in which a coordinator usually closes them."""


@dataclass(frozen=True)
class GuardState:
    """What one guard still lacks for one circle on one day."""

    guard: Guard
    lacks: list[str]

    @property
    def is_open(self) -> bool:
        return bool(self.lacks)


def states_of_guards(circle: Circle, day: date, guards: Iterable[Guard] = TO_MEET) -> list[GuardState]:
    """The state of every guard, open or closed."""
    facts = GuardFacts(circle, day)
    return [GuardState(guard, guard.lacks(facts)) for guard in guards]


def require_closed(circle: Circle, day: date, guards: Iterable[Guard] = TO_MEET) -> None:
    """Raise Refused with everything that is still to do, unless all guards are closed."""
    lacking = [lack for state in states_of_guards(circle, day, guards) for lack in state.lacks]
    if lacking:
        raise Refused(f"Still to do: {'; '.join(lacking)}. Do it first, then come back.")
