"""The work items that circles give a person, and the meeting on a volunteer's home page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from circles.circle.models import JOINED_CIRCLES, Membership
from circles.contact.models import SupportCall
from circles.late_minutes.models import RUNGS, TAKE_OVER_AFTER, MinutesStep
from circles.meeting.models import USUAL_LENGTH, Attendance, Meeting
from circles.minutes.beginning_operations import OPENS_BEFORE
from circles.rota.models import Swap
from circles.schedule.operations import day_text_of
from circles.version.models import ASSENT_WITHIN, Assent, MinutesVersion
from circles.worklist.due import due_items_for
from circles.worklist.expiries import expiry_items_for
from circles.worklist.forcing import forcing_answer_items_for
from circles.worklist.own_circles import OwnCircles, own_circles_of
from circles.worklist.reviews import review_items_for
from circles.worklist.risk import risk_items_for
from circles.worklist.sharing import resend_items_for
from core.worklist import WorkItem
from core.worktime import LONDON, WORKING_DAY, WorkingTime, service_worktime

READ_WITHIN = 3 * WORKING_DAY
"""The coordinator reads the minutes within three working days (domain.md 7.5)."""

NEARLY = timedelta(hours=12)
"""Minutes must be acted on from this long before they are due."""

STILL_SHOWN = timedelta(hours=6)
"""A cancelled meeting is still shown for this long after its time."""

FOR_TONIGHT = (Meeting.Status.PLANNED, Meeting.Status.DRAFT, Meeting.Status.CANCELLED)


@dataclass(frozen=True)
class Tonight:
    """The meeting shown on a volunteer's home page."""

    meeting: Meeting
    heading: str
    others: list[str]
    takes_minutes: bool
    log_open: bool
    begun: bool
    cancelled: list[Meeting]
    """Cancelled meetings up to that one, shown so that nobody sets out for them."""


def work_of(user: User, at: datetime) -> list[WorkItem]:
    """Everything in the circles that waits for this person."""
    own_circles = own_circles_of(user)
    return [
        *forcing_answer_items_for(user, own_circles, at),
        *_minutes_items_for(user, own_circles, at),
        *_missing_minutes_items_for(user, at),
        *_assent_items_for(user, own_circles, at),
        *_swap_items_for(user, own_circles, at),
        *risk_items_for(user, own_circles, at),
        *expiry_items_for(user, own_circles, at),
        *due_items_for(user, own_circles, at),
        *review_items_for(user, own_circles, at),
        *resend_items_for(user, own_circles),
    ]


def _minutes_items_for(user: User, own_circles: OwnCircles, at: datetime) -> list[WorkItem]:
    """For a volunteer, minutes to write or take over; for a coordinator, minutes to read or chase, and calls. One query."""
    if not own_circles.all:
        return []
    unread = Q(status=Meeting.Status.SUBMITTED)
    unsent = Q(status__in=[Meeting.Status.PLANNED, Meeting.Status.DRAFT], planned_at__lte=at)
    rung = Q(support_call__isnull=False, support_call__called_at=None)
    hers = (unread | unsent | rung) & Q(circle__in=own_circles.coordinated)
    meetings = Meeting.objects.visible_to(user).filter(hers | (unsent & Q(circle__in=own_circles.joined)))
    meetings = meetings.select_related("circle", "minutes", "minute_taker__user")
    if own_circles.coordinated:
        meetings = meetings.with_was_short().select_related("support_call__asked_by")
    meetings_found: list[Any] = list(meetings.order_by("planned_at"))
    own = [
        meeting
        for meeting in meetings_found
        if meeting.circle_id in own_circles.joined and meeting.planned_at <= at and not meeting.is_settled
    ]
    looked_after = [meeting for meeting in meetings_found if meeting.circle_id in own_circles.coordinated]
    calls = [_call_item_of(meeting.support_call) for meeting in looked_after if _has_open_call(meeting)]
    return [*_writer_items_of(own, user, at), *calls, *_coordinator_items_of(looked_after, at)]


