"""A person's meetings as a calendar that says nothing of what they are.

It leaves the building and lies in a calendar provider's hands: a neutral title, a time, a code for the
place, and nothing else (domain.md 4.5). No name, no reference, nothing of what the service is for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from icalendar import Calendar, Event, Timezone

from accounts.models import User
from circles.circle.models import Circle
from circles.meeting.models import USUAL_LENGTH, Meeting
from circles.schedule.rhythm import Occasion, occasions_of
from core.keyring import get_keyring
from core.worktime import LONDON

LOOKS_BACK, LOOKS_AHEAD = timedelta(weeks=4), timedelta(weeks=10)
TITLE, NAME = "Meeting", "Meetings"
ASK_AGAIN = timedelta(hours=1)


def events_of(user: User, *, at: datetime) -> list[Event]:
    """The meetings of the circles somebody belongs to or coordinates, the called off ones as cancelled.

    Without versions: which one each is follows from what the calendar was told before.
    """
    found: list[Event] = []
    since, until = ((at + away).astimezone(LONDON).date() for away in (-LOOKS_BACK, LOOKS_AHEAD))
    circles = Circle.objects.kept_by(user).filter(status__in=Circle.MEETS)
    for circle in circles.prefetch_related("variations", "meetings").order_by("pk"):
        meetings = list(circle.meetings.all())
        coming = occasions_of(circle, since=since, until=until, meetings=meetings)
        for one in [*coming, *extra(meetings, since=at - LOOKS_BACK)]:
            if one.meeting is not None or one.slot_at > at:
                found.append(event(user, circle, one))
    return found


def calendar_of(events: Iterable[Event]) -> bytes:
    """The events as one calendar; the same bytes until one of them changes.

    A calendar without any component is none (RFC 5545, 3.4): an empty one holds its time zone.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for one in events:
        calendar.add_component(one)
    if not calendar.subcomponents:
        calendar.add_component(Timezone.from_tzid(LONDON.key, first_date=date(2026, 1, 1), last_date=date(2038, 1, 1)))
    return bytes(calendar.to_ical())


def extra(meetings: Iterable[Meeting], *, since: datetime) -> list[Occasion]:
    """Meetings that stand for no moment of the rhythm."""
    return [
        Occasion(one.planned_at, one.planned_at, one.place_code, None, one)
        for one in sorted(meetings, key=lambda each: each.planned_at)
        if one.slot_at is None and one.planned_at >= since
    ]


def event(user: User, circle: Circle, one: Occasion) -> Event:
    """One meeting: its title is always the same, and its place a code. `versioned` adds which version it is."""
    starts = one.planned_at or one.slot_at
    off = one.planned_at is None or (one.meeting is not None and one.meeting.is_called_off)
    made = Event()
    made.add("uid", str(uid(user, circle, one)))
    made.add("dtstart", starts)
    made.add("dtend", starts + USUAL_LENGTH)
    made.add("summary", TITLE)
    made.add("location", one.place_code)
    made.add("class", "PRIVATE")
    made.add("status", "CANCELLED" if off else "CONFIRMED")
    made.add("transp", "TRANSPARENT" if off else "OPAQUE")
    return made


def digest_of(made: Event) -> str:
    """Another one as soon as anything of the event is another."""
    return sha256(made.to_ical()).hexdigest()


def versioned(made: Event, *, sequence: int, changed_at: datetime) -> Event:
    """The event as its version of that number, which stands since then."""
    made.add("dtstamp", changed_at)
    made.add("sequence", sequence)
    return made


def uid(user: User, circle: Circle, one: Occasion) -> UUID:
    """The same for one meeting of one person for ever, however it moves; nobody else can tell whose or which."""
    extra_one = one.meeting is not None and one.meeting.slot_at is None
    which = one.meeting.reference if one.meeting is not None and extra_one else one.slot_at.timestamp()
    return UUID(get_keyring().blind_index(f"calendar {user.reference} {circle.reference} {which}")[:32])
