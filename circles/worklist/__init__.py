"""What waits for whom in the circles: minutes to write, to mend, to read, to chase."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from circles.circle.models import JOINED, Membership
from circles.contact.models import SupportCall
from circles.late_minutes.models import RUNGS, TAKE_OVER_AFTER, MinutesStep
from circles.meeting.models import USUAL_LENGTH, Attendance, Meeting
from circles.minutes.beginning_operations import OPENS_BEFORE
from circles.rota.models import Swap
from circles.version.models import ASSENT_WITHIN, Assent, MinutesVersion
from circles.worklist.due import coming_due
from circles.worklist.expiries import running_out
from circles.worklist.forcing import answers_to_pass_on
from circles.worklist.kept import Kept, circles_of
from circles.worklist.reviews import reviews_waiting
from circles.worklist.risk import risk_waiting
from circles.worklist.sharing import resends_waiting
from core.worklist import WorkItem
from core.worktime import LONDON, WORKING_DAY, WorkingTime, service_worktime

READ_WITHIN = 3 * WORKING_DAY
"""The coordinator reads the minutes within three working days (domain.md 7.5)."""

NEARLY = timedelta(hours=12)

STILL_SAID = timedelta(hours=6)
"""How long after its time a cancelled meeting is still named."""

FOR_TONIGHT = (Meeting.Status.PLANNED, Meeting.Status.DRAFT, Meeting.Status.CANCELLED)


@dataclass(frozen=True)
class Tonight:
    """The meeting a volunteer's home page is about."""

    meeting: Meeting
    heading: str
    others: list[str]
    takes_minutes: bool
    log_open: bool
    begun: bool
    cancelled: list[Meeting]
    """Meetings before that one which are cancelled, so that nobody sets out."""


def waiting_for(user: User, at: datetime) -> list[WorkItem]:
    """What this person is to write, mend, agree with, read or chase; risk reviews; what runs out; what to send on."""
    kept = circles_of(user)
    return [
        *answers_to_pass_on(user, kept, at),
        *about_minutes(user, kept, at),
        *long_missing(user, at),
        *to_agree(user, kept, at),
        *asked_to_swap(user, kept, at),
        *risk_waiting(user, kept, at),
        *running_out(user, kept, at),
        *coming_due(user, kept, at),
        *reviews_waiting(user, kept, at),
        *resends_waiting(user, kept),
    ]


def said(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B}"


def about_minutes(user: User, kept: Kept, at: datetime) -> list[WorkItem]:
    """Minutes to write or to take over, as a volunteer; to read and to chase, and calls, as a coordinator; one query."""
    if not kept.all:
        return []
    unread = Q(status=Meeting.Status.SUBMITTED)
    unsent = Q(status__in=[Meeting.Status.PLANNED, Meeting.Status.DRAFT], planned_at__lte=at)
    rung = Q(support_call__isnull=False, support_call__called_at=None)
    hers = (unread | unsent | rung) & Q(circle__in=kept.coordinated)
    meetings = Meeting.objects.visible_to(user).filter(hers | (unsent & Q(circle__in=kept.joined)))
    meetings = meetings.select_related("circle", "minutes", "minute_taker__user")
    if kept.coordinated:
        meetings = meetings.saying_whether_short().select_related("support_call__asked_by")
    found: list[Any] = list(meetings.order_by("planned_at"))
    own = [one for one in found if one.circle_id in kept.joined and one.planned_at <= at and not one.is_settled]
    looked_after = [one for one in found if one.circle_id in kept.coordinated]
    calls = [to_call(one.support_call) for one in looked_after if waits_for_call(one)]
    return [*writers_share(own, user, at), *calls, *looking_after(looked_after, at)]


def long_missing(user: User, at: datetime) -> list[WorkItem]:
    """For a manager: minutes that were never sent though their last reminder is past (domain.md 10, rule 18)."""
    if not user.has_role(Role.MANAGER):
        return []
    since = at - USUAL_LENGTH - RUNGS[MinutesStep.Rung.MANAGER]
    missing = Meeting.objects.visible_to(user).exclude(circle__coordinator=user).never_sent(at)
    return [
        WorkItem(
            title=f"Late: the minutes of {said(meeting.planned_at)} in {meeting.circle.reference}",
            url=meeting.get_absolute_url(),
            due_at=meeting.minutes_due_at,
            detail=f"{meeting.circle.coordinator.first_name} coordinates.",
        )
        for meeting in missing.filter(planned_at__lte=since)
        .select_related("circle__coordinator")
        .order_by("planned_at", "pk")
    ]


def to_agree(user: User, kept: Kept, at: datetime) -> list[WorkItem]:
    """Minutes of meetings this volunteer was at, which wait for “I agree” or a dissenting note."""
    if not kept.joined:
        return []
    said_already = Assent.objects.filter(volunteer__user=user).values("version")
    was_there = Attendance.objects.filter(volunteer__user=user).exclude(came=Attendance.Came.NO)
    waiting = MinutesVersion.objects.visible_to(user).filter(
        written_at__gte=at - ASSENT_WITHIN,
        meeting__submitted_at__isnull=False,
        meeting__circle__in=kept.joined,
        meeting__in=was_there.values("meeting"),
    )
    latest = waiting.exclude(meeting__submitted_by=user).exclude(pk__in=said_already).latest_each()
    return [agreeing(version) for version in latest.select_related("meeting__circle").order_by("written_at")]


