"""Records telephone calls, and reports that somebody made to an agency themselves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from concerns.choices import ReportedTo, Whom
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concern
from concerns.concern.models import Concern
from concerns.handling.call_models import OwnReport, VoiceCall
from core.errors import Refused
from core.templatetags.ui import moment_in_full


@transaction.atomic
def record_call(
    concern: Concern, *, whom: Whom, telephoned_at: datetime, reached: bool, note: str = "", by: User, at: datetime
) -> VoiceCall:
    """Record whom somebody telephoned, when, and whether anybody answered. It stops no clock."""
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.say_whom_told)
    _refuse_future(telephoned_at, "telephoned_at", at=at)
    call = VoiceCall.objects.create(
        concern=concern,
        whom=whom,
        telephoned_at=telephoned_at,
        reached=reached,
        note=note.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    result = "Reached." if reached else "Nobody answered."
    what = f"Telephoned at {moment_in_full(telephoned_at)}: {Whom(whom).label}"
    concern.note(what, by=by, at=at, detail=f"{result} {note.strip()}".strip())
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="call recorded")
    return call


@transaction.atomic
def record_own_report(
    concern: Concern, *, to: ReportedTo, number: str, reported_at: datetime, by: User, at: datetime
) -> OwnReport:
    """Record that somebody reported it to an agency themselves, with the reference they were given (domain.md 3.5)."""
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.say_whom_told)
    _refuse_future(reported_at, "reported_at", at=at)
    report = OwnReport.objects.create(
        concern=concern, to=to, number=number.strip(), reported_at=reported_at, recorded_at=at, recorded_by=by
    )
    what = f"Reported at {moment_in_full(reported_at)}: {ReportedTo(to).label}"
    detail = f"Their number: {report.number}." if report.number else "They gave no number."
    concern.note(what, by=by, at=at, detail=detail)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="own report recorded")
    return report


def _refuse_future(moment: datetime, field: str, *, at: datetime) -> None:
    if moment > at:
        raise Refused("Write a time that has passed.", field=field)
