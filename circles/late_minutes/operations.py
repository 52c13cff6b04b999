"""The 48-hour chain: tell people that a meeting's minutes are missing; and take the minutes over."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.access import Role, people_with_role
from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert, stop_alerts
from alerts.pause.models import SendingPause
from audit.models import Act
from audit.trail import write_entry
from circles.circle.event_models import CircleEvent
from circles.circle.models import Membership
from circles.circle.telling import coordinators_now
from circles.late_minutes.models import RUNGS, TAKE_OVER_AFTER, MinutesStep
from circles.meeting.access import MeetingAccess
from circles.meeting.chasing import chasing_key_of
from circles.meeting.locking import lock_meeting
from circles.meeting.models import Meeting
from core.errors import Refused
from core.rows import only_row_of
from volunteers.volunteer.models import Volunteer

logger = logging.getLogger(__name__)


Rung = MinutesStep.Rung


def chase_minutes(*, at: datetime) -> int:
    """Tell each due rung of each meeting whose minutes are missing. Returns how many. Safe to run twice at once.

    Each meeting has its own transaction, so that an error in one does not stop the others. Tells nobody while sending
    is paused after a restore.
    """
    if SendingPause.objects.current().exists():
        return 0
    told = 0
    waiting = Meeting.objects.without_sent_minutes(at).filter(planned_at__lte=at - min(RUNGS.values()))
    for pk in waiting.order_by("planned_at").values_list("pk", flat=True):
        try:
            told += _chase_meeting(pk, at=at)
        except Exception:
            logger.exception("missing minutes could not be chased", extra={"meeting": pk})
    if told:
        nudge()
    return told


@transaction.atomic
def _chase_meeting(pk: int, *, at: datetime) -> int:
    """Tell each rung that is due and was not told, unless the minutes have been sent."""
    rows = Meeting.objects.without_sent_minutes(at).select_for_update(skip_locked=True, of=("self",))
    meeting = only_row_of(rows.filter(pk=pk))
    if meeting is None:
        return 0
    already = set(MinutesStep.objects.filter(meeting=meeting).values_list("rung", flat=True))
    due = [rung for rung, after in RUNGS.items() if rung not in already and at >= meeting.over_at + after]
    for rung in due:
        _tell_rung(meeting, rung, at=at)
    return len(due)


def _tell_rung(meeting: Meeting, rung: MinutesStep.Rung, *, at: datetime) -> None:
    """Tell the people of one rung, and record that it was done or that there was nobody to tell."""
    people = list(_people_of(meeting, rung, at=at))
    MinutesStep.objects.create(meeting=meeting, rung=rung, told_at=at)
    page = {Rung.WRITER: "circles:log", Rung.OTHERS: "circles:take_over"}.get(rung, "circles:meeting")
    queue_alert(
        key=chasing_key_of(meeting, rung),
        to=people,
        urgency=Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        about=meeting.circle.core_member_id,
        link=reverse(page, args=[meeting.reference]),
        at=at,
    )
    note = "" if people else "There was nobody to tell."
    what = f"Meeting {meeting.number}: {rung.label.lower()}, the minutes are missing"
    CircleEvent.objects.create(
        circle=meeting.circle, at=at, by=None, kind=CircleEvent.Kind.MEETING, what=what, note=note
    )


def _people_of(meeting: Meeting, rung: MinutesStep.Rung, *, at: datetime) -> Iterable[User]:
    """The people that a rung tells. If no writer belongs any more, every volunteer counts as the writer."""
    if rung == Rung.COORDINATOR:
        return coordinators_now(meeting.circle, at=at)
    if rung == Rung.MANAGER:
        return people_with_role(Role.MANAGER)
    members = Membership.objects.current().filter(circle=meeting.circle).select_related("volunteer__user")
    belonging = [member.volunteer for member in members]
    writer = [volunteer for volunteer in belonging if volunteer.pk == meeting.minute_taker_id]
    if rung == Rung.WRITER:
        return [volunteer.user for volunteer in writer or belonging]
    return [volunteer.user for volunteer in belonging if volunteer not in writer]


@transaction.atomic
def take_over_minutes(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Become the writer of missing minutes, from 40 hours after the meeting on. Nothing that was typed is lost.

    A meeting has one draft, so nothing is copied. Whoever wrote before may still write in it.
    """
    meeting = lock_meeting(meeting)
    MeetingAccess(by, meeting).require(MeetingAccess.take_over)
    if meeting.submitted_at is not None:
        raise Refused("These minutes were sent already. Read them, and add a note if something is missing.")
    if meeting.is_called_off:
        raise Refused("This meeting was not held, so there are no minutes to take over.")
    if at < meeting.over_at + TAKE_OVER_AFTER:
        raise Refused("It is too soon to take over. Choose “I will take the minutes” if you have agreed it.")
    before, own = meeting.minute_taker, Volunteer.objects.get(user=by)
    if before == own:
        raise Refused("These minutes are yours already. Carry on with the log.")
    meeting.minute_taker = own
    meeting.save(update_fields=["minute_taker"])
    if before is not None:
        _tell_former(meeting, before.user, at=at)
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="minutes taken over")
    return meeting


def _tell_former(meeting: Meeting, former: User, *, at: datetime) -> None:
    """Tell the former writer that somebody took over, and stop their reminders."""
    stop_alerts(chasing_key_of(meeting, Rung.WRITER), at=at, why="somebody took the minutes over")
    queue_alert(
        key=f"{meeting.reference}:taken-over:{at.timestamp():.0f}",
        to=[former],
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        about=meeting.circle.core_member_id,
        link=meeting.get_absolute_url(),
        at=at,
    )
    nudge()
