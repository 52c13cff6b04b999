"""What happens between the demo's meetings: calls, small actions done by the next week, a restriction that ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from accounts.models import User
from circles.action.models import Action
from circles.action.operations import agree_action, settle_action
from circles.circle.models import Circle
from circles.contact.models import Contact
from circles.contact.operations import add_contact
from circles.meeting.models import Meeting
from core.worktime import LONDON
from offenders.restriction.operations import add_restriction

TOLD = "C-0142"
EVERY = 4
"""In every fourth week somebody rings, and something is agreed."""

CALLS = [
    (Contact.Channel.PHONE, Contact.BegunBy.HIM, 12, "He had had a bad day and wanted to say so."),
    (Contact.Channel.MESSAGE, Contact.BegunBy.US, 1, "The new time of the meeting."),
    (Contact.Channel.PHONE, Contact.BegunBy.US, 5, "To ask how the appointment went."),
]
AGREED = [
    ("Ring the library about the computer course.", Action.Owner.COORDINATOR),
    ("Write down what he says when people ask about the gap.", Action.Owner.CORE_MEMBER),
    ("Find out what the allotment costs.", Action.Owner.COORDINATOR),
]
CURFEW = "He must be at home from nine at night until six in the morning."
CURFEW_LASTS = timedelta(days=120)


def between_meetings(meeting: Meeting, *, by: User, at: datetime) -> None:
    """What one evening's minutes tell of the week before it, and what was agreed in it."""
    if meeting.circle.reference != TOLD:
        return
    for action in Action.objects.filter(circle=meeting.circle).unfinished():
        settle_action(action, how=Action.Status.DONE, by=meeting.circle.coordinator, at=at)
    turn = meeting.number // EVERY
    if meeting.number % EVERY == 0:
        call(meeting, turn, by=by, at=at)
    if meeting.number % EVERY == 1:
        words, owner = AGREED[turn % len(AGREED)]
        due_on = (at + timedelta(days=7)).date()
        agree_action(meeting.circle, words=words, owner=owner, due_on=due_on, meeting=meeting, by=by, at=at)


def call(meeting: Meeting, turn: int, *, by: User, at: datetime) -> None:
    channel, begun_by, minutes, summary = CALLS[turn % len(CALLS)]
    members = meeting.circle.memberships.select_related("volunteer").order_by("pk")
    happened_on = meeting.planned_at.astimezone(LONDON).date() - timedelta(days=3)
    add_contact(
        meeting,
        happened_on=happened_on,
        volunteer=members[turn % 2].volunteer,
        channel=channel,
        begun_by_whom=begun_by,
        minutes_long=minutes,
        summary=summary,
        by=by,
        at=at,
    )


def curfew(circle: Circle, *, began: date, by: User, at: datetime) -> None:
    """A condition of his licence that ended in the meantime."""
    if circle.reference == TOLD:
        add_restriction(
            circle.core_member,
            source="licence",
            plain_words=CURFEW,
            starts_on=began,
            ends_on=began + CURFEW_LASTS,
            by=by,
            at=at,
        )