def _missing_minutes_items_for(user: User, at: datetime) -> list[WorkItem]:
    """For a manager, minutes of other coordinators' circles not sent even after the last reminder (domain.md 10, rule 18)."""
    if not user.has_role(Role.MANAGER):
        return []
    since = at - USUAL_LENGTH - RUNGS[MinutesStep.Rung.MANAGER]
    missing = Meeting.objects.visible_to(user).exclude(circle__coordinator=user).without_sent_minutes(at)
    return [
        WorkItem(
            title=f"Late: the minutes of {day_text_of(meeting.planned_at)} in {meeting.circle.reference}",
            url=meeting.get_absolute_url(),
            due_at=meeting.minutes_due_at,
            detail=f"{meeting.circle.coordinator.first_name} coordinates.",
        )
        for meeting in missing.filter(planned_at__lte=since)
        .select_related("circle__coordinator")
        .order_by("planned_at", "pk")
    ]


def _assent_items_for(user: User, own_circles: OwnCircles, at: datetime) -> list[WorkItem]:
    """Minutes that wait for this volunteer, who was there, to agree or dissent."""
    if not own_circles.joined:
        return []
    answered_versions = Assent.objects.filter(volunteer__user=user).values("version")
    attended = Attendance.objects.filter(volunteer__user=user).exclude(came=Attendance.Came.NO)
    waiting = MinutesVersion.objects.visible_to(user).filter(
        written_at__gte=at - ASSENT_WITHIN,
        meeting__submitted_at__isnull=False,
        meeting__circle__in=own_circles.joined,
        meeting__in=attended.values("meeting"),
    )
    latest = waiting.exclude(meeting__submitted_by=user).exclude(pk__in=answered_versions).latest_per_meeting()
    return [_assent_item_of(version) for version in latest.select_related("meeting__circle").order_by("written_at")]


def _assent_item_of(version: MinutesVersion) -> WorkItem:
    return WorkItem(
        title=f"Read the minutes of {day_text_of(version.meeting.planned_at)} and say if they are right",
        url=reverse("circles:assent", args=[version.meeting.reference]),
        due_at=version.assent_until,
        detail=f"Circle {version.meeting.circle.reference}",
    )


def _swap_items_for(user: User, own_circles: OwnCircles, at: datetime) -> list[WorkItem]:
    """Swaps that somebody asks this person for."""
    if not own_circles.joined:
        return []
    asked = Swap.objects.visible_to(user).open_at(at).filter(taker__user=user)
    return [
        WorkItem(
            title=f"{swap.giver.user.first_name} asks you to take the minutes of {day_text_of(swap.meeting.planned_at)}",
            url=swap.meeting.circle.get_absolute_url(),
            due_at=swap.meeting.planned_at,
            detail=f"Circle {swap.meeting.circle.reference}",
        )
        for swap in asked.select_related("giver__user", "meeting__circle").order_by("meeting__planned_at")
    ]


def circle_items_for(meetings: Iterable[Meeting], *, user: User, belongs: bool, at: datetime) -> list[WorkItem]:
    """The items of one circle, from its meetings: those of a volunteer if they belong to it, else the coordinator's."""
    if not belongs:
        return _coordinator_items_of(meetings, at)
    waiting = [meeting for meeting in meetings if meeting.planned_at <= at and not meeting.is_settled]
    return _writer_items_of(waiting, user, at)


def _writer_items_of(meetings: Iterable[Meeting], user: User, at: datetime) -> list[WorkItem]:
    """A volunteer's own minutes to write, and those of others that can be taken over by now."""
    own = [meeting for meeting in meetings if meeting.minute_taker is None or meeting.minute_taker.user_id == user.pk]
    others = [meeting for meeting in meetings if meeting not in own and at >= meeting.over_at + TAKE_OVER_AFTER]
    return [*(_write_item_of(meeting, at) for meeting in own), *(_take_over_item_of(meeting) for meeting in others)]


def _coordinator_items_of(meetings: Iterable[Meeting], at: datetime) -> list[WorkItem]:
    unread = [meeting for meeting in meetings if meeting.status == Meeting.Status.SUBMITTED]
    worktime = service_worktime() if unread else WorkingTime()
    items = [read_item_of(meeting, at, worktime) for meeting in unread]
    return items + [_chase_item_of(meeting) for meeting in meetings if meeting.is_overdue_at(at)]


