"""Planning meetings week by week, and opening tonight's log."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import recorded
from circles.access import CircleAccess, MeetingAccess
from circles.models import Circle, Meeting, Membership, Minutes
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON
from volunteers.models import Volunteer

PLANNED_AHEAD = timedelta(days=15)
OPENS_BEFORE = timedelta(hours=1)
"""The log may be opened an hour before the meeting."""


def plan_next_meetings(*, at: datetime) -> int:
    """Plan the coming fortnight of every circle that meets; safe to run twice."""
    return sum(plan_meetings(circle, at=at) for circle in Circle.objects.filter(status__in=Circle.MEETS))


@transaction.atomic
def plan_meetings(circle: Circle, *, at: datetime) -> int:
    """Plan a circle's meetings up to a fortnight ahead; the number that were new, none unless it meets."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    if not circle.meets:
        return 0
    made = 0
    latest = circle.meetings.order_by("-planned_at").first()
    number = latest.number if latest else 0
    for moment in slots(circle, at):
        if latest is not None and moment <= latest.planned_at:
            continue
        number += 1
        Meeting.objects.create(
            reference=unused_reference(Meeting, "M", 7),
            circle=circle,
            number=number,
            planned_at=moment,
            place_code=circle.place_code,
            minute_taker=next_minute_taker(circle, number),
        )
        made += 1
    return made


def slots(circle: Circle, at: datetime) -> list[datetime]:
    """The circle's moments, weekly or every second week, from its start, or from yesterday, to the end of the planned window.

    From yesterday, so that the meeting of an evening that ran past midnight is not lost.
    """
    step, begins = 7, circle.started_on
    if circle.status == Circle.Status.FORTNIGHTLY and circle.fortnightly_from is not None:
        step, begins = 14, max(begins, circle.fortnightly_from)
    first = max(circle.started_on, (at - timedelta(days=1)).astimezone(LONDON).date())
    day = begins + timedelta(days=(circle.weekday - begins.weekday()) % 7)
    day += timedelta(days=max(0, -(-(first - day).days // step)) * step)
    last = (at + PLANNED_AHEAD).astimezone(LONDON).date()
    found = []
    while day <= min(last, circle.planned_end_on):
        found.append(datetime.combine(day, circle.meets_at, LONDON))
        day += timedelta(days=step)
    return found


def next_minute_taker(circle: Circle, number: int) -> Volunteer | None:
    """The rota: volunteers take the minutes in turn, in the order they joined."""
    members = list(Membership.objects.current().filter(circle=circle).order_by("joined_at", "pk"))
    return members[(number - 1) % len(members)].volunteer if members else None


def mend_rota(circle: Circle, *, at: datetime) -> None:
    """Give the coming meetings a minute-taker who still belongs; those who do keep their turn."""
    belonging = set(Membership.objects.current().filter(circle=circle).values_list("volunteer", flat=True))
    for meeting in circle.meetings.filter(planned_at__gt=at, status=Meeting.Status.PLANNED):
        if meeting.minute_taker_id not in belonging:
            meeting.minute_taker = next_minute_taker(circle, meeting.number)
            meeting.save(update_fields=["minute_taker"])


@transaction.atomic
def take_minutes(meeting: Meeting, *, volunteer: Volunteer, by: User, at: datetime) -> Meeting:
    """Say who takes the minutes; the draft goes with the duty."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    MeetingAccess(by, meeting).require("write_minutes")
    if meeting.status not in {Meeting.Status.PLANNED, Meeting.Status.DRAFT}:
        raise Refused("These minutes were sent already.")
    if not Membership.objects.current().filter(circle=meeting.circle, volunteer=volunteer).exists():
        raise Refused("Choose somebody who belongs to this circle.", field="volunteer")
    meeting.minute_taker = volunteer
    meeting.save(update_fields=["minute_taker"])
    recorded(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="minute-taker changed")
    return meeting


@transaction.atomic
def start_log(meeting: Meeting, *, by: User, at: datetime) -> Minutes:
    """Open a meeting's log, or come back to it: there is one draft, the same on every device."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    CircleAccess(by, meeting.circle).require("write_minutes")
    already = Minutes.objects.filter(meeting=meeting).first()
    if already is not None:
        return already
    if meeting.planned_at > at + OPENS_BEFORE:
        raise Refused("This meeting has not happened yet. Its log opens an hour before it starts.")
    minutes = Minutes.objects.create(meeting=meeting, begun_at=at, begun_by=by, saved_at=at, saved_by=by)
    meeting.move(Meeting.Status.DRAFT, by=by, at=at)
    recorded(Act.COLLECTED, meeting, by=by, at=at, within=meeting.circle.reference)
    return minutes