def agreeing(version: MinutesVersion) -> WorkItem:
    return WorkItem(
        title=f"Read the minutes of {said(version.meeting.planned_at)} and say if they are right",
        url=reverse("circles:assent", args=[version.meeting.reference]),
        due_at=version.assent_until,
        detail=f"Circle {version.meeting.circle.reference}",
    )


def asked_to_swap(user: User, kept: Kept, at: datetime) -> list[WorkItem]:
    """Minutes somebody asks this person to take in their place."""
    if not kept.joined:
        return []
    asked = Swap.objects.visible_to(user).standing(at).filter(taker__user=user)
    return [
        WorkItem(
            title=f"{swap.giver.user.first_name} asks you to take the minutes of {said(swap.meeting.planned_at)}",
            url=swap.meeting.circle.get_absolute_url(),
            due_at=swap.meeting.planned_at,
            detail=f"Circle {swap.meeting.circle.reference}",
        )
        for swap in asked.select_related("giver__user", "meeting__circle").order_by("meeting__planned_at")
    ]


def wants_doing(meetings: Iterable[Meeting], *, user: User, belongs: bool, at: datetime) -> list[WorkItem]:
    """The same for the meetings of one circle, already in hand: a volunteer's share, or the coordinator's."""
    if not belongs:
        return looking_after(meetings, at)
    waiting = [one for one in meetings if one.planned_at <= at and not one.is_settled]
    return writers_share(waiting, user, at)


def writers_share(meetings: Iterable[Meeting], user: User, at: datetime) -> list[WorkItem]:
    """A volunteer's own minutes, and a fellow volunteer's that may be taken over by now."""
    own = [one for one in meetings if one.minute_taker is None or one.minute_taker.user_id == user.pk]
    others = [one for one in meetings if one not in own and at >= one.over_at + TAKE_OVER_AFTER]
    return [*(writing(one, at) for one in own), *(taking_over(one) for one in others)]


def looking_after(meetings: Iterable[Meeting], at: datetime) -> list[WorkItem]:
    unread = [meeting for meeting in meetings if meeting.status == Meeting.Status.SUBMITTED]
    worktime = service_worktime() if unread else WorkingTime()
    items = [to_read(meeting, at, worktime) for meeting in unread]
    return items + [to_chase(meeting) for meeting in meetings if meeting.overdue_at(at)]


def writing(meeting: Meeting, at: datetime) -> WorkItem:
    returned = meeting.minutes.returned_because if meeting.status == Meeting.Status.DRAFT else ""
    verb = "Mend and send again" if returned else "Write"
    return WorkItem(
        title=f"{verb} the minutes of {said(meeting.planned_at)}",
        url=reverse("circles:log", args=[meeting.reference]),
        due_at=meeting.minutes_due_at,
        must_act=at > meeting.minutes_due_at - NEARLY,
        detail=f"Circle {meeting.circle.reference}" + (f". {returned}" if returned else ""),
    )


def taking_over(meeting: Meeting) -> WorkItem:
    writer = meeting.minute_taker.user.first_name if meeting.minute_taker else "Nobody"
    return WorkItem(
        title=f"Take over the minutes of {said(meeting.planned_at)}",
        url=reverse("circles:take_over", args=[meeting.reference]),
        due_at=meeting.minutes_due_at,
        detail=f"Circle {meeting.circle.reference}. {writer} has not sent them.",
    )


def to_read(meeting: Meeting, at: datetime, worktime: WorkingTime) -> WorkItem:
    due_at = worktime.add(meeting.submitted_at or at, READ_WITHIN)
    return WorkItem(
        title=f"Read the minutes of {said(meeting.planned_at)}",
        url=meeting.get_absolute_url(),
        due_at=due_at,
        must_act=at > due_at,
        detail=f"Circle {meeting.circle.reference}"
        + (". Sent late." if meeting.is_late else "")
        + (". Fewer than two volunteers were with him." if meeting.was_short else ""),
    )


def waits_for_call(meeting: Meeting) -> bool:
    call: SupportCall | None = getattr(meeting, "support_call", None)
    return call is not None and call.called_at is None


def to_call(call: SupportCall) -> WorkItem:
    return WorkItem(
        title=f"Ring {call.asked_by.first_name}, who asked for a call",
        url=reverse("circles:called", args=[call.meeting.reference]),
        due_at=call.asked_at,
        must_act=True,
        detail=f"Circle {call.meeting.circle.reference}",
    )


def to_chase(meeting: Meeting) -> WorkItem:
    writer = meeting.minute_taker.user.first_name if meeting.minute_taker else "the volunteers"
    return WorkItem(
        title=f"Ask {writer} for the minutes of {said(meeting.planned_at)}",
        url=meeting.get_absolute_url(),
        due_at=meeting.minutes_due_at,
        must_act=True,
        detail=f"Circle {meeting.circle.reference}. Late.",
    )


def tonight(user: User, at: datetime) -> Tonight | None:
    """Today's meeting of this volunteer; else the last whose minutes are missing; else the next."""
    found = list(
        Meeting.objects.visible_to(user)
        .filter(circle__in=JOINED(user.pk), status__in=FOR_TONIGHT)
        .select_related("circle", "minute_taker__user")
        .order_by("planned_at")
    )
    cancelled = [one for one in found if one.is_called_off and one.planned_at > at - STILL_SAID]
    meetings = [one for one in found if not one.is_called_off]
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
        cancelled=[one for one in cancelled if one.planned_at <= max(meeting.planned_at, at)],
    )
