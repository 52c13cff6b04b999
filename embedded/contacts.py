"""Loads what happens between the meetings of one circle: calls, small actions, and a curfew that has ended."""

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

CIRCLE = "C-0142"
EVERY_WEEKS = 4
"""Every fourth week has a call and an action."""

CALLS = [
    (Contact.Channel.PHONE, Contact.BegunBy.HIM, 12, "He had had a bad day and wanted to say so."),
    (Contact.Channel.MESSAGE, Contact.BegunBy.US, 1, "The new time of the meeting."),
    (Contact.Channel.PHONE, Contact.BegunBy.US, 5, "To ask how the appointment went."),
]
ACTIONS = [
    ("Ring the library about the computer course.", Action.Owner.COORDINATOR),
    ("Write down what he says when people ask about the gap.", Action.Owner.CORE_MEMBER),
    ("Find out what the allotment costs.", Action.Owner.COORDINATOR),
]
CURFEW = "He must be at home from nine at night until six in the morning."
CURFEW_LASTS = timedelta(days=120)


def load_week_before(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Load what one evening's minutes say of the week before: a call, the actions done, and a new action."""
    if meeting.circle.reference != CIRCLE:
        return
    for action in Action.objects.filter(circle=meeting.circle).unfinished():
        settle_action(action, how=Action.Status.DONE, by=meeting.circle.coordinator, at=at)
    turn = meeting.number // EVERY_WEEKS
    if meeting.number % EVERY_WEEKS == 0:
        _add_call(meeting, turn, by=by, at=at)
    if meeting.number % EVERY_WEEKS == 1:
        words, owner = ACTIONS[turn % len(ACTIONS)]
        due_on = (at + timedelta(days=7)).date()
        agree_action(meeting.circle, words=words, owner=owner, due_on=due_on, meeting=meeting, by=by, at=at)


def _add_call(meeting: Meeting, turn: int, *, by: User, at: datetime) -> None:
    """Write down the call of this turn, made three days before the meeting."""
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


def add_past_curfew(circle: Circle, *, began: date, by: User, at: datetime) -> None:
    """Add a curfew, a condition of his licence that has ended since."""
    if circle.reference == CIRCLE:
        add_restriction(
            circle.core_member,
            source="licence",
            plain_words=CURFEW,
            starts_on=began,
            ends_on=began + CURFEW_LASTS,
            by=by,
            at=at,
        )