def _write_item_of(meeting: Meeting, at: datetime) -> WorkItem:
    returned = meeting.minutes.returned_because if meeting.status == Meeting.Status.DRAFT else ""
    verb = "Correct and send again" if returned else "Write"
    return WorkItem(
        title=f"{verb} the minutes of {day_text_of(meeting.planned_at)}",
        url=reverse("circles:log", args=[meeting.reference]),
        due_at=meeting.minutes_due_at,
        must_act=at > meeting.minutes_due_at - NEARLY,
        detail=f"Circle {meeting.circle.reference}" + (f". {returned}" if returned else ""),
    )


def _take_over_item_of(meeting: Meeting) -> WorkItem:
    writer = meeting.minute_taker.user.first_name if meeting.minute_taker else "Nobody"
    return WorkItem(
        title=f"Take over the minutes of {day_text_of(meeting.planned_at)}",
        url=reverse("circles:take_over", args=[meeting.reference]),
        due_at=meeting.minutes_due_at,
        detail=f"Circle {meeting.circle.reference}. {writer} has not sent them.",
    )


def read_item_of(meeting: Meeting, at: datetime, worktime: WorkingTime) -> WorkItem:
    due_at = worktime.add(meeting.submitted_at or at, READ_WITHIN)
    return WorkItem(
        title=f"Read the minutes of {day_text_of(meeting.planned_at)}",
        url=meeting.get_absolute_url(),
        due_at=due_at,
        must_act=at > due_at,
        detail=f"Circle {meeting.circle.reference}"
        + (". Sent late." if meeting.is_late else "")
        + (". Fewer than two volunteers were with him." if meeting.was_short else ""),
    )


def _has_open_call(meeting: Meeting) -> bool:
    call: SupportCall | None = getattr(meeting, "support_call", None)
    return call is not None and call.called_at is None


def _call_item_of(call: SupportCall) -> WorkItem:
    return WorkItem(
        title=f"Ring {call.asked_by.first_name}, who asked for a call",
        url=reverse("circles:called", args=[call.meeting.reference]),
        due_at=call.asked_at,
        must_act=True,
        detail=f"Circle {call.meeting.circle.reference}",
    )


def _chase_item_of(meeting: Meeting) -> WorkItem:
    writer = meeting.minute_taker.user.first_name if meeting.minute_taker else "the volunteers"
    return WorkItem(
        title=f"Ask {writer} for the minutes of {day_text_of(meeting.planned_at)}",
        url=meeting.get_absolute_url(),
        due_at=meeting.minutes_due_at,
        must_act=True,
        detail=f"Circle {meeting.circle.reference}. Late.",
    )


def tonight_of(user: User, at: datetime) -> Tonight | None:
    """This volunteer's meeting today; else the last without minutes; else the next one. None without any."""
    todo_meetings = list(
        Meeting.objects.visible_to(user)
        .filter(circle__in=JOINED_CIRCLES(user.pk), status__in=FOR_TONIGHT)
        .select_related("circle", "minute_taker__user")
        .order_by("planned_at")
    )
    cancelled = [
        meeting for meeting in todo_meetings if meeting.is_called_off and meeting.planned_at > at - STILL_SHOWN
    ]
    meetings = [meeting for meeting in todo_meetings if not meeting.is_called_off]
    today = at.astimezone(LONDON).date()
    begun = [meeting for meeting in meetings if meeting.planned_at <= at]
    todays = [meeting for meeting in meetings if meeting.planned_at.astimezone(LONDON).date() == today]
    meeting = next(iter(todays or begun[-1:] or meetings), None)
    if meeting is None:
        return None
    if meeting in todays:
        heading = "Tonight" if meeting.planned_at.astimezone(LONDON).hour >= 16 else "Today"
    else:
        heading = "Last meeting" if meeting in begun else "Next meeting"
    members = Membership.objects.current().filter(circle=meeting.circle).exclude(volunteer__user=user)
    return Tonight(
        meeting=meeting,
        heading=heading,
        others=[member.volunteer.user.first_name for member in members.select_related("volunteer__user")],
        takes_minutes=meeting.minute_taker is not None and meeting.minute_taker.user_id == user.pk,
        log_open=meeting.planned_at <= at + OPENS_BEFORE,
        begun=meeting.status == Meeting.Status.DRAFT,
        cancelled=[
            cancelled_meeting
            for cancelled_meeting in cancelled
            if cancelled_meeting.planned_at <= max(meeting.planned_at, at)
        ],
    )
