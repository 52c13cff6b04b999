"""Work about minutes: to write, to take over, to read, to chase, to agree with; calls and swaps."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F, Q
from django.urls import reverse

from circles.contact.models import SupportCall
from circles.late_minutes.models import TAKE_OVER_AFTER
from circles.meeting.models import MINUTES_WITHIN, USUAL_LENGTH, Attendance, Meeting
from circles.rota.models import Swap
from circles.schedule.operations import day_text_of
from circles.version.models import ASSENT_WITHIN, Assent, MinutesVersion
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from core.worklist import WorkItem
from core.worktime import WORKING_DAY, WorkingTime

READ_WITHIN = 3 * WORKING_DAY
"""The coordinator reads the minutes within three working days (domain.md 7.5)."""

NEARLY = timedelta(hours=12)
"""Minutes must be acted on from this long before they are due."""

MINUTES_DUE = ExpressionWrapper(F("planned_at") + USUAL_LENGTH + MINUTES_WITHIN, output_field=DateTimeField())
TAKER = "minute_taker__user__first_name"


def read_due_at(sent: datetime, worktime: WorkingTime) -> datetime:
    """By when minutes that were sent then are read."""
    return worktime.add(sent, READ_WITHIN)


def _minutes_due_at(line: WorkLine) -> datetime:
    return line.moment("planned_at") + USUAL_LENGTH + MINUTES_WITHIN


def _unsent_rows(reader: WorkReader) -> Rows:
    return Meeting.objects.visible_to(reader.user).awaiting_minutes(reader.at)


def _write_rows(reader: WorkReader) -> Rows:
    """A volunteer's own minutes, and those that nobody takes."""
    own = Q(minute_taker=None) | Q(minute_taker__user=reader.user)
    return as_lines(
        _unsent_rows(reader).filter(own, circle__in=reader.joined),
        due=MINUTES_DUE,
        ref="reference",
        planned_at="planned_at",
        status="status",
        returned="minutes__returned_because",
    )


def _say_write(line: WorkLine, reader: WorkReader) -> WorkItem:
    returned = (line.facts["returned"] or "") if line.facts["status"] == Meeting.Status.DRAFT else ""
    due_at = _minutes_due_at(line)
    return WorkItem(
        title=f"{'Correct and send again' if returned else 'Write'} the minutes of {day_text_of(line.moment('planned_at'))}",
        url=reverse("circles:log", args=[line.facts["ref"]]),
        due_at=due_at,
        must_act=reader.at > due_at - NEARLY,
        detail=f"Circle {line.circle}" + (f". {returned}" if returned else ""),
    )


def _take_over_rows(reader: WorkReader) -> Rows:
    """Others' minutes of a volunteer's circles that were not written for forty hours."""
    others = _unsent_rows(reader).exclude(minute_taker=None).exclude(minute_taker__user=reader.user)
    return as_lines(
        others.filter(circle__in=reader.joined, planned_at__lte=reader.at - USUAL_LENGTH - TAKE_OVER_AFTER),
        due=MINUTES_DUE,
        ref="reference",
        planned_at="planned_at",
        taker=TAKER,
    )


def _say_take_over(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"Take over the minutes of {day_text_of(line.moment('planned_at'))}",
        url=reverse("circles:take_over", args=[line.facts["ref"]]),
        due_at=_minutes_due_at(line),
        detail=f"Circle {line.circle}. {line.facts['taker']} has not sent them.",
    )


def _call_rows(reader: WorkReader) -> Rows:
    """Calls a volunteer asked for. Only the coordinator knows of them."""
    asked = SupportCall.objects.visible_to(reader.user).filter(called_at=None)
    return as_lines(
        asked.filter(meeting__circle__in=reader.looked_after),
        due="asked_at",
        circle="meeting__circle",
        ref="meeting__reference",
        who="asked_by__first_name",
        asked_at="asked_at",
    )


def _say_call(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"Ring {line.facts['who']}, who asked for a call",
        url=reverse("circles:called", args=[line.facts["ref"]]),
        due_at=line.moment("asked_at"),
        must_act=True,
        detail=f"Circle {line.circle}",
    )


def _read_rows(reader: WorkReader) -> Rows:
    """Minutes that wait for the coordinator. `due` is when they were sent; on the wall, when the days for reading had passed."""
    sent = Meeting.objects.visible_to(reader.user).filter(status=Meeting.Status.SUBMITTED)
    due: Any = F("submitted_at")
    if reader.wall:
        due = ExpressionWrapper(
            due + (reader.at - reader.worktime.back(reader.at, READ_WITHIN)), output_field=DateTimeField()
        )
    return as_lines(
        sent.filter(circle__in=reader.looked_after).with_was_short(),
        due=due,
        ref="reference",
        planned_at="planned_at",
        submitted_at="submitted_at",
        short="was_short",
    )


