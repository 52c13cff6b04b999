"""A person's meetings as a calendar that says nothing of what they are.

It leaves the building and lies in a calendar provider's hands: a neutral title, a time, a code for the
place, and nothing else (domain.md 4.5). No name, no reference, nothing of what the service is for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import Prefetch
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
    """One event for each meeting of the circles that somebody belongs to or coordinates; called off is cancelled.

    The events have no version yet: `add_version` adds it.
    """
    events: list[Event] = []
    since, until = ((at + away).astimezone(LONDON).date() for away in (-LOOKS_BACK, LOOKS_AHEAD))
    circles = Circle.objects.tied_to(user).filter(status__in=Circle.MEETS)
    seen_meetings = Prefetch("meetings", Meeting.objects.visible_to(user))
    for circle in circles.prefetch_related("variations", seen_meetings).order_by("pk"):
        meetings = list(circle.meetings.all())
        coming = occasions_of(circle, since=since, until=until, meetings=meetings)
        for occasion in [*coming, *_extra_meetings_of(meetings, since=at - LOOKS_BACK)]:
            if occasion.meeting is not None or occasion.slot_at > at:
                events.append(_event_of(user, circle, occasion))
    return events


def calendar_of(events: Iterable[Event]) -> bytes:
    """The events as one calendar file; the same bytes until one of them changes.

    A calendar must have a component (RFC 5545, 3.4), so an empty one has its time zone.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(event)
    if not calendar.subcomponents:
        calendar.add_component(Timezone.from_tzid(LONDON.key, first_date=date(2026, 1, 1), last_date=date(2038, 1, 1)))
    return bytes(calendar.to_ical())


def _extra_meetings_of(meetings: Iterable[Meeting], *, since: datetime) -> list[Occasion]:
    """The meetings outside the circle's rhythm, as occasions."""
    return [
        Occasion(meeting.planned_at, meeting.planned_at, meeting.place_code, None, meeting)
        for meeting in sorted(meetings, key=lambda meeting: meeting.planned_at)
        if meeting.slot_at is None and meeting.planned_at >= since
    ]


def _event_of(user: User, circle: Circle, occasion: Occasion) -> Event:
    """The event of one meeting. Its title is always the same, its place is a code; it has no version yet."""
    starts = occasion.planned_at or occasion.slot_at
    is_off = occasion.planned_at is None or (occasion.meeting is not None and occasion.meeting.is_called_off)
    event = Event()
    event.add("uid", str(_uid_of(user, circle, occasion)))
    event.add("dtstart", starts)
    event.add("dtend", starts + USUAL_LENGTH)
    event.add("summary", TITLE)
    event.add("location", occasion.place_code)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if is_off else "OPAQUE")
    return event


def digest_of(event: Event) -> str:
    """A digest of the event; it differs as soon as anything in the event differs."""
    return sha256(event.to_ical()).hexdigest()


def add_version(event: Event, *, sequence: int, changed_at: datetime) -> Event:
    """Add the number of its version to the event, and since when it holds."""
    event.add("dtstamp", changed_at)
    event.add("sequence", sequence)
    return event


def _uid_of(user: User, circle: Circle, occasion: Occasion) -> UUID:
    """The id of one meeting in one person's calendar. It never changes, and does not reveal whose or which it is."""
    is_extra = occasion.meeting is not None and occasion.meeting.slot_at is None
    which = occasion.meeting.reference if occasion.meeting is not None and is_extra else occasion.slot_at.timestamp()
    return UUID(get_keyring().blind_index(f"calendar {user.reference} {circle.reference} {which}")[:32])