def _say_read(line: WorkLine, reader: WorkReader) -> WorkItem:
    sent = line.moment("submitted_at")
    due_at = read_due_at(sent, reader.worktime)
    return WorkItem(
        title=f"Read the minutes of {day_text_of(line.moment('planned_at'))}",
        url=reverse("circles:meeting", args=[line.facts["ref"]]),
        due_at=due_at,
        must_act=reader.at > due_at,
        detail=f"Circle {line.circle}"
        + (". Sent late." if sent > _minutes_due_at(line) else "")
        + (". Fewer than two volunteers were with him." if line.facts["short"] else ""),
    )


def _chase_rows(reader: WorkReader) -> Rows:
    """Minutes of circles looked after that are late."""
    late = _unsent_rows(reader).filter(planned_at__lt=reader.at - USUAL_LENGTH - MINUTES_WITHIN)
    return as_lines(
        late.filter(circle__in=reader.looked_after),
        due=MINUTES_DUE,
        ref="reference",
        planned_at="planned_at",
        taker=TAKER,
    )


def _say_chase(line: WorkLine, reader: WorkReader) -> WorkItem:
    writer = line.facts["taker"] or "the volunteers"
    return WorkItem(
        title=f"Ask {writer} for the minutes of {day_text_of(line.moment('planned_at'))}",
        url=reverse("circles:meeting", args=[line.facts["ref"]]),
        due_at=_minutes_due_at(line),
        must_act=True,
        detail=f"Circle {line.circle}. Late.",
    )


def _assent_rows(reader: WorkReader) -> Rows:
    """Minutes that wait for this volunteer, who was there, to agree or dissent."""
    answered_versions = Assent.objects.filter(volunteer__user=reader.user).values("version")
    attended = Attendance.objects.filter(volunteer__user=reader.user).exclude(came=Attendance.Came.NO)
    waiting = MinutesVersion.objects.visible_to(reader.user).filter(
        written_at__gte=reader.at - ASSENT_WITHIN,
        meeting__submitted_at__isnull=False,
        meeting__circle__in=reader.joined,
        meeting__in=attended.values("meeting"),
    )
    latest = waiting.exclude(meeting__submitted_by=reader.user).exclude(pk__in=answered_versions).latest_per_meeting()
    return as_lines(
        latest,
        due="written_at",
        circle="meeting__circle",
        ref="meeting__reference",
        planned_at="meeting__planned_at",
        written_at="written_at",
    )


def _say_assent(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"Read the minutes of {day_text_of(line.moment('planned_at'))} and say if they are right",
        url=reverse("circles:assent", args=[line.facts["ref"]]),
        due_at=line.moment("written_at") + ASSENT_WITHIN,
        detail=f"Circle {line.circle}",
    )


def _swap_rows(reader: WorkReader) -> Rows:
    """Swaps that somebody asks this person for."""
    asked = Swap.objects.visible_to(reader.user).open_at(reader.at).filter(taker__user=reader.user)
    return as_lines(
        asked.filter(meeting__circle__in=reader.joined),
        due="meeting__planned_at",
        circle="meeting__circle",
        planned_at="meeting__planned_at",
        giver="giver__user__first_name",
    )


def _say_swap(line: WorkLine, reader: WorkReader) -> WorkItem:
    planned_at = line.moment("planned_at")
    return WorkItem(
        title=f"{line.facts['giver']} asks you to take the minutes of {day_text_of(planned_at)}",
        url=reverse("circles:circle", args=[line.circle]),
        due_at=planned_at,
        detail=f"Circle {line.circle}",
    )


MINUTES_KINDS = (
    WorkKind("write", "Minutes to write", _write_rows, _say_write, on_wall=False),
    WorkKind("take_over", "Minutes to take over", _take_over_rows, _say_take_over, on_wall=False),
    WorkKind("call", "Calls asked for", _call_rows, _say_call),
    WorkKind("read", "Minutes to read", _read_rows, _say_read),
    WorkKind("chase", "Minutes not sent", _chase_rows, _say_chase),
    WorkKind("assent", "Minutes to agree with", _assent_rows, _say_assent, on_wall=False),
    WorkKind("swap", "Swaps", _swap_rows, _say_swap, on_wall=False),
)
